# expect: conv1d_backward=failed
# mistake: the index n + i - 1 of the lecture, counted from 0
# diagnosis: one_place_early
import numpy as np


def conv1d_backward(dy, x, w):
    dx, dw = np.zeros(len(x)), np.zeros(len(w))
    for n in range(len(dy)):
        for i in range(len(w)):
            dx[n + i - 1] += dy[n] * w[i]
            dw[i] += dy[n] * x[n + i - 1]
    return dx, dw
