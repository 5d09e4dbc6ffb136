# expect: lp_pool1d_backward=failed
# mistake: x |x| ** (p - 2): not a number where an entry is 0 and p < 2
import numpy as np


def lp_pool1d_backward(dout, x, p, m):
    dx = np.zeros(len(x))
    for n in range(len(x) // m):
        region = x[n * m:(n + 1) * m]
        total = np.sum(np.abs(region) ** p)
        g = total ** (1 / p - 1) * region * np.abs(region) ** (p - 2)
        dx[n * m:(n + 1) * m] = dout[n] * g
    return dx
