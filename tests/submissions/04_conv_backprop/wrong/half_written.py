# expect: conv1d_backward=passed conv2d_backward=failed
# mistake: dbias is done, the rest still None
# diagnosis: part_is_none
import numpy as np


def conv1d_backward(dy, x, w):
    dx = np.zeros(len(x))
    dw = np.zeros(len(w))
    for n in range(len(dy)):
        for i in range(len(w)):
            dx[n + i] += dy[n] * w[i]
            dw[i] += dy[n] * x[n + i]
    return dx, dw


def conv2d_backward(dout, x, weight, stride=1, padding=0):
    dx = None
    dweight = None
    dbias = dout.sum(axis=(0, 2, 3))
    return dx, dweight, dbias
