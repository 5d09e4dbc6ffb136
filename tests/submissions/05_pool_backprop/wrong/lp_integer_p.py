# expect: lp_pool1d_backward=failed
# mistake: cuts p off to an int
# diagnosis: p_cut_to_an_integer
import numpy as np


def lp_pool1d_backward(dout, x, p, m):
    p = int(p)
    dx = np.zeros(len(x))
    for n in range(len(x) // m):
        region = x[n * m:(n + 1) * m]
        total = np.sum(np.abs(region) ** p)
        g = total ** (1 / p - 1) * np.abs(region) ** (p - 1) * np.sign(region)
        dx[n * m:(n + 1) * m] = dout[n] * g
    return dx
