# expect: conv2d_backward=failed
# mistake: written for (N, H, W, C), as a well-known course has it
# diagnosis: broadcast
import numpy as np


def pair(value):
    return (value, value) if isinstance(value, int) else tuple(value)


def conv2d_backward(dout, x, weight, stride=1, padding=0):
    (m, n_H_prev, n_W_prev, n_C_prev) = x.shape
    (f, f, n_C_prev, n_C) = weight.shape
    stride = pair(stride)[0]
    pad = pair(padding)[0]
    (m, n_H, n_W, n_C) = dout.shape
    dA_prev = np.zeros((m, n_H_prev, n_W_prev, n_C_prev))
    dW = np.zeros((f, f, n_C_prev, n_C))
    db = np.zeros((1, 1, 1, n_C))
    A_prev_pad = np.pad(x, ((0, 0), (pad, pad), (pad, pad), (0, 0)))
    dA_prev_pad = np.pad(dA_prev, ((0, 0), (pad, pad), (pad, pad), (0, 0)))
    for i in range(m):
        a_prev_pad = A_prev_pad[i]
        da_prev_pad = dA_prev_pad[i]
        for h in range(n_H):
            for w in range(n_W):
                for c in range(n_C):
                    vs, hs = h * stride, w * stride
                    a_slice = a_prev_pad[vs:vs + f, hs:hs + f, :]
                    da_prev_pad[vs:vs + f, hs:hs + f, :] += weight[:, :, :, c] * dout[i, h, w, c]
                    dW[:, :, :, c] += a_slice * dout[i, h, w, c]
                    db[:, :, :, c] += dout[i, h, w, c]
        dA_prev[i] = da_prev_pad[pad:-pad, pad:-pad, :]
    return dA_prev, dW, db
