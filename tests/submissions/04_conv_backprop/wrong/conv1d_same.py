# expect: conv1d_backward=failed
# mistake: mode "same" for dx
# diagnosis: dx_same
import numpy as np


def conv1d_backward(dy, x, w):
    dx = np.convolve(dy, w, "same")
    dw = np.correlate(x, dy, "valid")
    return dx, dw
