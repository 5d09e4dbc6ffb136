# expect: lp_pool1d_backward=failed
# mistake: np.linalg.norm without p
# diagnosis: euclidean_norm
import numpy as np


def pair(value):
    return (value, value) if isinstance(value, int) else tuple(value)


def lp_pool1d_backward(dout, x, p, m):
    dx = np.zeros(x.shape)
    for k in range(x.size // m):
        reg = x[k*m:k*m+m]
        nrm = np.linalg.norm(reg)
        dx[k*m:k*m+m] = dout[k] * np.sign(reg) * (np.abs(reg) / nrm)**(p - 1)
    return dx
