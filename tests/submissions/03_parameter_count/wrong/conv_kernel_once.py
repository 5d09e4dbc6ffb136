# expect: conv_params=failed
# mistake: kernel instead of kernel squared for an int
# diagnosis: kernel_not_squared
def conv_params(in_channels, out_channels, kernel, groups=1, bias=True):
    if isinstance(kernel, tuple):
        kh, kw = kernel
    else:
        kh, kw = kernel, 1
    count = out_channels * (in_channels // groups) * kh * kw
    if bias:
        count += out_channels
    return count
