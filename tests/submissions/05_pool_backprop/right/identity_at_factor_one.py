# expect: max_pool2d_backward=passed avg_pool2d_backward=passed lp_pool1d_backward=passed upsample=passed
# style: upsample hands delta itself back at factor 1 (a note, not a point); lists inside
import numpy as np


def upsample(delta, factor):
    fh, fw = (factor, factor) if np.isscalar(factor) else factor
    if fh == fw == 1:
        return delta
    if delta.ndim > 2:
        return np.array([upsample(d, (fh, fw)) for d in delta])
    rows = [[value for value in row for _ in range(fw)] for row in delta.tolist()]
    return np.array([row for row in rows for _ in range(fh)])


def max_pool2d_backward(dout, x, kernel, stride=None):
    kh, kw = (kernel, kernel) if np.isscalar(kernel) else kernel
    sh, sw = (kh, kw) if stride is None else (stride, stride) if np.isscalar(stride) else stride
    dx = np.zeros(x.shape)
    for (n, c, i, j), d in np.ndenumerate(dout):
        _, u, v = max(
            ((x[n, c, u, v], -u, -v) for u in range(i * sh, i * sh + kh) for v in range(j * sw, j * sw + kw)),
        )
        dx[n, c, -u, -v] += d
    return dx


def avg_pool2d_backward(dout, x, kernel, stride=None):
    kh, kw = (kernel, kernel) if np.isscalar(kernel) else kernel
    sh, sw = (kh, kw) if stride is None else (stride, stride) if np.isscalar(stride) else stride
    cover_rows = np.zeros((dout.shape[2], x.shape[2]))
    cover_cols = np.zeros((dout.shape[3], x.shape[3]))
    for i, row in enumerate(cover_rows):
        row[i * sh:i * sh + kh] = 1 / kh
    for j, row in enumerate(cover_cols):
        row[j * sw:j * sw + kw] = 1 / kw
    return cover_rows.T @ dout @ cover_cols


def lp_pool1d_backward(dout, x, p, m):
    def region(values, d):
        total = sum(abs(v) ** p for v in values)
        for v in values:
            yield 0.0 if v == 0 else d * total ** (1 / p - 1) * abs(v) ** p / v

    out = []
    for n, d in enumerate(dout.tolist()):
        out.extend(region(x[n * m:n * m + m].tolist(), d))
    out.extend([0.0] * (len(x) - len(out)))
    return np.array(out)
