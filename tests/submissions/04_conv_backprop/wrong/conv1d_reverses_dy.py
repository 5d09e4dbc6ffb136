# expect: conv1d_backward=failed
# mistake: reverses dy in place: the answer is right, the caller's dy is not
# diagnosis: input_changed
import numpy as np


def conv1d_backward(dy, x, w):
    dx = np.convolve(dy, w, "full")
    dy[:] = dy[::-1].copy()
    dw = np.convolve(x, dy, "valid")
    return dx, dw
