# expect: lp_pool1d_backward=failed
# mistake: divides by the norm, not by its power
# diagnosis: norm_without_its_power
import numpy as np


def pair(value):
    return (value, value) if isinstance(value, int) else tuple(value)


def lp_pool1d_backward(dout, x, p, m):
    out = []
    for n in range(len(x)//m):
        seg = x[n*m:(n+1)*m]
        y = (np.abs(seg)**p).sum()**(1/p)
        out += list(dout[n]*np.sign(seg)*np.abs(seg)**(p-1)/y)
    out += [0.0]*(len(x) - len(out))
    return np.array(out)
