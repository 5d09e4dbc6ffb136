# expect: max_pool2d_backward=failed
# mistake: dout.ravel() is in another order than the columns
# diagnosis: dout_in_order_of_windows
import numpy as np


def pair(value):
    return (value, value) if isinstance(value, int) else tuple(value)


def im2col(x, kh, kw, sh, sw):
    N, C, H, W = x.shape
    ho, wo = (H - kh)//sh + 1, (W - kw)//sw + 1
    cols = np.empty((kh*kw, ho*wo*N*C))
    t = 0
    for i in range(ho):
        for j in range(wo):
            cols[:, t:t+N*C] = x[:, :, i*sh:i*sh+kh, j*sw:j*sw+kw].reshape(N*C, -1).T
            t += N*C
    return cols

def max_pool2d_backward(dout, x, kernel, stride=None):
    kh, kw = pair(kernel)
    sh, sw = pair(stride) if stride is not None else (kh, kw)
    N, C, H, W = x.shape
    cols = im2col(x, kh, kw, sh, sw)
    dcols = np.zeros_like(cols)
    dcols[cols.argmax(axis=0), np.arange(cols.shape[1])] = dout.ravel()
    dx = np.zeros((N, C, H, W))
    t = 0
    for i in range(dout.shape[2]):
        for j in range(dout.shape[3]):
            dx[:, :, i*sh:i*sh+kh, j*sw:j*sw+kw] += dcols[:, t:t+N*C].T.reshape(N, C, kh, kw)
            t += N*C
    return dx
