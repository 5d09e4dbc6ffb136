# expect: zero_pad=passed conv2d_single=failed
# mistake: the stride is used in the windows and once more on the result
# diagnosis: stride_twice
import numpy as np


def conv2d_single(image, kernel, stride=1, padding=0):
    sh, sw = pair(stride)
    image = zero_pad(image, padding)
    kh, kw = kernel.shape
    full = []
    for i in range(0, image.shape[0] - kh + 1, sh):
        full.append([(image[i:i + kh, j:j + kw] * kernel).sum() for j in range(0, image.shape[1] - kw + 1, sw)])
    return np.array(full)[::sh, ::sw]


def pair(value):
    return (value, value) if isinstance(value, int) else tuple(value)


def zero_pad(x, padding):
    ph, pw = pair(padding)
    out = np.zeros(x.shape[:-2] + (x.shape[-2] + 2 * ph, x.shape[-1] + 2 * pw))
    out[..., ph:ph + x.shape[-2], pw:pw + x.shape[-1]] = x
    return out
