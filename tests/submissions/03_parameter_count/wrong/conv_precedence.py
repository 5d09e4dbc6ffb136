# expect: conv_params=failed
# mistake: a + b if bias else 0 is (a + b) if bias else 0
# diagnosis: nothing_without_bias
def conv_params(in_channels, out_channels, kernel, groups=1, bias=True):
    kh, kw = kernel if isinstance(kernel, tuple) else (kernel, kernel)
    return out_channels * (in_channels // groups) * kh * kw + out_channels if bias else 0
