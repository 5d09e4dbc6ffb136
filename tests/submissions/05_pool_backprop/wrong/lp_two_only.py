# expect: lp_pool1d_backward=failed
# mistake: right for p = 2 whatever p is
# diagnosis: p_always_2
import numpy as np


def lp_pool1d_backward(dout, x, p, m):
    dx = np.zeros(len(x))
    for n in range(len(x) // m):
        region = x[n * m:(n + 1) * m]
        total = np.sum(region ** 2)
        g = region / np.sqrt(total)
        dx[n * m:(n + 1) * m] = dout[n] * g
    return dx
