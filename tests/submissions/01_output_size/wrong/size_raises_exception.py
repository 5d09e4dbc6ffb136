# expect: conv_output_size=failed
# mistake: raises a bare Exception, not a ValueError
# diagnosis: other_exception
def conv_output_size(size, kernel, stride=1, padding=0, dilation=1):
    if size < 1 or kernel < 1 or stride < 1 or padding < 0 or dilation < 1:
        raise Exception("arguments make no sense")
    span = dilation * (kernel - 1) + 1
    if span > size + 2 * padding:
        raise Exception("kernel does not fit")
    return (size + 2 * padding - span) // stride + 1
