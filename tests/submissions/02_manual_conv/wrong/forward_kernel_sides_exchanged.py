# expect: zero_pad=passed conv2d_forward=failed
# mistake: F, C, kw, kh = weight.shape: the kernel's sides are exchanged
# diagnosis: kernel_square
import numpy as np


def conv2d_forward(x, weight, bias=None, stride=1, padding=0):
    sh, sw = pair(stride)
    x = zero_pad(x, padding)
    N, C, H, W = x.shape
    F, C, kw, kh = weight.shape
    oh = (H - kh) // sh + 1
    ow = (W - kw) // sw + 1
    out = np.zeros((N, F, oh, ow))
    for n in range(N):
        for f in range(F):
            for i in range(oh):
                for j in range(ow):
                    acc = 0.0
                    for c in range(C):
                        for a in range(kh):
                            for b in range(kw):
                                acc += x[n, c, i * sh + a, j * sw + b] * weight[f, c, a, b]
                    out[n, f, i, j] = acc
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
