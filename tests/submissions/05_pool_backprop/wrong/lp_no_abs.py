# expect: lp_pool1d_backward=failed
# mistake: powers of negative numbers: x ** p instead of |x| ** p
# diagnosis: sum_without_absolute_values
import numpy as np


def lp_pool1d_backward(dout, x, p, m):
    dx = np.zeros(len(x))
    for n in range(len(x) // m):
        region = x[n * m:(n + 1) * m]
        total = np.sum(region ** p)
        g = total ** (1 / p - 1) * np.abs(region) ** (p - 1) * np.sign(region)
        dx[n * m:(n + 1) * m] = dout[n] * g
    return dx
