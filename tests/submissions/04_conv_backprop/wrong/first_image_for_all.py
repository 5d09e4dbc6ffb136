# expect: conv2d_backward=failed
# mistake: A_prev_pad[0] for A_prev_pad[i]
# diagnosis: dweight_of_the_first_image
import numpy as np


def conv2d_backward(dout, x, weight, stride=1, padding=0):
    (m, n_C_prev, n_H_prev, n_W_prev) = x.shape
    (n_C, n_C_prev, f_h, f_w) = weight.shape
    stride_h, stride_w = stride if isinstance(stride, tuple) else (stride, stride)
    pad_h, pad_w = padding if isinstance(padding, tuple) else (padding, padding)
    (m, n_C, n_H, n_W) = dout.shape
    dA_prev = np.zeros((m, n_C_prev, n_H_prev, n_W_prev))
    dW = np.zeros((n_C, n_C_prev, f_h, f_w))
    db = np.zeros((n_C,))
    width = ((0, 0), (0, 0), (pad_h, pad_h), (pad_w, pad_w))
    A_prev_pad = np.pad(x, width, mode='constant', constant_values=(0, 0))
    dA_prev_pad = np.pad(dA_prev, width, mode='constant', constant_values=(0, 0))
    for i in range(m):
        a_prev_pad = A_prev_pad[0]
        da_prev_pad = dA_prev_pad[i]
        for h in range(n_H):
            for w in range(n_W):
                for c in range(n_C):
                    vert_start = h * stride_h
                    vert_end = vert_start + f_h
                    horiz_start = w * stride_w
                    horiz_end = horiz_start + f_w
                    a_slice = a_prev_pad[:, vert_start:vert_end, horiz_start:horiz_end]
                    da_prev_pad[:, vert_start:vert_end, horiz_start:horiz_end] += weight[c] * dout[i, c, h, w]
                    dW[c] += a_slice * dout[i, c, h, w]
                    db[c] += dout[i, c, h, w]
        dA_prev[i, :, :, :] = da_prev_pad[:, pad_h:pad_h + n_H_prev, pad_w:pad_w + n_W_prev]
    return dA_prev, dW, db
