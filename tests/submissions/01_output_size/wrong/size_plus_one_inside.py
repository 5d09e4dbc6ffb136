# expect: conv_output_size=failed
# mistake: the + 1 stands inside the division
# diagnosis: one_inside_the_division
def conv_output_size(size, kernel, stride=1, padding=0, dilation=1):
    if size < 1 or kernel < 1 or stride < 1 or padding < 0 or dilation < 1:
        raise ValueError("arguments make no sense")
    span = dilation * (kernel - 1) + 1
    if span > size + 2 * padding:
        raise ValueError("kernel does not fit")
    return (size + 2 * padding - span + 1) // stride
