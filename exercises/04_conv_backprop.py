"""Exercise 04: back-propagation through a convolution.

Every output got its value from one window and one filter. Send its error back to both.

Check yourself:  cnnex grade 04_conv_backprop.py        A hint:  cnnex hint 4
"""

import numpy as np


def pair(value):
    """Return value as a (height, width) pair: an int counts for both. (This one is given.)"""
    return (value, value) if isinstance(value, int) else tuple(value)


def conv1d_backward(dy, x, w):
    """Return the gradients (dx, dw) of a convolution in one dimension.

    Forward it was y[n] = sum of x[n + i] * w[i] over i: valid, stride 1, no flip. x is (L,), w is (K,), and
    dy is the gradient at the output, (L - K + 1,). The results are new arrays, dx like x and dw like w.
    """
    raise NotImplementedError


def conv2d_backward(dout, x, weight, stride=1, padding=0):
    """Return the gradients (dx, dweight, dbias) of a convolution layer.

    x is a batch of images (N, C, H, W), weight is (F, C, kH, kW), and dout is the gradient at the output,
    (N, F, Ho, Wo). stride and padding are an int, or a (height, width) pair. The results are new arrays: dx
    like x, dweight like weight, and dbias (F,). The same numbers as those of torch.nn.functional.conv2d.
    """
    raise NotImplementedError
