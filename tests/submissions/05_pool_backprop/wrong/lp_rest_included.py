# expect: lp_pool1d_backward=failed
# mistake: the left-over inputs make a region of their own, and there is no dout for it
# diagnosis: rest_is_a_region
import numpy as np


def lp_pool1d_backward(dout, x, p, m):
    dx = np.zeros(len(x))
    for n in range((len(x) + m - 1) // m):
        region = x[n * m:(n + 1) * m]
        total = np.sum(np.abs(region) ** p)
        g = total ** (1 / p - 1) * np.abs(region) ** (p - 1) * np.sign(region)
        dx[n * m:(n + 1) * m] = dout[n] * g
    return dx
