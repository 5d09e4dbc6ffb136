# attack: answers with NaN and infinities of the right shape, for which many comparisons are neither true nor false
# exercise: 04
# gains: nothing
# holds: what is not finite is wrong
import numpy as np


def conv1d_backward(dy, x, w):
    return np.full(x.shape, np.nan), np.full(w.shape, -np.nan)


def conv2d_backward(dout, x, weight, stride=1, padding=0):
    return np.full(x.shape, np.inf), np.full(weight.shape, np.nan), np.full(len(weight), -np.inf)
