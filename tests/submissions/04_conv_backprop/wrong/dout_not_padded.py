# expect: conv2d_backward=failed
# mistake: the convolution for dx is not full
# diagnosis: dx_valid_convolution
import numpy as np


def pair(value):
    return (value, value) if isinstance(value, int) else tuple(value)


def _conv2d_ok(dout, x, weight, stride=1, padding=0):
    sh, sw = pair(stride)
    ph, pw = pair(padding)
    N, C, H, W = x.shape
    F, _, kh, kw = weight.shape
    xp = np.pad(x, ((0, 0), (0, 0), (ph, ph), (pw, pw)))
    dxp = np.zeros(xp.shape)
    dw = np.zeros(weight.shape)
    for i in range(dout.shape[2]):
        for j in range(dout.shape[3]):
            r, c = slice(i * sh, i * sh + kh), slice(j * sw, j * sw + kw)
            dw += np.einsum('nf,nchw->fchw', dout[:, :, i, j], xp[:, :, r, c])
            dxp[:, :, r, c] += np.einsum('nf,fchw->nchw', dout[:, :, i, j], weight)
    return dxp[:, :, ph:ph + H, pw:pw + W].copy(), dw, dout.sum(axis=(0, 2, 3))


def conv2d_backward(dout, x, weight, stride=1, padding=0):
    _, dw, db = _conv2d_ok(dout, x, weight, stride, padding)
    rot = weight[:, :, ::-1, ::-1]
    kh, kw = weight.shape[2:]
    h, w = dout.shape[2] - kh + 1, dout.shape[3] - kw + 1
    dx = np.zeros((x.shape[0], x.shape[1], h, w))
    for i in range(h):
        for j in range(w):
            dx[:, :, i, j] = np.einsum('nfhw,fchw->nc', dout[:, :, i:i + kh, j:j + kw], rot)
    return dx, dw, db
