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
    # BEGIN SOLUTION
    dx = np.zeros(x.shape)
    dw = np.zeros(w.shape)
    for n in range(len(dy)):
        dx[n : n + len(w)] += dy[n] * w  # the inputs that y[n] looked at
        dw += dy[n] * x[n : n + len(w)]
    return dx, dw
    # END SOLUTION


def conv2d_backward(dout, x, weight, stride=1, padding=0):
    """Return the gradients (dx, dweight, dbias) of a convolution layer.

    x is a batch of images (N, C, H, W), weight is (F, C, kH, kW), and dout is the gradient at the output,
    (N, F, Ho, Wo). stride and padding are an int, or a (height, width) pair. The results are new arrays: dx
    like x, dweight like weight, and dbias (F,). The same numbers as those of torch.nn.functional.conv2d.
    """
    # BEGIN SOLUTION
    stride_h, stride_w = pair(stride)
    pad_h, pad_w = pair(padding)
    batch, channels, height, width = x.shape
    filters, _, kernel_h, kernel_w = weight.shape

    padded = np.zeros((batch, channels, height + 2 * pad_h, width + 2 * pad_w))
    padded[:, :, pad_h : pad_h + height, pad_w : pad_w + width] = x
    dpadded = np.zeros(padded.shape)
    dweight = np.zeros(weight.shape)

    for n in range(batch):
        for f in range(filters):
            for i in range(dout.shape[2]):
                for j in range(dout.shape[3]):
                    rows = slice(i * stride_h, i * stride_h + kernel_h)
                    columns = slice(j * stride_w, j * stride_w + kernel_w)
                    dpadded[n, :, rows, columns] += dout[n, f, i, j] * weight[f]
                    dweight[f] += dout[n, f, i, j] * padded[n, :, rows, columns]

    dx = dpadded[:, :, pad_h : pad_h + height, pad_w : pad_w + width]
    dbias = dout.sum(axis=(0, 2, 3))
    return dx, dweight, dbias
    # END SOLUTION
