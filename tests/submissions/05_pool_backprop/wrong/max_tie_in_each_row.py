# expect: max_pool2d_backward=failed
# mistake: break leaves the loop over the columns only, so the next row is searched as well
# diagnosis: tie_in_each_row
# only: tie
import numpy as np


def two(value):
    return value if isinstance(value, tuple) else (value, value)


def max_pool2d_backward(dout, x, kernel, stride=None):
    (kh, kw), (sh, sw) = two(kernel), two(kernel if stride is None else stride)
    dx = np.zeros(x.shape)
    for n, c, i, j in np.ndindex(*dout.shape):
        window = x[n, c, i * sh : i * sh + kh, j * sw : j * sw + kw]
        largest = window.max()
        for r in range(kh):
            for q in range(kw):
                if window[r, q] == largest:
                    dx[n, c, i * sh + r, j * sw + q] += dout[n, c, i, j]
                    break
    return dx
