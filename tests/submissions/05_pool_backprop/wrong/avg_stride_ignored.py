# expect: avg_pool2d_backward=failed
# mistake: takes the stride and steps by the kernel
# diagnosis: stride_ignored
import numpy as np


def avg_pool2d_backward(dout, x, kernel, stride=None):
    kh, kw = (kernel, kernel) if isinstance(kernel, int) else kernel
    sh, sw = (kh, kw) if stride is None else ((stride, stride) if isinstance(stride, int) else stride)
    dx = np.zeros(x.shape)
    Ho, Wo = dout.shape[2:]
    for i in range(Ho):
        for j in range(Wo):
            share = dout[:, :, i, j] / (kh * kw)
            dx[:, :, i * kh:i * kh + kh, j * kw:j * kw + kw] += share[:, :, None, None]
    return dx
