# expect: max_pool2d_backward=failed
# mistake: returns the mask, too
# diagnosis: tuple_for_array
import numpy as np


def pair(value):
    return (value, value) if isinstance(value, int) else tuple(value)


def max_pool2d_backward(dout, x, kernel, stride=None):
    kh, kw = pair(kernel)
    sh, sw = pair(kernel if stride is None else stride)
    dx = np.zeros(x.shape)
    mask = np.zeros(x.shape)
    for n, c, i, j in np.ndindex(*dout.shape):
        win = x[n, c, i*sh:i*sh+kh, j*sw:j*sw+kw]
        r, s = np.unravel_index(np.argmax(win), win.shape)
        dx[n, c, i*sh+r, j*sw+s] += dout[n, c, i, j]
        mask[n, c, i*sh+r, j*sw+s] = 1
    return dx, mask
