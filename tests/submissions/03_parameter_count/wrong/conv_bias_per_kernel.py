# expect: conv_params=failed
# mistake: one bias for every pair of channels
# diagnosis: bias_for_each_slice
def conv_params(in_channels, out_channels, kernel, groups=1, bias=True):
    if isinstance(kernel, tuple):
        kh, kw = kernel
    else:
        kh = kw = kernel
    count = out_channels * (in_channels // groups) * kh * kw
    if bias:
        count += out_channels * in_channels // groups
    return count
