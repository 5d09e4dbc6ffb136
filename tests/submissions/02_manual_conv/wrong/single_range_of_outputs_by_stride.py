# expect: zero_pad=passed conv2d_single=failed conv2d_forward=passed
# mistake: the loop runs to the number of outputs in steps of the stride: the stride counts twice
# diagnosis: stride_shortens_the_range
import numpy as np


def both(value):
    return value if isinstance(value, tuple) else (value, value)


def zero_pad(x, padding):
    ph, pw = both(padding)
    return np.pad(x, [(0, 0)] * (x.ndim - 2) + [(ph, ph), (pw, pw)])


def conv2d_single(image, kernel, stride=1, padding=0):
    (down, right), padded = both(stride), zero_pad(image, padding)
    rows = []
    for i in range(0, (padded.shape[0] - kernel.shape[0]) // down + 1, down):
        row = []
        for j in range(0, (padded.shape[1] - kernel.shape[1]) // right + 1, right):
            row.append(np.sum(padded[i : i + kernel.shape[0], j : j + kernel.shape[1]] * kernel))
        rows.append(row)
    return np.array(rows)


def conv2d_forward(x, weight, bias=None, stride=1, padding=0):
    (down, right), (kh, kw) = both(stride), weight.shape[2:]
    windows = np.lib.stride_tricks.sliding_window_view(zero_pad(x, padding), (kh, kw), axis=(2, 3))
    out = np.einsum("ncijuv,fcuv->nfij", windows[:, :, ::down, ::right], weight)
    return out if bias is None else out + bias[:, None, None]
