# expect: conv1d_backward=passed conv2d_backward=passed
# style: the shape of a well-known course: da_prev_pad, vert_start, un-padded inside the batch loop
import numpy as np


def conv1d_backward(dy, x, w):
    dA_prev, dW = np.zeros(x.shape), np.zeros(w.shape)
    f = w.shape[0]
    for h in range(dy.shape[0]):
        start = h
        end = start + f
        a_slice = x[start:end]
        dA_prev[start:end] += w * dy[h]
        dW += a_slice * dy[h]
    assert dA_prev.shape == x.shape
    return (dA_prev, dW)


def conv2d_backward(dout, x, weight, stride=1, padding=0):
    dZ, A_prev, W = dout, x, weight
    (m, n_C_prev, n_H_prev, n_W_prev) = A_prev.shape
    (n_C, n_C_prev, f_h, f_w) = W.shape
    hparameters = {"stride": stride, "pad": padding}
    for key in hparameters:
        if not isinstance(hparameters[key], tuple):
            hparameters[key] = (hparameters[key], hparameters[key])
    stride_h, stride_w = hparameters["stride"]
    pad_h, pad_w = hparameters["pad"]
    (m, n_C, n_H, n_W) = dZ.shape
    dA_prev = np.zeros((m, n_C_prev, n_H_prev, n_W_prev))
    dW = np.zeros((n_C, n_C_prev, f_h, f_w))
    db = np.zeros((n_C, 1, 1, 1))
    width = ((0, 0), (0, 0), (pad_h, pad_h), (pad_w, pad_w))
    A_prev_pad = np.pad(A_prev, width)
    dA_prev_pad = np.pad(dA_prev, width)
    for i in range(m):
        a_prev_pad = A_prev_pad[i]
        da_prev_pad = dA_prev_pad[i]
        for h in range(n_H):
            for w in range(n_W):
                for c in range(n_C):
                    vert_start, horiz_start = h * stride_h, w * stride_w
                    vert_end, horiz_end = vert_start + f_h, horiz_start + f_w
                    a_slice = a_prev_pad[:, vert_start:vert_end, horiz_start:horiz_end]
                    da_prev_pad[:, vert_start:vert_end, horiz_start:horiz_end] += W[c] * dZ[i, c, h, w]
                    dW[c] += a_slice * dZ[i, c, h, w]
                    db[c] += dZ[i, c, h, w]
        dA_prev[i] = da_prev_pad[:, pad_h:da_prev_pad.shape[1] - pad_h, pad_w:da_prev_pad.shape[2] - pad_w]
    assert dA_prev.shape == A_prev.shape
    return dA_prev, dW, db.reshape(n_C)
