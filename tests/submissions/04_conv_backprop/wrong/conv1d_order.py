# expect: conv1d_backward=failed
# mistake: returns (dw, dx)
# diagnosis: returned_dw_first
import numpy as np


def conv1d_backward(dy, x, w):
    dx = np.convolve(dy, w, "full")
    dw = np.correlate(x, dy, "valid")
    return dw, dx
