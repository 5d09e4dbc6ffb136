# expect: max_pool2d_backward=failed
# mistake: dx is made like dout
# diagnosis: shape_of_argument
import numpy as np


def pair(value):
    return (value, value) if isinstance(value, int) else tuple(value)


def max_pool2d_backward(dout, x, kernel, stride=None):
    kh, kw = pair(kernel)
    sh, sw = pair(kernel if stride is None else stride)
    dx = np.zeros_like(dout)
    for n, c, i, j in np.ndindex(*dout.shape):
        win = x[n, c, i*sh:i*sh+kh, j*sw:j*sw+kw]
        dx[n, c, i, j] = win.max() * dout[n, c, i, j]
    return dx
