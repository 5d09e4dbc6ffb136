# expect: max_pool2d_backward=failed
# mistake: code for (N, H, W, C), as in a course that uses it
# diagnosis: tie_to_all+channels_taken_for_last
import numpy as np


def pair(value):
    return (value, value) if isinstance(value, int) else tuple(value)


def max_pool2d_backward(dout, x, kernel, stride=None):
    kh, kw = pair(kernel)
    sh, sw = pair(kernel) if stride is None else pair(stride)
    m, n_H, n_W, n_C = dout.shape
    dA_prev = np.zeros(x.shape)
    for i in range(m):
        a_prev = x[i]
        for h in range(n_H):
            for w in range(n_W):
                for c in range(n_C):
                    vert_start = h * sh
                    vert_end = vert_start + kh
                    horiz_start = w * sw
                    horiz_end = horiz_start + kw
                    a_prev_slice = a_prev[vert_start:vert_end, horiz_start:horiz_end, c]
                    mask = (a_prev_slice == np.max(a_prev_slice))
                    dA_prev[i, vert_start:vert_end, horiz_start:horiz_end, c] += mask * dout[i, h, w, c]
    return dA_prev
