# expect: max_pool2d_backward=not_started avg_pool2d_backward=not_started lp_pool1d_backward=not_started upsample=passed
# mistake: upsample is done, the rest are stubs of every kind
import numpy as np


def upsample(delta, factor):
    fh, fw = factor if isinstance(factor, tuple) else (factor, factor)
    return np.repeat(np.repeat(delta, fh, axis=-2), fw, axis=-1)


def max_pool2d_backward(dout, x, kernel, stride=None):
    raise NotImplementedError


def avg_pool2d_backward(dout, x, kernel, stride=None):
    """Return dx."""


def lp_pool1d_backward(dout, x, p, m):
    ...
