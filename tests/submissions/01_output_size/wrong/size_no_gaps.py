# expect: conv_output_size=failed
# mistake: stride > kernel is refused
# diagnosis: gaps_refused
def conv_output_size(size, kernel, stride=1, padding=0, dilation=1):
    if min(size, kernel, stride, dilation) < 1 or padding < 0:
        raise ValueError("must be positive")
    if stride > kernel:
        raise ValueError("stride must not skip pixels")
    field = (kernel - 1) * dilation + 1
    if field > size + 2 * padding:
        raise ValueError("too large")
    return (size + 2 * padding - field) // stride + 1
