# expect: conv2d_backward=failed
# mistake: the weights are flattened with channels last, dcol is read with channels first
# diagnosis: dx_weight_channels_last
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
    sh, sw = pair(stride)
    ph, pw = pair(padding)
    _, dw, db = _conv2d_ok(dout, x, weight, stride, padding)
    N, C, H, W = x.shape
    F, _, kh, kw = weight.shape
    wmat = weight.transpose(0, 2, 3, 1).reshape(F, -1)
    dxp = np.zeros((N, C, H + 2 * ph, W + 2 * pw))
    for n in range(N):
        dcol = dout[n].reshape(F, -1).T @ wmat
        for p, (i, j) in enumerate(np.ndindex(dout.shape[2:])):
            dxp[n, :, i * sh:i * sh + kh, j * sw:j * sw + kw] += dcol[p].reshape(C, kh, kw)
    return dxp[:, :, ph:ph + H, pw:pw + W], dw, db
