# expect: lp_pool1d_backward=failed
# mistake: sums over axis 0 of the regions
# diagnosis: norm_across_regions
import numpy as np

def lp_pool1d_backward(dout, x, p, m):
    n = len(x) // m
    used = x[:n * m].reshape(n, m)
    a = np.abs(used)
    norm = np.sum(a ** p, axis=0, keepdims=True) ** (1 / p)
    g = np.sign(used) * (a / norm) ** (p - 1)
    dx = np.zeros(x.shape)
    dx[:n * m] = (dout[:, None] * g).ravel()
    return dx
