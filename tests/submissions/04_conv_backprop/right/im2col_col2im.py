# expect: conv1d_backward=passed conv2d_backward=passed
# style: im2col, col2im with np.add.at
import numpy as np


def conv1d_backward(dy, x, w):
    index = np.arange(len(dy))[:, None] + np.arange(len(w))
    dx = np.zeros(len(x))
    np.add.at(dx, index, np.outer(dy, w))
    return dx, dy @ x[index]


def indices(shape, kh, kw, sh, sw):
    N, C, H, W = shape
    oh, ow = (H - kh) // sh + 1, (W - kw) // sw + 1
    i = np.tile(np.repeat(np.arange(kh), kw), C)[:, None] + sh * np.repeat(np.arange(oh), ow)[None]
    j = np.tile(np.arange(kw), kh * C)[:, None] + sw * np.tile(np.arange(ow), oh)[None]
    k = np.repeat(np.arange(C), kh * kw)[:, None]
    return k, i, j


def conv2d_backward(dout, x, weight, stride=1, padding=0):
    sh, sw = stride if isinstance(stride, tuple) else (stride, stride)
    ph, pw = padding if isinstance(padding, tuple) else (padding, padding)
    F, C, kh, kw = weight.shape
    xp = np.pad(x, ((0, 0), (0, 0), (ph, ph), (pw, pw)))
    k, i, j = indices(xp.shape, kh, kw, sh, sw)
    cols = xp[:, k, i, j].transpose(1, 2, 0).reshape(C * kh * kw, -1)
    d = dout.transpose(1, 2, 3, 0).reshape(F, -1)
    dweight = (d @ cols.T).reshape(weight.shape)
    dcols = weight.reshape(F, -1).T @ d
    dcols = dcols.reshape(C * kh * kw, -1, x.shape[0]).transpose(2, 0, 1)
    dxp = np.zeros(xp.shape)
    np.add.at(dxp, (slice(None), k, i, j), dcols)
    if ph:
        dxp = dxp[:, :, ph:-ph]
    if pw:
        dxp = dxp[..., pw:-pw]
    return dxp, dweight, np.sum(dout, axis=(0, 2, 3))
