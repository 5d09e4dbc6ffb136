# expect: max_pool2d_backward=passed avg_pool2d_backward=passed lp_pool1d_backward=passed upsample=passed
# style: partial of one function for both pools, lambdas, a callable instance
from functools import partial
import numpy as np

pair = lambda v: v if isinstance(v, tuple) else (v, v)


def scatter(share, dout, x, kernel, stride=None):
    (kh, kw), (sh, sw) = pair(kernel), pair(stride or kernel)
    dx = np.zeros(x.shape)
    for i, j in np.ndindex(dout.shape[2:]):
        window = np.s_[:, :, i * sh:i * sh + kh, j * sw:j * sw + kw]
        dx[window] += share(x[window]) * dout[:, :, i, j, None, None]
    return dx


def first_max(w):
    flat = w.reshape(*w.shape[:2], -1)
    return np.eye(flat.shape[-1])[flat.argmax(-1)].reshape(w.shape)


max_pool2d_backward = partial(scatter, first_max)
avg_pool2d_backward = partial(scatter, lambda w: np.ones(w.shape) / (w.shape[2] * w.shape[3]))


class LpPool:
    def __call__(self, dout, x, p, m):
        n = x.size // m
        head, tail = np.split(x, [n * m])
        r = head.reshape(n, m)
        norm = (abs(r) ** p).sum(1) ** (1.0 / p)
        return np.r_[(np.sign(r) * abs(r) ** (p - 1) * (dout * norm ** (1 - p))[:, None]).flatten(), 0 * tail]


lp_pool1d_backward = LpPool()
upsample = lambda delta, factor: np.einsum("...hw,hi,wj->...ij", delta, *(
    np.kron(np.eye(n), np.ones((1, f))) for n, f in zip(delta.shape[-2:], pair(factor))))
