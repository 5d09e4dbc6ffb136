# expect: zero_pad=passed conv2d_single=passed conv2d_forward=passed
# style: everything is built with reversed axes and handed back in Fortran order
import numpy as np


def _two(v):
    try:
        a, b = v
    except TypeError:
        a = b = v
    return a, b


def zero_pad(x, padding):
    ph, pw = _two(padding)
    out = np.zeros((x.shape[-1] + 2 * pw, x.shape[-2] + 2 * ph) + x.shape[:-2][::-1]).T
    out[..., ph:ph + x.shape[-2], pw:pw + x.shape[-1]] = x
    return out


def conv2d_forward(x, weight, bias=None, stride=1, padding=0):
    sh, sw = _two(stride)
    xp = zero_pad(x, padding)
    kh, kw = weight.shape[2:]
    ho, wo = (xp.shape[2] - kh) // sh + 1, (xp.shape[3] - kw) // sw + 1
    out = np.empty((x.shape[0], weight.shape[0], ho, wo), order="F")
    flat = np.asfortranarray(weight.reshape(weight.shape[0], -1)).T
    for i in range(ho):
        for j in range(wo):
            patch = xp[:, :, i * sh:i * sh + kh, j * sw:j * sw + kw].reshape(x.shape[0], -1)
            out[:, :, i, j] = patch.dot(flat)
    if bias is not None:
        out += bias[None, :, None, None]
    return out


def conv2d_single(image, kernel, stride=1, padding=0):
    return conv2d_forward(image[np.newaxis, np.newaxis], kernel[np.newaxis, np.newaxis], None, stride, padding)[0, 0].T.copy().T
