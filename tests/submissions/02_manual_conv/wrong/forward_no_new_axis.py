# expect: zero_pad=passed conv2d_forward=failed
# mistake: window * weight without a new axis: batch and filters are lined up
# diagnosis: images_meet_filters
import numpy as np


def conv2d_forward(x, weight, bias=None, stride=1, padding=0):
    sh, sw = pair(stride)
    x = zero_pad(x, padding)
    N, C, H, W = x.shape
    F, _, kh, kw = weight.shape
    Ho, Wo = (H - kh) // sh + 1, (W - kw) // sw + 1
    out = np.zeros((N, F, Ho, Wo))
    for i in range(Ho):
        for j in range(Wo):
            win = x[:, :, i*sh:i*sh+kh, j*sw:j*sw+kw]
            out[:, :, i, j] = np.sum(win * weight, axis=(1, 2, 3))
    if bias is not None:
        out += bias[None, :, None, None]
    return out


def pair(value):
    return (value, value) if isinstance(value, int) else tuple(value)


def zero_pad(x, padding):
    ph, pw = pair(padding)
    out = np.zeros(x.shape[:-2] + (x.shape[-2] + 2 * ph, x.shape[-1] + 2 * pw))
    out[..., ph:ph + x.shape[-2], pw:pw + x.shape[-1]] = x
    return out
