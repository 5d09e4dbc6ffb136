# expect: conv_params=failed
# mistake: the default of bias is False
# diagnosis: no_bias_by_default
def conv_params(in_channels, out_channels, kernel, groups=1, bias=False):
    kh, kw = (kernel, kernel) if isinstance(kernel, int) else kernel
    n = out_channels * (in_channels // groups) * kh * kw
    return n + out_channels if bias else n
