# expect: conv1d_backward=passed conv2d_backward=passed
# style: adds into writeable windows of dx, one output position at a time; tensordot for dweight
import numpy as np
from numpy.lib.stride_tricks import as_strided


def conv1d_backward(dy, x, w):
    step, = x.strides
    hankel = as_strided(x, (len(w), len(dy)), (step, step))
    toeplitz = np.zeros((len(x), len(dy)))
    for n in range(len(dy)):
        toeplitz[n:n + len(w), n] = w
    return toeplitz.dot(dy), hankel.dot(dy)


def conv2d_backward(dout, x, weight, stride=1, padding=0):
    sh, sw = stride if hasattr(stride, "__getitem__") else (stride, stride)
    ph, pw = padding if hasattr(padding, "__getitem__") else (padding, padding)
    n, c, h, w = x.shape
    f, _, kh, kw = weight.shape
    _, _, ho, wo = dout.shape
    xp = np.zeros((n, c, h + 2 * ph, w + 2 * pw))
    xp[:, :, ph:ph + h, pw:pw + w] = x
    s = xp.strides
    shape, strides = (n, c, ho, wo, kh, kw), (s[0], s[1], s[2] * sh, s[3] * sw, s[2], s[3])
    dweight = np.tensordot(dout, as_strided(xp, shape, strides), ([0, 2, 3], [0, 2, 3]))
    dxp = np.zeros_like(xp)
    dwin = as_strided(dxp, shape, strides)
    parts = np.tensordot(dout, weight, ([1], [0]))  # n, ho, wo, c, kh, kw
    for i in range(ho):
        for j in range(wo):
            dwin[:, :, i, j] += parts[:, i, j]
    return dxp[:, :, ph:ph + h, pw:pw + w], dweight, dout.sum((0, 2, 3))
