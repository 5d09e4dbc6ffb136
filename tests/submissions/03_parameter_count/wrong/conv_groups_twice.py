# expect: conv_params=failed
# mistake: divides both the inputs and the outputs by groups
# diagnosis: groups_divide_both
def conv_params(in_channels, out_channels, kernel, groups=1, bias=True):
    if isinstance(kernel, tuple):
        kh, kw = kernel
    else:
        kh = kw = kernel
    count = (out_channels // groups) * (in_channels // groups) * kh * kw
    if bias:
        count += out_channels
    return count
