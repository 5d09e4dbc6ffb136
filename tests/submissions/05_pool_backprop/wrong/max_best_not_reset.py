# expect: max_pool2d_backward=failed
# mistake: the largest so far is set once a channel
# diagnosis: search_goes_on_in_a_channel
import numpy as np


def pair(value):
    return (value, value) if isinstance(value, int) else tuple(value)


def max_pool2d_backward(dout, x, kernel, stride=None):
    kh, kw = pair(kernel)
    sh, sw = pair(kernel if stride is None else stride)
    dx = np.zeros(x.shape)
    for n in range(dout.shape[0]):
        for c in range(dout.shape[1]):
            best = -1e9
            r = s = 0
            for i in range(dout.shape[2]):
                for j in range(dout.shape[3]):
                    for a in range(i*sh, i*sh+kh):
                        for b in range(j*sw, j*sw+kw):
                            if x[n, c, a, b] > best:
                                best, r, s = x[n, c, a, b], a, b
                    dx[n, c, r, s] += dout[n, c, i, j]
    return dx
