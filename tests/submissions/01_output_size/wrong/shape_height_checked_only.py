# expect: conv_output_shape=failed
# mistake: writes the formula out and checks only the height
# diagnosis: fit_of_height_only
def conv_output_shape(size_hw, kernel, stride=1, padding=0, dilation=1):
    k, s, p, d = [v if isinstance(v, tuple) else (v, v) for v in (kernel, stride, padding, dilation)]
    if min(size_hw + k + s + d) < 1 or min(p) < 0:
        raise ValueError("arguments make no sense")
    if d[0] * (k[0] - 1) + 1 > size_hw[0] + 2 * p[0]:
        raise ValueError("kernel does not fit")
    return tuple((size_hw[i] + 2 * p[i] - d[i] * (k[i] - 1) - 1) // s[i] + 1 for i in range(2))
