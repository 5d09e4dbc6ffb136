# expect: lp_pool1d_backward=failed
# mistake: the largest magnitude takes everything, as for p = infinity
# diagnosis: to_the_largest
import numpy as np


def lp_pool1d_backward(dout, x, p, m):
    dx = np.zeros(len(x))
    for n in range(len(x) // m):
        region = x[n * m:(n + 1) * m]
        total = np.sum(np.abs(region) ** p)
        g = np.zeros(m)
        g[np.argmax(np.abs(region))] = 1
        dx[n * m:(n + 1) * m] = dout[n] * g
    return dx
