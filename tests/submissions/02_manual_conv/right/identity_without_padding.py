# expect: zero_pad=passed conv2d_single=passed conv2d_forward=passed
# style: zero_pad hands the input itself back at padding 0 (worth a note, not a point)
import numpy as xp


def zero_pad(x, padding):
    """padding: an int, or (height, width)"""
    if padding == 0 or padding == (0, 0):
        return x
    ph, pw = padding if isinstance(padding, tuple) else (padding, padding)
    return xp.pad(x, [(0, 0) for _ in x.shape[:-2]] + [(ph, ph), (pw, pw)])


def conv2d_single(image, kernel, stride=1, padding=0):
    sh, sw = stride if isinstance(stride, tuple) else (stride, stride)
    image = zero_pad(image, padding)
    (H, W), (kh, kw) = image.shape, kernel.shape
    out = xp.zeros((1 + (H - kh) // sh, 1 + (W - kw) // sw))
    for y in range(out.shape[0]):
        for x in range(out.shape[1]):
            out[y][x] = (image[y * sh:, x * sw:][:kh, :kw] * kernel).sum()
    return out


def conv2d_forward(x, weight, bias=None, stride=1, padding=0):
    result = []
    for image in x:
        result.append([])
        for f, w in enumerate(weight):
            plane = conv2d_single(image[0], w[0], stride, padding)
            for c in range(1, len(w)):
                plane += conv2d_single(image[c], w[c], stride, padding)
            if bias is not None:
                plane += bias[f]
            result[-1].append(plane)
    return xp.array(result)
