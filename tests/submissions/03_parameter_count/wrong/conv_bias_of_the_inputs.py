# expect: conv_params=failed
# mistake: adds in_channels biases
# diagnosis: bias_of_channels
def conv_params(in_channels, out_channels, kernel, groups=1, bias=True):
    if isinstance(kernel, tuple):
        kh, kw = kernel
    else:
        kh = kw = kernel
    count = out_channels * (in_channels // groups) * kh * kw
    if bias:
        count += in_channels
    return count
