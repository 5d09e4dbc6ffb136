# expect: zero_pad=passed conv2d_forward=failed
# mistake: rows loop over the width and columns over the height
# diagnosis: output_sides_exchanged
import numpy as np


def conv2d_forward(x, weight, bias=None, stride=1, padding=0):
    sh, sw = pair(stride)
    x = zero_pad(x, padding)
    N, C, H, W = x.shape
    F, _, kh, kw = weight.shape
    ho, wo = (H - kh) // sh + 1, (W - kw) // sw + 1
    out = np.zeros((N, F, ho, wo))
    for n in range(N):
        for f in range(F):
            for i in range(wo):
                for j in range(ho):
                    out[n, f, i, j] = np.sum(x[n, :, i * sh:i * sh + kh, j * sw:j * sw + kw] * weight[f])
            if bias is not None:
                out[n, f] += bias[f]
    return out


def pair(value):
    return (value, value) if isinstance(value, int) else tuple(value)


def zero_pad(x, padding):
    ph, pw = pair(padding)
    out = np.zeros(x.shape[:-2] + (x.shape[-2] + 2 * ph, x.shape[-1] + 2 * pw))
    out[..., ph:ph + x.shape[-2], pw:pw + x.shape[-1]] = x
    return out
