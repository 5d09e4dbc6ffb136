# expect: max_pool2d_backward=failed
# mistake: the number from argmax is used as a row
# diagnosis: argmax_taken_for_the_row
import numpy as np


def pair(value):
    return (value, value) if isinstance(value, int) else tuple(value)


def max_pool2d_backward(dout, x, kernel, stride=None):
    kh, kw = pair(kernel)
    sh, sw = pair(kernel if stride is None else stride)
    dx = np.zeros(x.shape)
    for n, c, i, j in np.ndindex(*dout.shape):
        idx = np.argmax(x[n, c, i*sh:i*sh+kh, j*sw:j*sw+kw])
        dx[n, c, i*sh:i*sh+kh, j*sw:j*sw+kw][idx] += dout[n, c, i, j]
    return dx
