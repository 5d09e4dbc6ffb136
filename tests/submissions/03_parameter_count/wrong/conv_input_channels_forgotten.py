# expect: conv_params=failed
# mistake: filters are taken to be flat
# diagnosis: channels_forgotten
def conv_params(in_channels, out_channels, kernel, groups=1, bias=True):
    if isinstance(kernel, tuple):
        kh, kw = kernel
    else:
        kh = kw = kernel
    count = out_channels * kh * kw
    if bias:
        count += out_channels
    return count
