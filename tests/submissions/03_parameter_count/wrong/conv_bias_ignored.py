# expect: conv_params=failed
# mistake: no bias, ever
# diagnosis: never_a_bias
def conv_params(in_channels, out_channels, kernel, groups=1, bias=True):
    if isinstance(kernel, tuple):
        kh, kw = kernel
    else:
        kh = kw = kernel
    count = out_channels * (in_channels // groups) * kh * kw
    return count
