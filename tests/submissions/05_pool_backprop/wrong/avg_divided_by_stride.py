# expect: avg_pool2d_backward=failed
# mistake: divides by the stride's area
# diagnosis: divided_by_the_stride
import numpy as np


def pair(value):
    return (value, value) if isinstance(value, int) else tuple(value)


def avg_pool2d_backward(dout, x, kernel, stride=None):
    kh, kw = pair(kernel)
    sh, sw = pair(kernel if stride is None else stride)
    share = dout / (sh * sw)
    dx = np.zeros_like(x, dtype=np.float64)
    for i in range(dout.shape[2]):
        for j in range(dout.shape[3]):
            dx[..., i*sh:i*sh+kh, j*sw:j*sw+kw] += share[..., i, j][..., None, None]
    return dx
