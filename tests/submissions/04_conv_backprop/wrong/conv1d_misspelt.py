# expect: conv1d_backward=failed
# mistake: dW where dw is meant
# diagnosis: variable_not_set
import numpy as np


def conv1d_backward(dy, x, w):
    dx = np.zeros_like(x)
    dw = np.zeros_like(w)
    for n in range(dy.shape[0]):
        dx[n:n + w.shape[0]] += dy[n] * w
        dW += dy[n] * x[n:n + w.shape[0]]
    return dx, dw
