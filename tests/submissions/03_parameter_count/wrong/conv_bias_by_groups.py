# expect: conv_params=failed
# mistake: divides the bias by groups too
# diagnosis: biases_divided_by_groups
def conv_params(in_channels, out_channels, kernel, groups=1, bias=True):
    if isinstance(kernel, tuple):
        kh, kw = kernel
    else:
        kh = kw = kernel
    count = out_channels * (in_channels // groups) * kh * kw
    if bias:
        count += out_channels // groups
    return count
