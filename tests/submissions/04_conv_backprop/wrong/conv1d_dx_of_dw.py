# expect: conv1d_backward=failed
# mistake: dx made with x instead of w
# diagnosis: dx_of_x
import numpy as np


def conv1d_backward(dy, x, w):
    dx = np.zeros(len(x))
    dw = np.zeros(len(w))
    for n in range(len(dy)):
        for i in range(len(w)):
            dx[n + i] += dy[n] * x[i]
            dw[i] += dy[n] * x[n + i]
    return dx, dw
