"""Exercise 04 with a mistake that many make. Grade it, and see what the grader has to say:  make grade"""

import numpy as np


def conv1d_backward(dy, x, w):
    dx = np.zeros(len(x))
    dw = np.zeros(len(w))
    for n in range(len(dy)):
        dx[n : n + len(w)] += dy[n] * w
        dw += dy[n] * x[n : n + len(w)]
    return dx, dw


def conv2d_backward(dout, x, weight, stride=1, padding=0):
    sh, sw = (stride, stride) if isinstance(stride, int) else stride
    ph, pw = (padding, padding) if isinstance(padding, int) else padding
    n_filters, _, kh, kw = weight.shape
    padded = np.pad(x, ((0, 0), (0, 0), (ph, ph), (pw, pw)))
    dpadded = np.zeros(padded.shape)
    dweight = np.zeros(weight.shape)
    for n in range(dout.shape[0]):
        for f in range(n_filters):
            for i in range(dout.shape[2]):
                for j in range(dout.shape[3]):
                    rows, columns = slice(i * sh, i * sh + kh), slice(j * sw, j * sw + kw)
                    dpadded[n, :, rows, columns] += dout[n, f, i, j] * weight[f]
                    dweight[f] += dout[n, f, i, j] * padded[n, :, rows, columns]
    dx = dpadded[:, :, ph:-ph, pw:-pw]  # right with padding 1, and empty with padding 0
    return dx, dweight, dout.sum(axis=(0, 2, 3))
