# expect: conv_output_size=passed conv_output_shape=failed
# mistake: catches the ValueError and answers (0, 0)
# diagnosis: errors_as_zeros
def conv_output_size(size, kernel, stride=1, padding=0, dilation=1):
    if size < 1 or kernel < 1 or stride < 1 or padding < 0 or dilation < 1:
        raise ValueError("arguments make no sense")
    span = dilation * (kernel - 1) + 1
    if span > size + 2 * padding:
        raise ValueError("kernel does not fit")
    return (size + 2 * padding - span) // stride + 1


def conv_output_shape(size_hw, kernel, stride=1, padding=0, dilation=1):
    k, s, p, d = [v if isinstance(v, tuple) else (v, v) for v in (kernel, stride, padding, dilation)]
    try:
        return tuple(conv_output_size(size_hw[i], k[i], s[i], p[i], d[i]) for i in range(2))
    except ValueError as e:
        print("error:", e)
        return (0, 0)
