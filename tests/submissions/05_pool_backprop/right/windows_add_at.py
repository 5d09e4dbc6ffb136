# expect: max_pool2d_backward=passed avg_pool2d_backward=passed lp_pool1d_backward=passed upsample=passed
# style: sliding windows, argmax over flattened windows, np.add.at; np.kron
import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def geometry(kernel, stride):
    k = np.broadcast_to(kernel, 2)
    return (*k, *(k if stride is None else np.broadcast_to(stride, 2)))


def max_pool2d_backward(dout, x, kernel, stride=None):
    kh, kw, sh, sw = geometry(kernel, stride)
    view = sliding_window_view(x, (kh, kw), axis=(2, 3))[:, :, ::sh, ::sw]
    u, v = np.divmod(view.reshape(*view.shape[:4], -1).argmax(-1), kw)
    n, c, i, j = np.indices(dout.shape)
    dx = np.zeros(x.shape)
    np.add.at(dx, (n, c, i * sh + u, j * sw + v), dout)
    return dx


def avg_pool2d_backward(dout, x, kernel, stride=None):
    kh, kw, sh, sw = geometry(kernel, stride)
    dx = np.zeros(x.shape)
    n, c, i, j, u, v = np.ogrid[tuple(slice(s) for s in (*dout.shape, kh, kw))]
    np.add.at(dx, (n, c, i * sh + u, j * sw + v), dout[..., None, None] / (kh * kw))
    return dx


def lp_pool1d_backward(dout, x, p, m):
    L = len(x) // m
    r = x[:L * m].reshape(L, m)
    g = (np.abs(r) ** p).sum(axis=1, keepdims=True) ** (1 / p - 1) * np.abs(r) ** (p - 1) * np.sign(r)
    return np.concatenate([(dout[:, None] * g).ravel(), np.zeros(len(x) - L * m)])


def upsample(delta, factor):
    return np.kron(delta, np.ones(np.broadcast_to(factor, 2)))
