# expect: conv_output_size=passed conv_output_shape=failed
# mistake: a kernel pair is reduced to its larger side
# diagnosis: kernel_by_larger_side
def conv_output_size(size, kernel, stride=1, padding=0, dilation=1):
    if size < 1 or kernel < 1 or stride < 1 or padding < 0 or dilation < 1:
        raise ValueError("arguments make no sense")
    span = dilation * (kernel - 1) + 1
    if span > size + 2 * padding:
        raise ValueError("kernel does not fit")
    return (size + 2 * padding - span) // stride + 1


def _pair(value):
    return value if isinstance(value, (tuple, list)) else (value, value)


def conv_output_shape(size_hw, kernel, stride=1, padding=0, dilation=1):
    h, w = size_hw
    kh = kw = max(_pair(kernel))
    sh, sw = _pair(stride)
    ph, pw = _pair(padding)
    dh, dw = _pair(dilation)
    out_h = conv_output_size(h, kh, sh, ph, dh)
    out_w = conv_output_size(w, kw, sw, pw, dw)
    return out_h, out_w
