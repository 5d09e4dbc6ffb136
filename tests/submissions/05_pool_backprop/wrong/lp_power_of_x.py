# expect: lp_pool1d_backward=failed
# mistake: x ** (p - 1) for |x| ** (p - 1) sign(x)
# diagnosis: power_of_x
import numpy as np


def lp_pool1d_backward(dout, x, p, m):
    dx = np.zeros(len(x))
    for n in range(len(x) // m):
        region = x[n * m:(n + 1) * m]
        total = np.sum(np.abs(region) ** p)
        g = total ** (1 / p - 1) * region ** (p - 1)
        dx[n * m:(n + 1) * m] = dout[n] * g
    return dx
