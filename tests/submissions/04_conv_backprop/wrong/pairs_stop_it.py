# expect: conv2d_backward=failed
# mistake: stride and padding are ints only
# diagnosis: pairs_int_only
import numpy as np


def pair(value):
    return (value, value) if isinstance(value, int) else tuple(value)


def conv2d_backward(dout, x, weight, stride=1, padding=0):
    N, C, H, W = x.shape
    F, C, kH, kW = weight.shape
    N, F, Ho, Wo = dout.shape
    x_p = np.zeros((N, C, H + 2 * padding, W + 2 * padding))
    x_p[:, :, padding:padding + H, padding:padding + W] = x
    dx_p = np.zeros_like(x_p)
    dw = np.zeros_like(weight)
    db = np.zeros(F)
    for n in range(N):
        for f in range(F):
            for h in range(Ho):
                for w in range(Wo):
                    hs = h * stride
                    ws = w * stride
                    dw[f] += x_p[n, :, hs:hs + kH, ws:ws + kW] * dout[n, f, h, w]
                    dx_p[n, :, hs:hs + kH, ws:ws + kW] += weight[f] * dout[n, f, h, w]
                    db[f] += dout[n, f, h, w]
    return dx_p[:, :, padding:padding + H, padding:padding + W], dw, db
