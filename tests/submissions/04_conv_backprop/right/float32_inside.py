# expect: conv1d_backward=passed conv2d_backward=passed
# style: works and answers in float32
import numpy as np


def conv1d_backward(dy, x, w):
    dy, x, w = (np.asarray(a, np.float32) for a in (dy, x, w))
    return np.convolve(dy, w), np.correlate(x, dy)


def conv2d_backward(dout, x, weight, stride=1, padding=0):
    dout, x, weight = (a.astype("float32") for a in (dout, x, weight))
    sh, sw = stride if isinstance(stride, tuple) else (stride, stride)
    ph, pw = padding if isinstance(padding, tuple) else (padding, padding)
    kh, kw = weight.shape[2], weight.shape[3]
    xp = np.pad(x, ((0, 0), (0, 0), (ph, ph), (pw, pw)))
    dxp, dweight = np.zeros_like(xp), np.zeros_like(weight)
    for i in range(dout.shape[2]):
        for j in range(dout.shape[3]):
            rows, cols = slice(i * sh, i * sh + kh), slice(j * sw, j * sw + kw)
            g = dout[:, :, i, j]
            dxp[:, :, rows, cols] += np.tensordot(g, weight, 1)
            dweight += np.tensordot(g.T, xp[:, :, rows, cols], 1)
    return dxp[:, :, ph:ph + x.shape[2], pw:pw + x.shape[3]], dweight, dout.sum(axis=(0, 2, 3), dtype=np.float32)
