# expect: conv1d_backward=passed conv2d_backward=not_started
# mistake: 1-D done, the 2-D function raises NotImplementedError
import numpy as np


def conv1d_backward(dy, x, w):
    dx = np.zeros(len(x))
    dw = np.zeros(len(w))
    for n in range(len(dy)):
        for i in range(len(w)):
            dx[n + i] += dy[n] * w[i]
            dw[i] += dy[n] * x[n + i]
    return dx, dw


def conv2d_backward(dout, x, weight, stride=1, padding=0):
    """Return dx, dweight and dbias."""
    raise NotImplementedError
