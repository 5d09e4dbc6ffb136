# expect: conv2d_backward=failed
# mistake: asks for outputs between the strides
# diagnosis: setting
import numpy as np

def conv2d_backward(dout, x, weight, stride=1, padding=0):
    sh, sw = (stride, stride) if isinstance(stride, int) else tuple(stride)
    ph, pw = (padding, padding) if isinstance(padding, int) else tuple(padding)
    N, F, Ho, Wo = dout.shape
    _, C, kh, kw = weight.shape
    H, W = x.shape[2:]
    dx = np.zeros(x.shape)
    for a in range(H):
        for b in range(W):
            for u in range(kh):
                for v in range(kw):
                    i, ri = divmod(a + ph - u, sh)
                    j, rj = divmod(b + pw - v, sw)
                    if 0 <= i < Ho and 0 <= j < Wo:
                        dx[:, :, a, b] += dout[:, :, i, j] @ weight[:, :, u, v]
    xp = np.pad(x, ((0, 0), (0, 0), (ph, ph), (pw, pw)))
    dw = np.zeros(weight.shape)
    for u in range(kh):
        for v in range(kw):
            part = xp[:, :, u:u + sh * (Ho - 1) + 1:sh, v:v + sw * (Wo - 1) + 1:sw]
            dw[:, :, u, v] = np.einsum('nfij,ncij->fc', dout, part)
    db = dout.reshape(N, F, -1).sum(2).sum(0)
    return dx, dw, db
