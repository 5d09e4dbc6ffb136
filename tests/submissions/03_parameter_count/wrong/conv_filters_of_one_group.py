# expect: conv_params=failed
# mistake: counts the filters of one group, on all channels
# diagnosis: biases_divided_by_groups
def conv_params(in_channels, out_channels, kernel, groups=1, bias=True):
    kh, kw = (kernel, kernel) if isinstance(kernel, int) else kernel
    f = out_channels // groups
    return f * in_channels * kh * kw + (f if bias else 0)
