# expect: conv_output_size=failed
# mistake: default padding is kernel // 2 when none is given
# diagnosis: same_by_default
def conv_output_size(size, kernel, stride=1, padding=None, dilation=1):
    if padding is None:
        padding = kernel // 2
    if size < 1 or kernel < 1 or stride < 1 or padding < 0 or dilation < 1:
        raise ValueError("arguments make no sense")
    span = dilation * (kernel - 1) + 1
    if span > size + 2 * padding:
        raise ValueError("kernel does not fit")
    return (size + 2 * padding - span) // stride + 1
