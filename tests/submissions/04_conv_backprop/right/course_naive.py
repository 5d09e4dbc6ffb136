# expect: conv1d_backward=passed conv2d_backward=passed
# style: conv_backward_naive of a well-known course, un-padded by sizes, an optional import of torch
import numpy as np
try:
    import torch
except ImportError:
    torch = None

def conv1d_backward(dy, x, w):
    dx, dw = np.zeros_like(x), np.zeros_like(w)
    K = w.shape[0]
    for t in range(dy.shape[0]):
        dx[t:t+K] += w * dy[t]
        dw += x[t:t+K] * dy[t]
    return dx, dw

def conv2d_backward(dout, x, weight, stride=1, padding=0):
    # dx, dw, db = None, None, None
    if isinstance(stride, int): stride = (stride, stride)
    if isinstance(padding, int): padding = (padding, padding)
    pad_h, pad_w = padding
    N, C, H, W = x.shape
    F, C, HH, WW = weight.shape
    x_pad = np.pad(x, ((0, 0), (0, 0), (pad_h, pad_h), (pad_w, pad_w)), 'constant', constant_values=0)
    dx_pad = np.zeros_like(x_pad)
    dw = np.zeros_like(weight)
    db = np.zeros(F)
    _, _, H_out, W_out = dout.shape
    for n in range(N):
        for f in range(F):
            db[f] += np.sum(dout[n, f])
            for i in range(0, H_out):
                for j in range(0, W_out):
                    hs, ws = i * stride[0], j * stride[1]
                    dw[f] += x_pad[n, :, hs:hs+HH, ws:ws+WW] * dout[n, f, i, j]
                    dx_pad[n, :, hs:hs+HH, ws:ws+WW] += weight[f] * dout[n, f, i, j]
    dx = dx_pad[:, :, pad_h:pad_h+H, pad_w:pad_w+W]
    return dx, dw, db
