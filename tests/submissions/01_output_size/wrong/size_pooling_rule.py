# expect: conv_output_size=failed
# mistake: padding > kernel // 2 is refused (the rule of pooling)
# diagnosis: padding_over_half_refused
def conv_output_size(size, kernel, stride=1, padding=0, dilation=1):
    for value in (size, kernel, stride, dilation):
        if value < 1:
            raise ValueError(value)
    if not 0 <= padding <= kernel // 2:
        raise ValueError("padding should be at most half of kernel size")
    field = (kernel - 1) * dilation + 1
    if field > size + 2 * padding:
        raise ValueError("too large")
    return (size + 2 * padding - field) // stride + 1
