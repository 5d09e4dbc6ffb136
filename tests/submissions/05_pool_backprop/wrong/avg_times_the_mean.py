# expect: avg_pool2d_backward=failed
# mistake: multiplies by the mean of the window
# diagnosis: times_the_mean
import numpy as np


def pair(value):
    return (value, value) if isinstance(value, int) else tuple(value)


def avg_pool2d_backward(dout, x, kernel, stride=None):
    kh, kw = pair(kernel)
    sh, sw = pair(kernel) if stride is None else pair(stride)
    dx = np.zeros(x.shape)
    for i in range(dout.shape[2]):
        for j in range(dout.shape[3]):
            win = x[:, :, i*sh:i*sh+kh, j*sw:j*sw+kw]
            dx[:, :, i*sh:i*sh+kh, j*sw:j*sw+kw] += win.mean(axis=(2, 3), keepdims=True) * dout[:, :, i:i+1, j:j+1]
    return dx
