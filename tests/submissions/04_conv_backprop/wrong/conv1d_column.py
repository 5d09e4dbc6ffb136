# expect: conv1d_backward=failed
# mistake: returns dw as a column
# diagnosis: dw_a_column
import numpy as np


def conv1d_backward(dy, x, w):
    dx = np.zeros(len(x))
    dw = np.zeros(len(w))
    for n in range(len(dy)):
        for i in range(len(w)):
            dx[n + i] += dy[n] * w[i]
            dw[i] += dy[n] * x[n + i]
    return dx, dw.reshape(-1, 1)
