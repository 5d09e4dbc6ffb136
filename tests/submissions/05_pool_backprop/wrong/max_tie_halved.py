# expect: max_pool2d_backward=failed
# mistake: two maxima get a half each, and so do three
# diagnosis: tie_halved
# only: tie
import numpy as np


def two(value):
    return value if isinstance(value, tuple) else (value, value)


def max_pool2d_backward(dout, x, kernel, stride=None):
    (kh, kw), (sh, sw) = two(kernel), two(kernel if stride is None else stride)
    dx = np.zeros(x.shape)
    for n, c, i, j in np.ndindex(*dout.shape):
        rows, columns = slice(i * sh, i * sh + kh), slice(j * sw, j * sw + kw)
        top = x[n, c, rows, columns] == x[n, c, rows, columns].max()
        error = dout[n, c, i, j]
        if top.sum() > 1:
            error = error / 2
        dx[n, c, rows, columns] += top * error
    return dx
