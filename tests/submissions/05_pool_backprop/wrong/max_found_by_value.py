# expect: max_pool2d_backward=failed
# mistake: finds the maximum by its value in the whole channel
# diagnosis: found_in_the_whole_channel
import numpy as np
def max_pool2d_backward(dout, x, kernel, stride=None):
    kh, kw = (kernel, kernel) if isinstance(kernel, int) else kernel
    sh, sw = (kh, kw) if stride is None else (stride, stride) if isinstance(stride, int) else stride
    dx = np.zeros(x.shape)
    for n, c, i, j in np.ndindex(*dout.shape):
        top = x[n, c, i*sh:i*sh+kh, j*sw:j*sw+kw].max()
        r, s = np.argwhere(x[n, c] == top)[0]
        dx[n, c, r, s] += dout[n, c, i, j]
    return dx
