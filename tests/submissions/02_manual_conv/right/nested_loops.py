# expect: zero_pad=passed conv2d_single=passed conv2d_forward=passed
# style: seven nested loops, scalars only, manual padding
import numpy as np


def zero_pad(x, padding):
    if isinstance(padding, int):
        ph = pw = padding
    else:
        ph, pw = padding
    *lead, h, w = x.shape
    out = np.zeros((*lead, h + 2 * ph, w + 2 * pw))
    out[..., ph:ph + h, pw:pw + w] = x
    return out


def conv2d_single(image, kernel, stride=1, padding=0):
    sh, sw = (stride, stride) if isinstance(stride, int) else stride
    x = zero_pad(image, padding)
    kh, kw = kernel.shape
    oh = (x.shape[0] - kh) // sh + 1
    ow = (x.shape[1] - kw) // sw + 1
    out = np.zeros((oh, ow))
    for i in range(oh):
        for j in range(ow):
            total = 0.0
            for u in range(kh):
                for v in range(kw):
                    total += x[i * sh + u, j * sw + v] * kernel[u, v]
            out[i, j] = total
    return out


def conv2d_forward(x, weight, bias=None, stride=1, padding=0):
    sh, sw = (stride, stride) if isinstance(stride, int) else stride
    xp = zero_pad(x, padding)
    N, C, H, W = xp.shape
    F, _, kH, kW = weight.shape
    Ho = (H - kH) // sh + 1
    Wo = (W - kW) // sw + 1
    out = np.zeros((N, F, Ho, Wo))
    for n in range(N):
        for f in range(F):
            for i in range(Ho):
                for j in range(Wo):
                    s = 0.0
                    for c in range(C):
                        for u in range(kH):
                            for v in range(kW):
                                s += xp[n, c, i * sh + u, j * sw + v] * weight[f, c, u, v]
                    out[n, f, i, j] = s + (0 if bias is None else bias[f])
    return out
