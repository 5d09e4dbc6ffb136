# expect: conv2d_backward=failed
# mistake: x.shape is taken apart as (N, C, W, H)
# diagnosis: image_sides_swapped_but_for_dbias
import numpy as np


def pair(value):
    return (value, value) if isinstance(value, int) else tuple(value)


def conv2d_backward(dout, x, weight, stride=1, padding=0):
    sh, sw = pair(stride)
    ph, pw = pair(padding)
    N, C, W, H = x.shape          # 가로, 세로
    F, _, kh, kw = weight.shape
    Ho = (H + 2 * ph - kh) // sh + 1
    Wo = (W + 2 * pw - kw) // sw + 1
    xp = np.pad(x, ((0, 0), (0, 0), (ph, ph), (pw, pw)))
    dxp = np.zeros(xp.shape)
    dw = np.zeros(weight.shape)
    for n in range(N):
        for f in range(F):
            for i in range(Ho):
                for j in range(Wo):
                    dw[f] += dout[n, f, i, j] * xp[n, :, i * sh:i * sh + kh, j * sw:j * sw + kw]
                    dxp[n, :, i * sh:i * sh + kh, j * sw:j * sw + kw] += dout[n, f, i, j] * weight[f]
    return dxp[:, :, ph:ph + H, pw:pw + W], dw, dout.sum(axis=(0, 2, 3))
