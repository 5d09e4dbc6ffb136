# expect: conv_params=failed
# mistake: returns (weights, biases)
# diagnosis: weights_and_biases_apart
def conv_params(in_channels, out_channels, kernel, groups=1, bias=True):
    if isinstance(kernel, tuple):
        kh, kw = kernel
    else:
        kh = kw = kernel
    count = out_channels * (in_channels // groups) * kh * kw
    return count, out_channels if bias else 0
