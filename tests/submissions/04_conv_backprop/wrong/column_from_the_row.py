# expect: conv2d_backward=failed
# mistake: works the column of the window out from the row of the output
# diagnosis: column_from_the_row_index
import numpy as np

def zero_pad(X, pad_h, pad_w):
    return np.pad(X, ((0, 0), (0, 0), (pad_h, pad_h), (pad_w, pad_w)), mode="constant")

def conv2d_backward(dout, x, weight, stride=1, padding=0):
    if isinstance(stride, int):
        stride = (stride, stride)
    if isinstance(padding, int):
        padding = (padding, padding)
    m, n_C_prev, n_H_prev, n_W_prev = x.shape
    n_C, _, f_h, f_w = weight.shape
    _, _, n_H, n_W = dout.shape
    dA_prev = np.zeros((m, n_C_prev, n_H_prev, n_W_prev))
    dW = np.zeros(weight.shape)
    db = np.zeros(n_C)
    A_prev_pad = zero_pad(x, padding[0], padding[1])
    for i in range(m):
        a_prev_pad = A_prev_pad[i]
        da_prev_pad = np.zeros(a_prev_pad.shape)
        for h in range(n_H):
            for w in range(n_W):
                for c in range(n_C):
                    vs = h * stride[0]
                    ve = vs + f_h
                    hs = h * stride[1]
                    he = hs + f_w
                    a_slice = a_prev_pad[:, vs:ve, hs:he]
                    da_prev_pad[:, vs:ve, hs:he] += weight[c] * dout[i, c, h, w]
                    dW[c] += a_slice * dout[i, c, h, w]
                    db[c] += dout[i, c, h, w]
        dA_prev[i] = da_prev_pad[:, padding[0]:padding[0] + n_H_prev, padding[1]:padding[1] + n_W_prev]
    return dA_prev, dW, db
