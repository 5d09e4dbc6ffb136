# expect: max_pool2d_backward=failed
# mistake: one argmax over all channels of a window
# diagnosis: one_maximum_for_all_channels
import numpy as np


def max_pool2d_backward(dout, x, kernel, stride=None):
    kh, kw = kernel if isinstance(kernel, tuple) else (kernel, kernel)
    sh, sw = (kh, kw) if stride is None else stride if isinstance(stride, tuple) else (stride, stride)
    dx = np.zeros(x.shape)
    for n in range(x.shape[0]):
        for i in range(dout.shape[2]):
            for j in range(dout.shape[3]):
                window = x[n, :, i * sh:i * sh + kh, j * sw:j * sw + kw]
                _, u, v = np.unravel_index(window.argmax(), window.shape)
                dx[n, :, i * sh + u, j * sw + v] += dout[n, :, i, j]
    return dx
