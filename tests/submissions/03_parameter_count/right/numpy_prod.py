# expect: linear_params=passed conv_params=passed weight_counts=passed
# style: np.prod everywhere, np.int64 comes back
import numpy as np


def linear_params(sizes, bias=True):
    s = np.asarray(sizes)
    return list(zip(s[:-1] * s[1:], s[1:] * int(bias)))


def conv_params(in_channels, out_channels, kernel, groups=1, bias=True):
    area = np.prod(np.ones(2, dtype=int) * kernel)
    return np.int64(in_channels * out_channels * area // groups + (out_channels if bias else 0))


def weight_counts(size_hw, kernel, filters):
    size, k = np.array(size_hw), np.ones(2, int) * kernel
    return np.prod(size) * np.prod(size - k + 1) * filters, np.prod(k) * filters
