# expect: zero_pad=passed conv2d_single=failed
# mistake: the loops end one early: last row and column stay 0
# diagnosis: last_window_left_0
import numpy as np


def conv2d_single(image, kernel, stride=1, padding=0):
    sh, sw = pair(stride)
    image = zero_pad(image, padding)
    ih, iw = image.shape
    kh, kw = kernel.shape
    out = np.zeros(((ih - kh) // sh + 1, (iw - kw) // sw + 1))
    for i in range(0, ih - kh, sh):
        for j in range(0, iw - kw, sw):
            out[i // sh, j // sw] = np.sum(image[i:i + kh, j:j + kw] * kernel)
    return out


def pair(value):
    return (value, value) if isinstance(value, int) else tuple(value)


def zero_pad(x, padding):
    ph, pw = pair(padding)
    out = np.zeros(x.shape[:-2] + (x.shape[-2] + 2 * ph, x.shape[-1] + 2 * pw))
    out[..., ph:ph + x.shape[-2], pw:pw + x.shape[-1]] = x
    return out
