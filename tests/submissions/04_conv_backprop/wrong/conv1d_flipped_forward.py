# expect: conv1d_backward=failed
# mistake: the gradient of np.convolve, whose kernel is flipped, not of the lecture's convolution
# diagnosis: flipped_forward
import numpy as np


def conv1d_backward(dy, x, w):
    dx = np.zeros(x.shape)
    dw = np.zeros(w.shape)
    K = len(w)
    for n in range(len(dy)):
        dx[n:n + K] += dy[n] * w[::-1]
        dw += dy[n] * x[n:n + K][::-1]
    return dx, dw
