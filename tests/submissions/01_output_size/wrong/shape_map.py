# expect: conv_output_size=passed conv_output_shape=failed
# mistake: returns a map object, as in Python 2, where map gave a list
# diagnosis: lazy
def conv_output_size(size, kernel, stride=1, padding=0, dilation=1):
    if size < 1 or kernel < 1 or stride < 1 or padding < 0 or dilation < 1:
        raise ValueError("arguments make no sense")
    span = dilation * (kernel - 1) + 1
    if span > size + 2 * padding:
        raise ValueError("kernel does not fit")
    return (size + 2 * padding - span) // stride + 1


def conv_output_shape(size_hw, kernel, stride=1, padding=0, dilation=1):
    args = [v if isinstance(v, tuple) else (v, v) for v in (kernel, stride, padding, dilation)]
    return map(conv_output_size, size_hw, *args)
