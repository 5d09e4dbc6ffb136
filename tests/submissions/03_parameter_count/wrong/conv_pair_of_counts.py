# expect: conv_params=failed
# mistake: returns (weights, biases)
def conv_params(in_channels, out_channels, kernel, groups=1, bias=True):
    if isinstance(kernel, tuple):
        kh, kw = kernel
    else:
        kh = kw = kernel
    count = out_channels * (in_channels // groups) * kh * kw
    return count, out_channels if bias else 0
