# expect: max_pool2d_backward=failed
# mistake: the maxima of a tie share the gradient
# diagnosis: tie_split
# only: tie
import numpy as np


def max_pool2d_backward(dout, x, kernel, stride=None):
    pool_height, pool_width = kernel if isinstance(kernel, tuple) else (kernel, kernel)
    if stride is None:
        stride = kernel
    stride_height, stride_width = stride if isinstance(stride, tuple) else (stride, stride)
    dx = np.zeros_like(x, dtype=float)
    N, C, H_out, W_out = dout.shape
    for n in range(N):
        for c in range(C):
            for h in range(H_out):
                for w in range(W_out):
                    h1, w1 = h * stride_height, w * stride_width
                    h2, w2 = h1 + pool_height, w1 + pool_width
                    window = x[n, c, h1:h2, w1:w2]
                    mask = (window == window.max()).astype(float)
                    mask /= mask.sum()
                    dx[n, c, h1:h2, w1:w2] += dout[n, c, h, w] * mask.reshape(window.shape)
    return dx
