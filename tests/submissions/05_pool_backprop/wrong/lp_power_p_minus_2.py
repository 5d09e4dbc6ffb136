# expect: lp_pool1d_backward=failed
# mistake: x * |x| ** (p - 2) is NaN at 0
# diagnosis: power_p_minus_2
import numpy as np


def pair(value):
    return (value, value) if isinstance(value, int) else tuple(value)


def lp_pool1d_backward(dout, x, p, m):
    n = len(x)//m
    xr = x[:n*m].reshape(n, m)
    y = (np.abs(xr)**p).sum(1, keepdims=True)**(1/p)
    g = dout[:, None]*xr*np.abs(xr)**(p-2)/y**(p-1)
    return np.append(g.ravel(), np.zeros(len(x)-n*m))
