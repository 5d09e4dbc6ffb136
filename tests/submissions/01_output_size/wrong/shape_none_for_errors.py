# expect: conv_output_size=passed conv_output_shape=failed
# mistake: conv_output_shape catches the ValueError and returns None
# diagnosis: errors_as_none
def conv_output_shape(size_hw, kernel, stride=1, padding=0, dilation=1):
    p2 = lambda v: [v, v] if isinstance(v, int) else list(v)
    k, s, p, d = p2(kernel), p2(stride), p2(padding), p2(dilation)
    try:
        return tuple(conv_output_size(size_hw[a], k[a], s[a], p[a], d[a]) for a in (0, 1))
    except ValueError as e:
        print("error:", e)


def conv_output_size(size, kernel, stride=1, padding=0, dilation=1):
    if min(size, kernel, stride, dilation) < 1 or padding < 0:
        raise ValueError("the arguments make no sense")
    room = size + 2 * padding - (dilation * (kernel - 1) + 1)
    if room < 0:
        raise ValueError("the kernel does not fit")
    return room // stride + 1
