# expect: conv1d_backward=failed
# mistake: dx is x itself, so x is overwritten before dw needs it
# diagnosis: input_changed
import numpy as np


def conv1d_backward(dy, x, w):
    K = len(w)
    dx = x
    dx[:] = 0
    for n in range(len(dy)):
        dx[n:n + K] += dy[n] * w
    dw = np.array([np.dot(dy, x[i:i + len(dy)]) for i in range(K)])
    return dx, dw
