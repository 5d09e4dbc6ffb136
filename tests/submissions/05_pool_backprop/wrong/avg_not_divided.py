# expect: avg_pool2d_backward=failed
# mistake: every input gets the whole gradient
# diagnosis: not_divided
import numpy as np


def avg_pool2d_backward(dout, x, kernel, stride=None):
    kh, kw = (kernel, kernel) if isinstance(kernel, int) else kernel
    sh, sw = (kh, kw) if stride is None else ((stride, stride) if isinstance(stride, int) else stride)
    dx = np.zeros(x.shape)
    Ho, Wo = dout.shape[2:]
    for i in range(Ho):
        for j in range(Wo):
            share = dout[:, :, i, j]
            dx[:, :, i * sh:i * sh + kh, j * sw:j * sw + kw] += share[:, :, None, None]
    return dx
