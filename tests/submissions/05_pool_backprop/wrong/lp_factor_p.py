# expect: lp_pool1d_backward=failed
# mistake: the p of the inner derivative is not cancelled by the 1/p of the outer one
# diagnosis: times_p
import numpy as np


def lp_pool1d_backward(dout, x, p, m):
    dx = np.zeros(len(x))
    for n in range(len(x) // m):
        region = x[n * m:(n + 1) * m]
        total = np.sum(np.abs(region) ** p)
        g = p * total ** (1 / p - 1) * np.abs(region) ** (p - 1) * np.sign(region)
        dx[n * m:(n + 1) * m] = dout[n] * g
    return dx
