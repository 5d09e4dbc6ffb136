# expect: conv_params=failed
# mistake: a pair counts as its first side squared
# diagnosis: kernel_square
def conv_params(in_channels, out_channels, kernel, groups=1, bias=True):
    if isinstance(kernel, tuple):
        kh = kw = kernel[0]
    else:
        kh = kw = kernel
    count = out_channels * (in_channels // groups) * kh * kw
    if bias:
        count += out_channels
    return count
