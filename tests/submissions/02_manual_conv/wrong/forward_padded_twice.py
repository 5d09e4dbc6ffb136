# expect: zero_pad=passed conv2d_single=passed conv2d_forward=failed
# mistake: x is padded in conv2d_forward, and conv2d_single pads again
# diagnosis: padding_twice
import numpy as np


def conv2d_forward(x, weight, bias=None, stride=1, padding=0):
    x = zero_pad(x, padding)
    N, C = x.shape[:2]
    F = weight.shape[0]
    out = []
    for n in range(N):
        rows = []
        for f in range(F):
            m = sum(conv2d_single(x[n, c], weight[f, c], stride, padding) for c in range(C))
            rows.append(m + (bias[f] if bias is not None else 0))
        out.append(rows)
    return np.array(out)


def pair(value):
    return (value, value) if isinstance(value, int) else tuple(value)


def zero_pad(x, padding):
    ph, pw = pair(padding)
    out = np.zeros(x.shape[:-2] + (x.shape[-2] + 2 * ph, x.shape[-1] + 2 * pw))
    out[..., ph:ph + x.shape[-2], pw:pw + x.shape[-1]] = x
    return out


def conv2d_single(image, kernel, stride=1, padding=0):
    sh, sw = pair(stride)
    image = zero_pad(image, padding)
    kh, kw = kernel.shape
    ho = (image.shape[0] - kh) // sh + 1
    wo = (image.shape[1] - kw) // sw + 1
    out = np.zeros((ho, wo))
    for i in range(ho):
        for j in range(wo):
            out[i, j] = np.sum(image[i * sh:i * sh + kh, j * sw:j * sw + kw] * kernel)
    return out
