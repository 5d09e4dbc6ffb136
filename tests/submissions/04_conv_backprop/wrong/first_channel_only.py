# expect: conv2d_backward=failed
# mistake: channel 0 stands for all
# diagnosis: first_channel_only
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
    for n in range(N):
        for f in range(F):
            for i in range(Ho):
                for j in range(Wo):
                    for a in range(kh):
                        for b in range(kw):
                            dW[f, 0, a, b] += dout[n, f, i, j] * xp[n, 0, i * sh + a, j * sw + b]
                            dxp[n, 0, i * sh + a, j * sw + b] += dout[n, f, i, j] * weight[f, 0, a, b]
    return dxp[:, :, ph:ph + H, pw:pw + W].copy(), dW, dout.sum(axis=(0, 2, 3))
