# expect: max_pool2d_backward=failed
# mistake: argmax with axis=1: one maximum for each row
# diagnosis: maximum_of_each_row
import numpy as np


def pair(value):
    return (value, value) if isinstance(value, int) else tuple(value)


def max_pool2d_backward(dout, x, kernel, stride=None):
    kh, kw = pair(kernel)
    sh, sw = pair(kernel if stride is None else stride)
    dx = np.zeros(x.shape)
    for n, c, i, j in np.ndindex(*dout.shape):
        win = x[n, c, i*sh:i*sh+kh, j*sw:j*sw+kw]
        cols = np.argmax(win, axis=1)
        for r, s in enumerate(cols):
            dx[n, c, i*sh+r, j*sw+s] += dout[n, c, i, j]
    return dx
