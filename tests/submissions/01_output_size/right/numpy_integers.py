# expect: conv_output_size=passed conv_output_shape=passed
# style: np.broadcast_to for the pairs, so that the answers are np.int64
import numpy as np


def conv_output_size(size, kernel, stride=1, padding=0, dilation=1):
    size, kernel, stride, padding, dilation = np.array([size, kernel, stride, padding, dilation])
    if (np.array([size, kernel, stride, dilation]) < 1).any() or padding < 0:
        raise ValueError("argument out of range")
    span = dilation * (kernel - 1) + 1
    room = size + 2 * padding - span
    if room < 0:
        raise ValueError("kernel too large")
    return room // stride + 1


def conv_output_shape(size_hw, kernel, stride=1, padding=0, dilation=1):
    k, s, p, d = (np.broadcast_to(v, 2) for v in (kernel, stride, padding, dilation))
    return tuple(conv_output_size(*row) for row in zip(size_hw, k, s, p, d))
