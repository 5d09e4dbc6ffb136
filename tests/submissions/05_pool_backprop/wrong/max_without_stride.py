# expect: max_pool2d_backward=failed
# mistake: the windows begin at (i, j)
# diagnosis: stride_forgotten
import numpy as np


def pair(value):
    return (value, value) if isinstance(value, int) else tuple(value)


def max_pool2d_backward(dout, x, kernel, stride=None):
    kh, kw = pair(kernel)
    dx = np.zeros(x.shape)
    n_img, n_ch, out_h, out_w = dout.shape
    for n in range(n_img):
        for c in range(n_ch):
            for i in range(out_h):
                for j in range(out_w):
                    win = x[n, c, i:i+kh, j:j+kw]
                    r, s = np.unravel_index(win.argmax(), win.shape)
                    dx[n, c, i+r, j+s] += dout[n, c, i, j]
    return dx
