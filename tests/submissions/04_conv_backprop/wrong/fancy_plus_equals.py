# expect: conv2d_backward=failed
# mistake: dx[index] += loses entries that occur twice: np.add.at is meant
# diagnosis: dx_assigned_tap_by_tap
import numpy as np


def conv2d_backward(dout, x, weight, stride=1, padding=0):
    sh, sw = stride if isinstance(stride, tuple) else (stride, stride)
    ph, pw = padding if isinstance(padding, tuple) else (padding, padding)
    F, C, kh, kw = weight.shape
    N, _, H, W = x.shape
    oh, ow = dout.shape[2:]
    xp = np.pad(x, ((0, 0), (0, 0), (ph, ph), (pw, pw)))
    i = np.repeat(np.arange(kh), kw)[:, None] + sh * np.repeat(np.arange(oh), ow)
    j = np.tile(np.arange(kw), kh)[:, None] + sw * np.tile(np.arange(ow), oh)
    d = dout.reshape(N, F, -1)
    dweight = np.einsum("nfp,nckp->fck", d, xp[:, :, i, j]).reshape(weight.shape)
    dxp = np.zeros(xp.shape)
    dxp[:, :, i, j] += np.einsum("nfp,fck->nckp", d, weight.reshape(F, C, -1))
    return dxp[:, :, ph:ph + H, pw:pw + W], dweight, d.sum(axis=(0, 2))
