# expect: avg_pool2d_backward=failed
# mistake: the window ends where the next begins
# diagnosis: windows_as_large_as_the_stride
import numpy as np


def pair(value):
    return (value, value) if isinstance(value, int) else tuple(value)


def avg_pool2d_backward(dout, x, kernel, stride=None):
    kh, kw = pair(kernel)
    sh, sw = pair(kernel if stride is None else stride)
    dx = np.zeros(x.shape)
    for i in range(dout.shape[2]):
        for j in range(dout.shape[3]):
            dx[..., i*sh:(i+1)*sh, j*sw:(j+1)*sw] += dout[..., i:i+1, j:j+1] / (kh*kw)
    return dx
