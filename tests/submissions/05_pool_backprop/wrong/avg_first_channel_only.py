# expect: avg_pool2d_backward=failed
# mistake: writes channel 0 in every image
# diagnosis: first_channel_only
import numpy as np


def pair(value):
    return (value, value) if isinstance(value, int) else tuple(value)


def avg_pool2d_backward(dout, x, kernel, stride=None):
    kh, kw = pair(kernel)
    sh, sw = pair(kernel) if stride is None else pair(stride)
    dx = np.zeros(x.shape)
    N, C, Ho, Wo = dout.shape
    for n in range(N):
        for i in range(Ho):
            for j in range(Wo):
                dx[n, 0, i*sh:i*sh+kh, j*sw:j*sw+kw] += dout[n, 0, i, j] / (kh * kw)
    return dx
