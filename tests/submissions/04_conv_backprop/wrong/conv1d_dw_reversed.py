# expect: conv1d_backward=failed
# mistake: np.correlate(dy, x) instead of (x, dy): dw comes back reversed
# diagnosis: dw_reversed
import numpy as np


def conv1d_backward(dy, x, w):
    dx = np.convolve(dy, w, "full")
    dw = np.correlate(dy, x, "valid")
    return dx, dw
