# expect: conv_output_size=passed conv_output_shape=failed
# mistake: the pairs of stride and of padding are read as (width, height)
# diagnosis: stride_as_width_height+padding_as_width_height
def conv_output_size(size, kernel, stride=1, padding=0, dilation=1):
    if min(size, kernel, stride, dilation) < 1 or padding < 0: raise ValueError
    n = size + 2 * padding - dilation * (kernel - 1) - 1
    if n < 0: raise ValueError
    return n // stride + 1

def conv_output_shape(size_hw, kernel, stride=1, padding=0, dilation=1):
    as_pair = lambda v: (v, v) if isinstance(v, int) else v
    (kh, kw), (sw, sh), (pw, ph), (dh, dw) = map(as_pair, (kernel, stride, padding, dilation))
    return conv_output_size(size_hw[0], kh, sh, ph, dh), conv_output_size(size_hw[1], kw, sw, pw, dw)
