# expect: zero_pad=passed conv2d_single=failed
# mistake: out[i, j] with i in steps of the stride: index not divided
# diagnosis: stride_crashes
import numpy as np


def conv2d_single(image, kernel, stride=1, padding=0):
    sh, sw = pair(stride)
    image = zero_pad(image, padding)
    kh, kw = kernel.shape
    out = np.zeros(((image.shape[0] - kh) // sh + 1, (image.shape[1] - kw) // sw + 1))
    for i in range(0, image.shape[0] - kh + 1, sh):
        for j in range(0, image.shape[1] - kw + 1, sw):
            out[i, j] = np.sum(image[i:i + kh, j:j + kw] * kernel)
    return out


def pair(value):
    return (value, value) if isinstance(value, int) else tuple(value)


def zero_pad(x, padding):
    ph, pw = pair(padding)
    out = np.zeros(x.shape[:-2] + (x.shape[-2] + 2 * ph, x.shape[-1] + 2 * pw))
    out[..., ph:ph + x.shape[-2], pw:pw + x.shape[-1]] = x
    return out
