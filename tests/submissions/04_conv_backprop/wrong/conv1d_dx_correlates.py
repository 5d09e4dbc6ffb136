# expect: conv1d_backward=failed
# mistake: correlates dy with w, so that w comes in the wrong order
# diagnosis: dx_correlated
import numpy as np


def conv1d_backward(dy, x, w):
    dx = np.convolve(dy, w[::-1], "full")
    dw = np.correlate(x, dy, "valid")
    return dx, dw
