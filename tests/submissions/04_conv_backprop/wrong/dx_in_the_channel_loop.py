# expect: conv2d_backward=failed
# mistake: a whole window is added in a loop over the channels
# diagnosis: dx_in_the_channel_loop
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
            for c in range(C):
                for i in range(Ho):
                    for j in range(Wo):
                        g = dout[n, f, i, j]
                        dW[f, c] += g * xp[n, c, i * sh:i * sh + kh, j * sw:j * sw + kw]
                        dxp[n, :, i * sh:i * sh + kh, j * sw:j * sw + kw] += g * weight[f]
    return dxp[:, :, ph:ph + H, pw:pw + W].copy(), dW, dout.sum(axis=(0, 2, 3))
