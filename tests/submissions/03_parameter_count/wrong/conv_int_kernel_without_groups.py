# expect: conv_params=failed
# mistake: kernel ** 2, and groups is not used
# diagnosis: groups_ignored+kernel_pair_crashes|groups_ignored
def conv_params(in_channels, out_channels, kernel, groups=1, bias=True):
    return in_channels * out_channels * kernel ** 2 + int(bias) * out_channels
