# expect: max_pool2d_backward=passed avg_pool2d_backward=passed lp_pool1d_backward=passed upsample=passed
# style: nested loops with a running maximum
import numpy as np


def _pair(v):
    return v if isinstance(v, (tuple, list)) else (v, v)


def max_pool2d_backward(dout, x, kernel, stride=None):
    kh, kw = _pair(kernel)
    sh, sw = _pair(kernel if stride is None else stride)
    dx = np.zeros(x.shape)
    N, C, Ho, Wo = dout.shape
    for n in range(N):
        for c in range(C):
            for i in range(Ho):
                for j in range(Wo):
                    best = None
                    for u in range(i * sh, i * sh + kh):
                        for v in range(j * sw, j * sw + kw):
                            if best is None or x[n, c, u, v] > x[n, c, best[0], best[1]]:
                                best = (u, v)
                    dx[n, c, best[0], best[1]] += dout[n, c, i, j]
    return dx


def avg_pool2d_backward(dout, x, kernel, stride=None):
    kh, kw = _pair(kernel)
    sh, sw = _pair(kernel if stride is None else stride)
    dx = np.zeros(x.shape)
    N, C, Ho, Wo = dout.shape
    for n in range(N):
        for c in range(C):
            for i in range(Ho):
                for j in range(Wo):
                    share = dout[n, c, i, j] / (kh * kw)
                    for u in range(kh):
                        for v in range(kw):
                            dx[n, c, i * sh + u, j * sw + v] += share
    return dx


def lp_pool1d_backward(dout, x, p, m):
    dx = np.zeros(len(x))
    for n in range(len(x) // m):
        total = 0.0
        for k in range(n * m, n * m + m):
            total += abs(x[k]) ** p
        for k in range(n * m, n * m + m):
            sign = 0.0 if x[k] == 0 else (1.0 if x[k] > 0 else -1.0)
            dx[k] = dout[n] * total ** (1.0 / p - 1) * abs(x[k]) ** (p - 1) * sign
    return dx


def upsample(delta, factor):
    fh, fw = _pair(factor)
    lead = delta.shape[:-2]
    H, W = delta.shape[-2:]
    out = np.zeros(lead + (H * fh, W * fw))
    for index in np.ndindex(*lead):
        for i in range(H * fh):
            for j in range(W * fw):
                out[index + (i, j)] = delta[index + (i // fh, j // fw)]
    return out
