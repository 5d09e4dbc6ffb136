# expect: conv_output_size=failed
# mistake: asserts instead of raising ValueError
# diagnosis: other_exception
def conv_output_size(size, kernel, stride=1, padding=0, dilation=1):
    assert size > 0 and kernel > 0 and stride > 0 and padding >= 0 and dilation > 0
    span = dilation * (kernel - 1) + 1
    assert span <= size + 2 * padding, "kernel does not fit"
    return (size + 2 * padding - span) // stride + 1
