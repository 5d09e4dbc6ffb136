# expect: conv1d_backward=passed conv2d_backward=failed
# mistake: a literal 1 is cut off for the padding, and an assert of its own on the shape finds out; ints only
# diagnosis: dx_cut_by_one
import numpy as np


def conv1d_backward(dy, x, w):
    return np.convolve(dy, w), np.correlate(x, dy)


def conv2d_backward(dout, x, weight, stride=1, padding=0):
    n, f, ho, wo = dout.shape
    kh, kw = weight.shape[2:]
    xp = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    dxp, dw = np.zeros_like(xp), np.zeros_like(weight)
    for i in range(ho):
        for j in range(wo):
            rows, cols = slice(i * stride, i * stride + kh), slice(j * stride, j * stride + kw)
            g = dout[:, :, i, j]
            dxp[:, :, rows, cols] += np.einsum("nf,fcuv->ncuv", g, weight)
            dw += np.einsum("nf,ncuv->fcuv", g, xp[:, :, rows, cols])
    dx = dxp[:, :, 1:-1, 1:-1]
    assert dx.shape == x.shape
    return dx, dw, dout.sum(axis=(0, 2, 3))
