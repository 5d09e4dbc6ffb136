# expect: zero_pad=not_started conv2d_single=failed|not_started conv2d_forward=not_started
# mistake: calls zero_pad, which is still the stub
import numpy as np


def zero_pad(x, padding):
    """Return x with zeros around its last two axes."""
    raise NotImplementedError


def conv2d_single(image, kernel, stride=1, padding=0):
    sh, sw = (stride, stride) if isinstance(stride, int) else stride
    padded = zero_pad(image, padding)
    kh, kw = kernel.shape
    return np.array([
        [(padded[i:i + kh, j:j + kw] * kernel).sum() for j in range(0, padded.shape[1] - kw + 1, sw)]
        for i in range(0, padded.shape[0] - kh + 1, sh)
    ])


def conv2d_forward(x, weight, bias=None, stride=1, padding=0):
    pass
