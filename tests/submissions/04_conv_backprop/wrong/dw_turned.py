# expect: conv2d_backward=failed
# mistake: turns dweight by 180 degrees as well
# diagnosis: dweight_turned
import numpy as np


def conv2d_backward(dout, x, weight, stride=1, padding=0):
    sh, sw = stride if isinstance(stride, tuple) else (stride, stride)
    ph, pw = padding if isinstance(padding, tuple) else (padding, padding)
    N, C, H, W = x.shape
    F, _, kh, kw = weight.shape
    Hp, Wp = H + 2 * ph, W + 2 * pw
    # zeros between the entries of dout undo the stride
    delta = np.zeros((N, F, Hp - kh + 1, Wp - kw + 1))
    delta[:, :, ::sh, ::sw] = dout
    xp = np.pad(x, ((0, 0), (0, 0), (ph, ph), (pw, pw)))
    full = np.pad(delta, ((0, 0), (0, 0), (kh - 1, kh - 1), (kw - 1, kw - 1)))
    rotated = weight[:, :, ::-1, ::-1]
    dxp = np.zeros((N, C, Hp, Wp))
    for i in range(Hp):
        for j in range(Wp):
            dxp[:, :, i, j] = np.einsum("nfuv,fcuv->nc", full[:, :, i:i + kh, j:j + kw], rotated)
    dweight = np.zeros(weight.shape)
    for u in range(kh):
        for v in range(kw):
            dweight[:, :, u, v] = np.einsum("nfij,ncij->fc", delta, xp[:, :, u:u + Hp - kh + 1, v:v + Wp - kw + 1])
    dweight = dweight[:, :, ::-1, ::-1]
    return dxp[:, :, ph:ph + H, pw:pw + W], dweight, dout.sum(axis=(0, 2, 3))
