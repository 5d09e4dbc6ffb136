# expect: lp_pool1d_backward=failed
# mistake: s ** (1 / p) - 1
# diagnosis: minus_1_after_the_power
import numpy as np


def pair(value):
    return (value, value) if isinstance(value, int) else tuple(value)


def lp_pool1d_backward(dout, x, p, m):
    dx = np.zeros(x.shape)
    for k in range(x.size // m):
        sl = slice(k*m, k*m + m)
        a = np.abs(x[sl])
        dx[sl] = dout[k] * ((a**p).sum() ** (1/p) - 1) * a**(p-1) * np.sign(x[sl])
    return dx
