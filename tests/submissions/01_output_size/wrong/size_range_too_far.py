# expect: conv_output_size=failed
# mistake: len(range(...)) goes one place too far
# diagnosis: sticks_out_by_one
def conv_output_size(size, kernel, stride=1, padding=0, dilation=1):
    for name, v, low in (("size", size, 1), ("kernel", kernel, 1), ("stride", stride, 1), ("padding", padding, 0), ("dilation", dilation, 1)):
        if v < low:
            raise ValueError(name)
    last = size + 2 * padding - dilation * (kernel - 1)
    if last < 1:
        raise ValueError
    return len(range(0, last + 1, stride))
