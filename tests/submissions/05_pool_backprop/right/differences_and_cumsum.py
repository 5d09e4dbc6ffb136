# expect: max_pool2d_backward=passed avg_pool2d_backward=passed lp_pool1d_backward=passed upsample=passed
# style: a class; means as corner differences and cumulative sums
from __future__ import annotations
import numpy as np

class Pool:
    cache: dict = {}
    def __init__(self, k, s=None):
        self.k = (k, k) if isinstance(k, int) else tuple(k)
        s = self.k if s is None else s
        self.s = (s, s) if isinstance(s, int) else tuple(s)
    def spans(self, n, axis):
        return [slice(o, o + self.k[axis]) for o in range(0, n - self.k[axis] + 1, self.s[axis])]
    def max_backward(self, g, x):
        dx = np.zeros_like(x, dtype=float)
        for i, r in enumerate(self.spans(x.shape[2], 0)):
            for j, c in enumerate(self.spans(x.shape[3], 1)):
                w = x[:, :, r, c]
                flat = w.reshape(w.shape[0] * w.shape[1], -1)
                hot = np.zeros_like(flat, dtype=float)
                hot[np.arange(len(flat)), flat.argmax(1)] = g[:, :, i, j].ravel()
                dx[:, :, r, c] += hot.reshape(w.shape)
        return dx
    def avg_backward(self, g, x):
        d = np.zeros((*x.shape[:2], x.shape[2] + 1, x.shape[3] + 1))
        g = g / (self.k[0] * self.k[1])
        for i in range(g.shape[2]):
            for j in range(g.shape[3]):
                a, b = i * self.s[0], j * self.s[1]
                d[:, :, a, b] += g[:, :, i, j]
                d[:, :, a + self.k[0], b] -= g[:, :, i, j]
                d[:, :, a, b + self.k[1]] -= g[:, :, i, j]
                d[:, :, a + self.k[0], b + self.k[1]] += g[:, :, i, j]
        return d.cumsum(2).cumsum(3)[:, :, :-1, :-1]

def max_pool2d_backward(dout, x, kernel, stride=None): return Pool(kernel, stride).max_backward(dout, x)
def avg_pool2d_backward(dout, x, kernel, stride=None): return Pool(kernel, stride).avg_backward(dout, x)

def lp_pool1d_backward(dout, x, p, m):
    n = x.size // m
    body, rest = np.split(x, [n * m])
    r = body.reshape(n, m)
    scale = np.abs(r).max(1, keepdims=True)          # no overflow
    t = np.abs(r) / scale
    y = (t ** p).sum(1, keepdims=True) ** (1 / p)
    g = dout.reshape(n, 1) * np.copysign((t / y) ** (p - 1), r) * (r != 0)
    return np.r_[g.ravel(), rest * 0]

def upsample(delta, factor):
    fh, fw = (factor, factor) if isinstance(factor, int) else factor
    a = np.stack([delta] * fw, axis=-1).reshape(*delta.shape[:-1], -1)
    return np.stack([a] * fh, axis=-2).reshape(*delta.shape[:-2], -1, a.shape[-1])
