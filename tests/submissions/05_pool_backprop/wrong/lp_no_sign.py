# expect: lp_pool1d_backward=failed
# mistake: the formula as the lecture prints it, without the sign of x
# diagnosis: no_sign
import numpy as np


def lp_pool1d_backward(dout, x, p, m):
    dx = np.zeros(len(x))
    for n in range(len(x) // m):
        region = x[n * m:(n + 1) * m]
        total = np.sum(np.abs(region) ** p)
        g = total ** (1 / p - 1) * np.abs(region) ** (p - 1)
        dx[n * m:(n + 1) * m] = dout[n] * g
    return dx
