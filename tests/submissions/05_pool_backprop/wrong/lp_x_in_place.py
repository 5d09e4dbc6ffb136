# expect: lp_pool1d_backward=failed
# mistake: takes absolute values in place
# diagnosis: input_changed
import numpy as np


def lp_pool1d_backward(dout, x, p, m):
    dx = np.zeros(len(x))
    for n in range(len(x) // m):
        region = x[n * m:(n + 1) * m]
        sign = np.sign(region)
        region *= sign
        total = np.sum(region ** p)
        g = total ** (1 / p - 1) * region ** (p - 1) * sign
        dx[n * m:(n + 1) * m] = dout[n] * g
    return dx
