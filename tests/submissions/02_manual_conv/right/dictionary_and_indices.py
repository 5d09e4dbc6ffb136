# expect: zero_pad=passed conv2d_single=passed conv2d_forward=passed
# style: builds a list of coordinates once with np.mgrid, take and fancy indices
# -*- coding: utf-8 -*-
import numpy as np

class Convolver(object):
    """Old style, but it works."""

    def __init__(self, stride, padding):
        self.stride = tuple(np.zeros(2, int) + stride)
        self.padding = tuple(np.zeros(2, int) + padding)

    def pad(self, x):
        p = np.zeros((x.ndim, 2), int)
        p[-2, :] = self.padding[0]
        p[-1, :] = self.padding[1]
        return np.pad(x, p, mode='constant')

    def forward(self, x, w):
        x = self.pad(x)
        (kh, kw), (sh, sw) = w.shape[-2:], self.stride
        rows = np.arange(0, x.shape[-2] - kh + 1, sh)
        cols = np.arange(0, x.shape[-1] - kw + 1, sw)
        u, v = np.mgrid[:kh, :kw]
        patches = x[:, :, rows[:, None, None, None] + u, cols[:, None, None] + v]
        return (patches[:, None] * w[None, :, :, None, None]).sum(axis=(2, 5, 6))


def zero_pad(x, padding):
    return Convolver(1, padding).pad(x)

def conv2d_single(image, kernel, stride = 1, padding = 0):
    return Convolver(stride, padding).forward(image[None, None, :, :], kernel[None, None, :, :])[0, 0, :, :]

def conv2d_forward(x, weight, bias = None, stride = 1, padding = 0):
    y = Convolver(stride, padding).forward(x, weight)
    if not bias is None:
        for f in range(len(bias)): y[:, f] += bias[f]
    return y
