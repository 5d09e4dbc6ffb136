# expect: max_pool2d_backward=failed
# mistake: in dx, the rows step by the stride of the columns
# diagnosis: place_by_the_stride_of_columns
import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

def max_pool2d_backward(dout, x, kernel, stride=None):
    kh, kw = (kernel, kernel) if isinstance(kernel, int) else kernel
    sh, sw = (kh, kw) if stride is None else (stride, stride) if isinstance(stride, int) else stride
    n, c, ho, wo = dout.shape
    win = sliding_window_view(x, (kh, kw), axis=(2, 3))[:, :, ::sh, ::sw].reshape(n, c, ho, wo, kh * kw)
    best = win.argmax(axis=-1)
    dy, dx_ = np.unravel_index(best, (kh, kw))
    rows = dy + sw * np.arange(ho)[:, None]
    cols = dx_ + sw * np.arange(wo)[None, :]
    nn = np.arange(n)[:, None, None, None]
    cc = np.arange(c)[None, :, None, None]
    dx = np.zeros(x.shape)
    np.add.at(dx, (nn, cc, rows, cols), dout)
    return dx
