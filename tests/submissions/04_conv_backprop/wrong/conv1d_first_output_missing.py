# expect: conv1d_backward=failed
# mistake: the guard leaves dy[0] out of dx
# diagnosis: dx_without_the_first_output
import numpy as np


def conv1d_backward(dy, x, w):
    dx = np.zeros(len(x))
    for n in range(len(x)):
        s = 0
        for i in range(len(w)):
            if 0 < n - i < len(dy):
                s += dy[n - i] * w[i]
        dx[n] = s
    dw = np.array([np.sum(dy * x[i:i + len(dy)]) for i in range(len(w))])
    return dx, dw
