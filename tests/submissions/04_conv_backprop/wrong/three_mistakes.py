# expect: conv2d_backward=failed
# mistake: dx is assigned, dweight averaged, dbias summed over the wrong axes
# diagnosis: dx_assigned+dweight_batch_mean+dbias_of_each_row
import numpy as np


def pair(value):
    return (value, value) if isinstance(value, int) else tuple(value)


def conv2d_backward(dout, x, weight, stride=1, padding=0):
    sh, sw = pair(stride)
    ph, pw = pair(padding)
    N, C, H, W = x.shape
    F, _, kh, kw = weight.shape
    xp = np.pad(x, ((0, 0), (0, 0), (ph, ph), (pw, pw)))
    dxp, dw = np.zeros(xp.shape), np.zeros(weight.shape)
    for n in range(N):
        for f in range(F):
            for i in range(dout.shape[2]):
                for j in range(dout.shape[3]):
                    s = np.s_[n, :, i * sh:i * sh + kh, j * sw:j * sw + kw]
                    dw[f] += dout[n, f, i, j] * xp[s]
                    dxp[s] = dout[n, f, i, j] * weight[f]
    return dxp[:, :, ph:ph + H, pw:pw + W], dw / N, dout.sum(axis=(0, 1, 3))
