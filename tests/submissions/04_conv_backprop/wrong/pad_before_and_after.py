# expect: conv2d_backward=failed
# mistake: np.pad gets (height, width) where it takes (before, after)
# diagnosis: padding_before_and_after_cut_alike
import numpy as np


def pair(value):
    return (value, value) if isinstance(value, int) else tuple(value)


def conv2d_backward(dout, x, weight, stride=1, padding=0):
    sh, sw = pair(stride)
    pad = pair(padding)
    N, C, H, W = x.shape
    F, _, kh, kw = weight.shape
    xp = np.pad(x, ((0, 0), (0, 0), pad, pad))
    dxp = np.zeros(xp.shape)
    dw = np.zeros(weight.shape)
    for i in range(dout.shape[2]):
        for j in range(dout.shape[3]):
            r, c = slice(i * sh, i * sh + kh), slice(j * sw, j * sw + kw)
            dw += np.einsum('nf,nchw->fchw', dout[:, :, i, j], xp[:, :, r, c])
            dxp[:, :, r, c] += np.einsum('nf,fchw->nchw', dout[:, :, i, j], weight)
    return dxp[:, :, pad[0]:pad[0] + H, pad[0]:pad[0] + W].copy(), dw, dout.sum(axis=(0, 2, 3))
