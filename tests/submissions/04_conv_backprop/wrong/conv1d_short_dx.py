# expect: conv1d_backward=failed
# mistake: dx has the length of dy
# diagnosis: dx_as_long_as_dy
import numpy as np


def conv1d_backward(dy, x, w):
    dx = np.zeros(len(dy))
    for n in range(len(dy)):
        for i in range(len(w)):
            if n - i >= 0:
                dx[n] += dy[n - i] * w[i]
    return dx, np.correlate(x, dy)
