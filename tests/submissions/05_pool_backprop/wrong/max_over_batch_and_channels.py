# expect: max_pool2d_backward=failed
# mistake: np.max over the window of all images and channels
# diagnosis: maximum_of_all_images_and_channels
import numpy as np


def pair(value):
    return (value, value) if isinstance(value, int) else tuple(value)


def max_pool2d_backward(dout, x, kernel, stride=None):
    kh, kw = pair(kernel)
    sh, sw = pair(kernel) if stride is None else pair(stride)
    N, C, Ho, Wo = dout.shape
    dx = np.zeros(x.shape)
    for i in range(Ho):
        for j in range(Wo):
            win = x[:, :, i*sh:i*sh+kh, j*sw:j*sw+kw]
            mask = win == np.max(win)      # max over batch and channel too
            dx[:, :, i*sh:i*sh+kh, j*sw:j*sw+kw] += mask * dout[:, :, i, j][..., None, None]
    return dx
