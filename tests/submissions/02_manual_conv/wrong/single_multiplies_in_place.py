# expect: zero_pad=passed conv2d_single=failed
# mistake: the image is multiplied in place: the input changes
# diagnosis: input_changed
import numpy as np


def conv2d_single(image, kernel, stride=1, padding=0):
    sh, sw = pair(stride)
    padded = zero_pad(image, padding) if padding else image
    kh, kw = kernel.shape
    out = []
    for i in range(0, padded.shape[0] - kh + 1, sh):
        row = []
        for j in range(0, padded.shape[1] - kw + 1, sw):
            window = padded[i:i + kh, j:j + kw]
            window *= kernel
            row.append(window.sum())
        out.append(row)
    return np.array(out)


def pair(value):
    return (value, value) if isinstance(value, int) else tuple(value)


def zero_pad(x, padding):
    ph, pw = pair(padding)
    out = np.zeros(x.shape[:-2] + (x.shape[-2] + 2 * ph, x.shape[-1] + 2 * pw))
    out[..., ph:ph + x.shape[-2], pw:pw + x.shape[-1]] = x
    return out
