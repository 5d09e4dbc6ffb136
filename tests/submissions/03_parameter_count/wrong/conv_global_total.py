# expect: conv_params=failed
# mistake: the count is added to a global that is never reset
# diagnosis: kept_from_call_to_call
total = 0

def conv_params(in_channels, out_channels, kernel, groups=1, bias=True):
    global total
    kh, kw = (kernel, kernel) if isinstance(kernel, int) else kernel
    total += out_channels * (in_channels // groups) * kh * kw
    if bias:
        total += out_channels
    return total
