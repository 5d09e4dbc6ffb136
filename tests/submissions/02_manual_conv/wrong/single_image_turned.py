# expect: zero_pad=passed conv2d_single=failed
# mistake: the image is flipped, not the kernel, "for convolution"
# diagnosis: image_turned
import numpy as np


def conv2d_single(image, kernel, stride=1, padding=0):
    sh, sw = pair(stride)
    img = zero_pad(image, padding)[::-1, ::-1]
    kh, kw = kernel.shape
    ho, wo = (img.shape[0] - kh) // sh + 1, (img.shape[1] - kw) // sw + 1
    out = np.zeros((ho, wo))
    for a in range(ho):
        for b in range(wo):
            out[a, b] = (img[a * sh:a * sh + kh, b * sw:b * sw + kw] * kernel).sum()
    return out


def pair(value):
    return (value, value) if isinstance(value, int) else tuple(value)


def zero_pad(x, padding):
    ph, pw = pair(padding)
    out = np.zeros(x.shape[:-2] + (x.shape[-2] + 2 * ph, x.shape[-1] + 2 * pw))
    out[..., ph:ph + x.shape[-2], pw:pw + x.shape[-1]] = x
    return out
