# expect: max_pool2d_backward=failed avg_pool2d_backward=passed lp_pool1d_backward=passed upsample=passed
# mistake: np.where finds every maximum of a tie, and = overwrites where windows overlap
# diagnosis: dx_assigned+tie_to_all
import numpy as np


def two(value):
    return value if isinstance(value, tuple) else (value, value)


def max_pool2d_backward(dout, x, kernel, stride=None):
    (kh, kw), (sh, sw) = two(kernel), two(kernel if stride is None else stride)
    dx = np.zeros(x.shape)
    for n, c, i, j in np.ndindex(*dout.shape):
        window = x[n, c, i * sh : i * sh + kh, j * sw : j * sw + kw]
        r, q = np.where(window == np.max(window))
        dx[n, c, i * sh + r, j * sw + q] = dout[n, c, i, j]
    return dx


def avg_pool2d_backward(dout, x, kernel, stride=None):
    (kh, kw), (sh, sw) = two(kernel), two(kernel if stride is None else stride)
    dx = np.zeros(x.shape)
    for i, j in np.ndindex(*dout.shape[2:]):
        dx[:, :, i * sh : i * sh + kh, j * sw : j * sw + kw] += dout[:, :, i : i + 1, j : j + 1] / (kh * kw)
    return dx


def lp_pool1d_backward(dout, x, p, m):
    dx = np.zeros(len(x))
    for n in range(len(dout)):
        part = slice(n * m, (n + 1) * m)
        size = np.abs(x[part])
        dx[part] = dout[n] * np.sign(x[part]) * (size / np.sum(size**p) ** (1 / p)) ** (p - 1)
    return dx


def upsample(delta, factor):
    down, right = two(factor)
    return delta.repeat(down, axis=-2).repeat(right, axis=-1)
