# expect: conv1d_backward=failed
# mistake: local derivatives, not multiplied with dy
# diagnosis: dy_ignored
import numpy as np


def conv1d_backward(dy, x, w):
    dx = np.zeros_like(x)
    dw = np.zeros_like(w)
    for n in range(len(x) - len(w) + 1):
        dx[n:n + len(w)] += w
        dw += x[n:n + len(w)]
    return dx, dw
