# expect: conv2d_backward=failed
# mistake: reads the columns with the batch before the places
# diagnosis: dx_batch_mixed_up
import numpy as np

def indices(C, kh, kw, oh, ow, sh, sw):
    i0 = np.tile(np.repeat(np.arange(kh), kw), C)
    i1 = sh * np.repeat(np.arange(oh), ow)
    j0 = np.tile(np.arange(kw), kh * C)
    j1 = sw * np.tile(np.arange(ow), oh)
    k = np.repeat(np.arange(C), kh * kw).reshape(-1, 1)
    return k, i0[:, None] + i1[None, :], j0[:, None] + j1[None, :]

def conv2d_backward(dout, x, weight, stride=1, padding=0):
    sh, sw = (stride, stride) if isinstance(stride, int) else stride
    ph, pw = (padding, padding) if isinstance(padding, int) else padding
    N, C, H, W = x.shape
    F, _, kh, kw = weight.shape
    oh, ow = dout.shape[2:]
    k, i, j = indices(C, kh, kw, oh, ow, sh, sw)
    xp = np.pad(x, ((0, 0), (0, 0), (ph, ph), (pw, pw)), mode='constant')
    cols = xp[:, k, i, j].transpose(1, 2, 0).reshape(C * kh * kw, -1)
    dout_r = dout.transpose(1, 2, 3, 0).reshape(F, -1)
    dw = dout_r.dot(cols.T).reshape(weight.shape)
    db = np.sum(dout, axis=(0, 2, 3))
    dcols = weight.reshape(F, -1).T.dot(dout_r)
    dcols = dcols.reshape(C * kh * kw, N, -1).transpose(1, 0, 2)
    dxp = np.zeros((N, C, H + 2 * ph, W + 2 * pw))
    np.add.at(dxp, (slice(None), k, i, j), dcols)
    return dxp[:, :, ph:ph + H, pw:pw + W], dw, db
