# expect: conv_params=failed
# mistake: kernel ** 2: a pair crashes
# diagnosis: kernel_pair_crashes
def conv_params(in_channels, out_channels, kernel, groups=1, bias=True):
    return out_channels * in_channels // groups * kernel ** 2 + (out_channels if bias else 0)
