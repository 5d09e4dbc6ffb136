# expect: max_pool2d_backward=failed
# mistake: gives every window the sum of all errors
# diagnosis: dout_summed
import numpy as np

def create_mask(window):
    flat = window.reshape(-1)
    k = 0
    for t in range(1, flat.size):
        if flat[t] > flat[k]:
            k = t
    m = np.zeros(flat.size)
    m[k] = 1
    return m.reshape(window.shape)

def both(v):
    return v if isinstance(v, tuple) else (v, v)

def max_pool2d_backward(dout, x, kernel, stride=None):
    kernel = both(kernel)
    stride = kernel if stride is None else both(stride)
    N, C, H, W = x.shape
    H_out = 1 + (H - kernel[0]) // stride[0]
    W_out = 1 + (W - kernel[1]) // stride[1]
    dx = np.zeros((N, C, H, W))
    for n in range(N):
        for c in range(C):
            for h in range(H_out):
                for w in range(W_out):
                    r, s = h * stride[0], w * stride[1]
                    win = x[n, c, r:r + kernel[0], s:s + kernel[1]]
                    dx[n, c, r:r + kernel[0], s:s + kernel[1]] += create_mask(win) * dout[n, c].sum()
    return dx
