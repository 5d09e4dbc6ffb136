# expect: conv1d_backward=failed
# mistake: pads dy with K zeros, not K - 1
# diagnosis: dx_shifted
import numpy as np

def conv1d_backward(dy, x, w):
    K = len(w)
    windows = np.stack([x[n:n + K] for n in range(len(dy))])
    dw = dy @ windows
    padded = np.concatenate([np.zeros(K), dy, np.zeros(K)])
    dx = np.array([np.dot(padded[n:n + K], w[::-1]) for n in range(len(x))])
    return dx, dw
