# expect: conv_params=failed
# mistake: in_channels / groups makes a float
# diagnosis: float_by_groups
def conv_params(in_channels, out_channels, kernel, groups=1, bias=True):
    if isinstance(kernel, tuple):
        kh, kw = kernel
    else:
        kh = kw = kernel
    count = out_channels * (in_channels / groups) * kh * kw
    if bias:
        count += out_channels
    return count
