# expect: linear_params=passed conv_params=passed weight_counts=passed
# style: makes the weight arrays and counts with ndarray.size
import numpy as np


def linear_params(sizes, bias=True):
    layers = [(np.zeros((o, i)), np.zeros(o if bias else 0)) for i, o in zip(sizes[:-1], sizes[1:])]
    return [(W.size, b.size) for W, b in layers]


def conv_params(in_channels, out_channels, kernel, groups=1, bias=True):
    kh, kw = np.broadcast_to(kernel, 2)
    weight = np.zeros((out_channels, in_channels // groups, kh, kw))
    return weight.size + bias * out_channels


def weight_counts(size_hw, kernel, filters):
    image = np.zeros(size_hw)
    kernel = tuple(np.broadcast_to(kernel, 2))
    maps = np.lib.stride_tricks.sliding_window_view(image, kernel).shape[:2]
    return image.size * int(np.prod(maps)) * filters, int(np.prod(kernel)) * filters
