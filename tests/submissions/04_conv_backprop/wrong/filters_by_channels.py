# expect: conv2d_backward=failed
# mistake: the loop over the filters counts the channels
# diagnosis: filters_counted_by_channels
import numpy as np


def pair(value):
    return (value, value) if isinstance(value, int) else tuple(value)


def conv2d_backward(dout, x, weight, stride=1, padding=0):
    sh, sw = pair(stride)
    ph, pw = pair(padding)
    N, C, H, W = x.shape
    F, _, kh, kw = weight.shape
    Ho, Wo = dout.shape[-2:]
    xp = np.pad(x, ((0, 0), (0, 0), (ph, ph), (pw, pw)))
    dxp = np.zeros_like(xp)
    dW = np.zeros_like(weight)
    db = np.zeros(F)
    for n in range(N):
        for c in range(C):
            db[c] += dout[n, c].sum()
            for i in range(Ho):
                for j in range(Wo):
                    g = dout[n, c, i, j]
                    dW[c] += g * xp[n, :, i * sh:i * sh + kh, j * sw:j * sw + kw]
                    dxp[n, :, i * sh:i * sh + kh, j * sw:j * sw + kw] += g * weight[c]
    return dxp[:, :, ph:ph + H, pw:pw + W].copy(), dW, db
