# expect: conv1d_backward=failed
# mistake: return within the loop over dy
# diagnosis: first_output_only
import numpy as np


def conv1d_backward(dy, x, w):
    dx = np.zeros(len(x))
    dw = np.zeros(len(w))
    for n in range(len(dy)):
        for i in range(len(w)):
            dx[n + i] += w[i] * dy[n]
            dw[i] += x[n + i] * dy[n]
        return dx, dw
