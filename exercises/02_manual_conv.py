"""Exercise 02: a convolution layer by hand.

Lay a small kernel on the image, multiply each weight by the value under it, sum the products, move on.

Check yourself:  cnnex grade 02_manual_conv.py        A hint:  cnnex hint 2
"""

import numpy as np


def pair(value):
    """Return value as a (height, width) pair: an int counts for both. (This one is given.)"""
    return (value, value) if isinstance(value, int) else tuple(value)


def zero_pad(x, padding):
    """Return x in a frame of zeros.

    x is an array (..., H, W) with any number of axes in front; padding is an int, or a (height, width) pair.
    The result is a new array (..., H + 2 * pad_h, W + 2 * pad_w), also when padding is 0.
    """
    raise NotImplementedError


def conv2d_single(image, kernel, stride=1, padding=0):
    """Return the convolution of one image with one kernel, as an array (Ho, Wo).

    image is (H, W) and kernel is (kH, kW); neither need be square. stride and padding are an int, or a
    (height, width) pair. The kernel is not flipped. Rows and columns that are left over are dropped.

    Lecture: the 5x5 input of the slide on padding, with kernel [[1, 0, 1], [0, 1, 0], [1, 0, 1]], gives
    [[8, 9, 8], [8, 5, 9], [6, 5, 5]].
    """
    raise NotImplementedError


def conv2d_forward(x, weight, bias=None, stride=1, padding=0):
    """Return the output of a convolution layer, as an array (N, F, Ho, Wo).

    x is a batch of images (N, C, H, W), weight is (F, C, kH, kW), bias is (F,) or None for no bias. stride
    and padding are an int, or a (height, width) pair. The same numbers as torch.nn.functional.conv2d.
    """
    raise NotImplementedError
