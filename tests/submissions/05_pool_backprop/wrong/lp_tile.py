# expect: lp_pool1d_backward=failed
# mistake: np.tile where np.repeat is meant
# diagnosis: errors_tiled
import numpy as np


def lp_pool1d_backward(dout, x, p, m):
    n = len(x) // m
    r = np.abs(x[:n * m]).reshape(n, m)
    total = np.repeat((r ** p).sum(axis=1), m)
    g = np.tile(dout, m) * total ** (1 / p - 1) * r.ravel() ** (p - 1) * np.sign(x[:n * m])
    return np.append(g, np.zeros(len(x) - n * m))
