# expect: max_pool2d_backward=passed avg_pool2d_backward=passed lp_pool1d_backward=passed upsample=passed
# style: loops over the kernel only; the first maximum by comparing planes
import numpy as np
from itertools import product


def _setup(x, kernel, stride, out_hw):
    stride = kernel if stride is None else stride
    kh, kw = kernel if isinstance(kernel, tuple) else (kernel, kernel)
    sh, sw = stride if isinstance(stride, tuple) else (stride, stride)
    ho, wo = out_hw
    for u, v in product(range(kh), range(kw)):
        yield np.s_[:, :, u:u + (ho - 1) * sh + 1:sh, v:v + (wo - 1) * sw + 1:sw]


def max_pool2d_backward(dout, x, kernel, stride=None):
    spots = list(_setup(x, kernel, stride, dout.shape[2:]))
    planes = np.stack([x[s] for s in spots])
    top = planes.max(axis=0)
    waiting = np.ones(dout.shape, dtype=bool)
    dx = np.zeros(x.shape)
    for s, plane in zip(spots, planes):
        hit = waiting & (plane == top)
        dx[s] += np.where(hit, dout, 0.0)
        waiting &= ~hit
    return dx


def avg_pool2d_backward(dout, x, kernel, stride=None):
    dx = np.zeros(x.shape)
    spots = tuple(_setup(x, kernel, stride, dout.shape[2:]))
    for s in spots:
        dx[s] += dout / len(spots)
    return dx


def lp_pool1d_backward(dout, x, p, m):
    whole = len(x) - len(x) % m
    size = np.zeros(whole // m)
    for k in range(m):
        size += np.abs(x[k:whole:m]) ** p
    dx = np.zeros(len(x))
    for k in range(m):
        part = x[k:whole:m]
        dx[k:whole:m] = dout * np.copysign(np.abs(part) ** (p - 1), part) * (part != 0) / size ** ((p - 1) / p)
    return dx


def upsample(delta, factor):
    fh, fw = factor if isinstance(factor, tuple) else (factor, factor)
    out = np.empty((*delta.shape[:-2], delta.shape[-2] * fh, delta.shape[-1] * fw))
    for u, v in product(range(fh), range(fw)):
        out[..., u::fh, v::fw] = delta
    return out
