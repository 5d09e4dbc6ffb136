# expect: avg_pool2d_backward=failed
# mistake: np.repeat: dx is too small where the kernel does not divide, and the stride is not used
# diagnosis: blown_up
import numpy as np


def avg_pool2d_backward(dout, x, kernel, stride=None):
    kh, kw = kernel if isinstance(kernel, tuple) else (kernel, kernel)
    return np.repeat(np.repeat(dout, kh, axis=2), kw, axis=3) / (kh * kw)
