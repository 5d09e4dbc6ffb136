# expect: conv1d_backward=failed
# mistake: convolves x with dy where the correlation is meant
# diagnosis: dw_convolved
import numpy as np


def conv1d_backward(dy, x, w):
    dx = np.convolve(dy, w, "full")
    dw = np.convolve(x, dy, "valid")
    return dx, dw
