# expect: max_pool2d_backward=failed
# mistake: masks whole windows and assigns them: two mistakes
# diagnosis: window_assigned+tie_to_all
import numpy as np


def pair(value):
    return (value, value) if isinstance(value, int) else tuple(value)


def max_pool2d_backward(dout, x, kernel, stride=None):
    HH, WW = pair(kernel)
    s1, s2 = pair(stride) if stride is not None else (HH, WW)
    N, C, H, W = x.shape
    H2 = (H - HH) // s1 + 1
    W2 = (W - WW) // s2 + 1
    dx = np.zeros(x.shape)
    for k in range(H2):
        for l in range(W2):
            patch = x[:, :, k*s1:k*s1+HH, l*s2:l*s2+WW]
            m = patch.max(axis=(2, 3), keepdims=True)
            dx[:, :, k*s1:k*s1+HH, l*s2:l*s2+WW] = (patch == m) * dout[:, :, k:k+1, l:l+1]
    return dx
