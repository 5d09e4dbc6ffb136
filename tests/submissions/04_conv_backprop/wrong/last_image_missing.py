# expect: conv2d_backward=failed
# mistake: range(N - 1) over the images
# diagnosis: last_image_missing
import numpy as np


def pair(value):
    return (value, value) if isinstance(value, int) else tuple(value)


def conv2d_backward(dout, x, weight, stride=1, padding=0):
    sh, sw = pair(stride)
    ph, pw = pair(padding)
    N, C, H, W = x.shape
    F, _, kh, kw = weight.shape
    xp = np.pad(x, ((0, 0), (0, 0), (ph, ph), (pw, pw)))
    dxp = np.zeros(xp.shape)
    dw = np.zeros(weight.shape)
    db = np.zeros(F)
    for n in range(N - 1):
        for f in range(F):
            db[f] += dout[n, f].sum()
            for i in range(dout.shape[2]):
                for j in range(dout.shape[3]):
                    dw[f] += dout[n, f, i, j] * xp[n, :, i * sh:i * sh + kh, j * sw:j * sw + kw]
                    dxp[n, :, i * sh:i * sh + kh, j * sw:j * sw + kw] += dout[n, f, i, j] * weight[f]
    return dxp[:, :, ph:ph + H, pw:pw + W], dw, db
