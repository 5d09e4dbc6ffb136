# expect: max_pool2d_backward=failed
# mistake: range(0, H - kh, sh)
# diagnosis: range_ends_before_the_last_window
import numpy as np


def pair(value):
    return (value, value) if isinstance(value, int) else tuple(value)


def max_pool2d_backward(dout, x, kernel, stride=None):
    (kh, kw), (sh, sw) = pair(kernel), pair(stride if stride is not None else kernel)
    dx = np.zeros(x.shape)
    for n in range(len(x)):
        for c in range(len(x[n])):
            for oi, top in enumerate(range(0, x.shape[2] - kh, sh)):
                for oj, left in enumerate(range(0, x.shape[3] - kw, sw)):
                    w = x[n, c, top:top+kh, left:left+kw]
                    p, q = np.unravel_index(w.argmax(), w.shape)
                    dx[n, c, top + p, left + q] += dout[n, c, oi, oj]
    return dx
