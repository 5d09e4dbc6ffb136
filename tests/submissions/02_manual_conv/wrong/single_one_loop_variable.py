# expect: zero_pad=passed conv2d_single=failed
# mistake: the inner kernel loop reuses the same name: only the diagonal is summed, several times
# diagnosis: kernel_diagonal_only
import numpy as np


def conv2d_single(image, kernel, stride=1, padding=0):
    sh, sw = pair(stride)
    image = zero_pad(image, padding)
    kh, kw = kernel.shape
    Ho = (image.shape[0] - kh) // sh + 1
    Wo = (image.shape[1] - kw) // sw + 1
    out = np.zeros((Ho, Wo))
    for i in range(Ho):
        for j in range(Wo):
            s = 0
            for k in range(kh):
                for k in range(kw):
                    s += image[i * sh + k, j * sw + k] * kernel[k, k]
            out[i, j] = s
    return out


def pair(value):
    return (value, value) if isinstance(value, int) else tuple(value)


def zero_pad(x, padding):
    ph, pw = pair(padding)
    out = np.zeros(x.shape[:-2] + (x.shape[-2] + 2 * ph, x.shape[-1] + 2 * pw))
    out[..., ph:ph + x.shape[-2], pw:pw + x.shape[-1]] = x
    return out
