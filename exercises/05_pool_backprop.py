"""Exercise 05: back-propagation through pooling.

Every output summarised one window. Hand its error back to the inputs of that window.

Check yourself:  cnnex grade 05_pool_backprop.py        A hint:  cnnex hint 5
"""

import numpy as np


def pair(value):
    """Return value as a (height, width) pair: an int counts for both. (This one is given.)"""
    return (value, value) if isinstance(value, int) else tuple(value)


def max_pool2d_backward(dout, x, kernel, stride=None):
    """Return the gradient dx of max pooling, a new array like x.

    x is a batch of images (N, C, H, W), and dout is the gradient at the output, (N, C, Ho, Wo). kernel and
    stride are an int, or a (height, width) pair; without a stride it is the kernel. Windows that do not fit
    are dropped. Of several equal maxima in a window the first takes all, going along the rows.
    """
    raise NotImplementedError


def avg_pool2d_backward(dout, x, kernel, stride=None):
    """Return the gradient dx of average pooling, a new array like x.

    x is a batch of images (N, C, H, W), and dout is the gradient at the output, (N, C, Ho, Wo). kernel and
    stride are an int, or a (height, width) pair; without a stride it is the kernel. Windows that do not fit
    are dropped.
    """
    raise NotImplementedError


def lp_pool1d_backward(dout, x, p, m):
    """Return the gradient dx of L^p pooling over disjoint regions of m values, a new array like x.

    Forward it was y[n] = (sum of |x_k| ** p) ** (1 / p) over the region x[n * m : (n + 1) * m]. x is (L,),
    dout is the gradient at y, (L // m,), and p is a number from 1 on. Values that are left over at the end
    get 0. No region is all zeros.
    """
    raise NotImplementedError


def upsample(delta, factor):
    """Return delta with each value repeated along the last two axes, a new array.

    delta is (..., H, W) with any number of axes in front. factor is an int, or a (height, width) pair: the
    result is (..., H * factor_h, W * factor_w). Nothing is divided: [[1, 2]] with factor 2 gives
    [[1, 1, 2, 2], [1, 1, 2, 2]].
    """
    raise NotImplementedError
