# expect: lp_pool1d_backward=failed
# mistake: dx is as long as the regions, without the left-over inputs
# diagnosis: rest_dropped
import numpy as np


def lp_pool1d_backward(dout, x, p, m):
    dx = np.zeros(len(x))
    for n in range(len(x) // m):
        region = x[n * m:(n + 1) * m]
        total = np.sum(np.abs(region) ** p)
        g = total ** (1 / p - 1) * np.abs(region) ** (p - 1) * np.sign(region)
        dx[n * m:(n + 1) * m] = dout[n] * g
    return dx[:len(x) // m * m]
