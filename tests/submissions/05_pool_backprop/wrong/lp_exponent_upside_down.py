# expect: lp_pool1d_backward=failed
# mistake: total ** (1 - 1 / p)
# diagnosis: outer_exponent_upside_down
import numpy as np


def lp_pool1d_backward(dout, x, p, m):
    dx = np.zeros(len(x))
    for n in range(len(x) // m):
        region = x[n * m:(n + 1) * m]
        total = np.sum(np.abs(region) ** p)
        g = total ** (1 - 1 / p) * np.abs(region) ** (p - 1) * np.sign(region)
        dx[n * m:(n + 1) * m] = dout[n] * g
    return dx
