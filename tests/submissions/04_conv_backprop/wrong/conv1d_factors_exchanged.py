# expect: conv1d_backward=failed
# mistake: dx is made of inputs and dw of weights
# diagnosis: factors_exchanged
import numpy as np


def conv1d_backward(dy, x, w):
    K = w.size
    dx = np.zeros(x.size)
    dw = np.zeros(K)
    for n in range(dy.size):
        for i in range(K):
            dx[n + i] += dy[n] * x[n + i]
            dw[i] += dy[n] * w[i]
    return dx, dw
