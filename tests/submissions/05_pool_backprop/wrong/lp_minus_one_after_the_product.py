# expect: lp_pool1d_backward=failed
# mistake: |x| ** p - 1 without brackets, in a product
# diagnosis: minus_sign_after_the_product
import numpy as np


def pair(value):
    return (value, value) if isinstance(value, int) else tuple(value)


def lp_pool1d_backward(dout, x, p, m):
    n = len(x) // m
    dx = np.zeros(len(x))
    for i in range(n):
        r = x[i*m:(i+1)*m]
        s = np.sum(np.abs(r)**p)
        dx[i*m:(i+1)*m] = dout[i] * s**(1/p - 1) * np.abs(r)**p - 1 * np.sign(r)
    return dx
