# expect: avg_pool2d_backward=failed
# mistake: counts a last window that sticks out, and asks dout for it
# diagnosis: window_beyond_the_rest
import math
import numpy as np


def avg_pool2d_backward(dout, x, kernel, stride=None):
    kh, kw = kernel if isinstance(kernel, tuple) else (kernel, kernel)
    sh, sw = (kh, kw) if stride is None else stride if isinstance(stride, tuple) else (stride, stride)
    N, C, H, W = x.shape
    dx = np.zeros((N, C, H, W))
    for i in range(math.ceil((H - kh) / sh) + 1):
        for j in range(math.ceil((W - kw) / sw) + 1):
            dx[:, :, i * sh:i * sh + kh, j * sw:j * sw + kw] += dout[:, :, i, j].reshape(N, C, 1, 1) / (kh * kw)
    return dx
