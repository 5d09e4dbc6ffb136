# expect: conv2d_single=failed
# mistake: windows begin at i*s + p in the padded image
# diagnosis: window_without_its_padding
import numpy as np


def conv2d_single(image, kernel, stride=1, padding=0):
    sh, sw = pair(stride)
    ph, pw = pair(padding)
    kh, kw = kernel.shape
    H, W = image.shape
    oh = (H + 2 * ph - kh) // sh + 1
    ow = (W + 2 * pw - kw) // sw + 1
    big = np.zeros((H + 4 * ph, W + 4 * pw))
    big[ph:ph + H, pw:pw + W] = image
    out = np.zeros((oh, ow))
    for i in range(oh):
        for j in range(ow):
            r, c = i * sh + ph, j * sw + pw
            out[i, j] = np.sum(big[r:r + kh, c:c + kw] * kernel)
    return out


def pair(value):
    return (value, value) if isinstance(value, int) else tuple(value)
