# expect: zero_pad=passed conv2d_single=passed conv2d_forward=passed
# style: im2col with k, i, j index arrays as in the well-known course notes, matrix product, transpose back
import numpy as np


def zero_pad(x, padding):
    p = padding if isinstance(padding, tuple) else (padding, padding)
    return np.pad(x, ((0, 0),) * (x.ndim - 2) + ((p[0],) * 2, (p[1],) * 2))


def get_im2col_indices(shape, kh, kw, sh, sw):
    N, C, H, W = shape
    out_h = (H - kh) // sh + 1
    out_w = (W - kw) // sw + 1
    i0 = np.tile(np.repeat(np.arange(kh), kw), C)
    i1 = sh * np.repeat(np.arange(out_h), out_w)
    j0 = np.tile(np.arange(kw), kh * C)
    j1 = sw * np.tile(np.arange(out_w), out_h)
    i = i0.reshape(-1, 1) + i1.reshape(1, -1)
    j = j0.reshape(-1, 1) + j1.reshape(1, -1)
    k = np.repeat(np.arange(C), kh * kw).reshape(-1, 1)
    return k, i, j, out_h, out_w


def conv2d_forward(x, weight, bias=None, stride=1, padding=0):
    F, C, kh, kw = weight.shape
    sh, sw = stride if isinstance(stride, tuple) else (stride, stride)
    xp = zero_pad(x, padding)
    k, i, j, out_h, out_w = get_im2col_indices(xp.shape, kh, kw, sh, sw)
    cols = xp[:, k, i, j]
    cols = cols.transpose(1, 2, 0).reshape(C * kh * kw, -1)
    res = weight.reshape(F, -1) @ cols
    if bias is not None:
        res += bias.reshape(-1, 1)
    out = res.reshape(F, out_h, out_w, x.shape[0])
    return out.transpose(3, 0, 1, 2)


def conv2d_single(image, kernel, stride=1, padding=0):
    return conv2d_forward(image[None, None], kernel[None, None], stride=stride, padding=padding)[0, 0]
