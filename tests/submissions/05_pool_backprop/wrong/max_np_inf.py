# expect: max_pool2d_backward=failed
# mistake: np.Inf, a name that left NumPy
# diagnosis: numpy_1_name
import numpy as np


def max_pool2d_backward(dout, x, kernel, stride=None):
    kh, kw = kernel if isinstance(kernel, tuple) else (kernel, kernel)
    sh, sw = (kh, kw) if stride is None else stride if isinstance(stride, tuple) else (stride, stride)
    dx = np.zeros(x.shape)
    for n, c, i, j in np.ndindex(*dout.shape):
        best = -np.Inf
        for u in range(i * sh, i * sh + kh):
            for v in range(j * sw, j * sw + kw):
                if x[n, c, u, v] > best:
                    best, at = x[n, c, u, v], (u, v)
        dx[n, c, at[0], at[1]] += dout[n, c, i, j]
    return dx
