# expect: conv_output_size=passed conv_output_shape=failed
# mistake: np.array arithmetic with true division, floats come back
# diagnosis: float_floor
def conv_output_size(size, kernel, stride=1, padding=0, dilation=1):
    if size < 1 or kernel < 1 or stride < 1 or padding < 0 or dilation < 1:
        raise ValueError("arguments make no sense")
    span = dilation * (kernel - 1) + 1
    if span > size + 2 * padding:
        raise ValueError("kernel does not fit")
    return (size + 2 * padding - span) // stride + 1


import numpy as np


def conv_output_shape(size_hw, kernel, stride=1, padding=0, dilation=1):
    n, k, s, p, d = [np.array(v) * np.ones(2) for v in (size_hw, kernel, stride, padding, dilation)]
    if min(n.min(), k.min(), s.min(), d.min()) < 1 or p.min() < 0 or (d * (k - 1) + 1 > n + 2 * p).any():
        raise ValueError("arguments make no sense")
    out = np.floor((n + 2 * p - d * (k - 1) - 1) / s) + 1
    return tuple(out)
