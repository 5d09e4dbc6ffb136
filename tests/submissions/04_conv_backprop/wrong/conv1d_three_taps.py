# expect: conv1d_backward=failed
# mistake: the kernel size 3 is written in
# diagnosis: taps_always_3
import numpy as np


def conv1d_backward(dy, x, w):
    dx = np.zeros(len(x))
    dw = np.zeros(3)
    for n in range(len(dy)):
        for i in range(3):
            dx[n + i] += dy[n] * w[i]
            dw[i] += dy[n] * x[n + i]
    return dx, dw
