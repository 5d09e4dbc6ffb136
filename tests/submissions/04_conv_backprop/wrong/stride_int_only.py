# expect: conv2d_backward=failed
# mistake: a pair for the stride crashes
# diagnosis: stride_int_only
import numpy as np


def conv2d_backward(dout, x, weight, stride=1, padding=0):
    sh = sw = int(stride)
    ph, pw = (padding, padding) if isinstance(padding, int) else padding
    N, C, H, W = x.shape
    F, _, HH, WW = weight.shape
    _, _, H_out, W_out = dout.shape
    x_pad = np.pad(x, ((0, 0), (0, 0), (ph, ph), (pw, pw)), mode="constant")
    dx_pad = np.zeros_like(x_pad)
    dw = np.zeros_like(weight)
    db = np.zeros(F)
    for n in range(N):
        for f in range(F):
            for i in range(H_out):
                for j in range(W_out):
                    grad = dout[n, f, i, j]
                    db[f] += grad
                    dw[f] += grad * x_pad[n, :, i * sh:i * sh + HH, j * sw:j * sw + WW]
                    dx_pad[n, :, i * sh:i * sh + HH, j * sw:j * sw + WW] += grad * weight[f]
    dx = dx_pad[:, :, ph:ph + H, pw:pw + W]
    return dx, dw, db
