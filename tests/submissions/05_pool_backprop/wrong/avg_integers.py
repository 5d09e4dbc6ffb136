# expect: avg_pool2d_backward=failed
# mistake: dx holds ints
# diagnosis: dtype_lost
import numpy as np


def avg_pool2d_backward(dout, x, kernel, stride=None):
    kh, kw = (kernel, kernel) if isinstance(kernel, int) else kernel
    sh, sw = (kh, kw) if stride is None else ((stride, stride) if isinstance(stride, int) else stride)
    dx = np.zeros(x.shape, dtype=int)
    Ho, Wo = dout.shape[2:]
    for i in range(Ho):
        for j in range(Wo):
            share = dout[:, :, i, j] / (kh * kw)
            dx[:, :, i * sh:i * sh + kh, j * sw:j * sw + kw] = dx[:, :, i * sh:i * sh + kh, j * sw:j * sw + kw] + share[:, :, None, None]
    return dx
