# expect: conv_params=failed
# mistake: takes groups and does not use it
# diagnosis: groups_ignored
def conv_params(in_channels, out_channels, kernel, groups=1, bias=True):
    if isinstance(kernel, tuple):
        kh, kw = kernel
    else:
        kh = kw = kernel
    count = out_channels * in_channels * kh * kw
    if bias:
        count += out_channels
    return count
