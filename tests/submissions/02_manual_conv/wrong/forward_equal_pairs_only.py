# expect: zero_pad=passed conv2d_single=passed conv2d_forward=failed
# mistake: the layer takes stride and padding for numbers; a pair stops it, and all else is right
# diagnosis: limits|pairs_crash
import numpy as np


def zero_pad(x, padding):
    ph, pw = padding if isinstance(padding, tuple) else (padding, padding)
    return np.pad(x, [(0, 0)] * (x.ndim - 2) + [(ph, ph), (pw, pw)])


def conv2d_single(image, kernel, stride=1, padding=0):
    down, right = stride if isinstance(stride, tuple) else (stride, stride)
    views = np.lib.stride_tricks.sliding_window_view(zero_pad(image, padding), kernel.shape)
    return np.tensordot(views[::down, ::right], kernel, axes=2)


def conv2d_forward(x, weight, bias=None, stride=1, padding=0):
    number = lambda value: value[0] if isinstance(value, tuple) and value[0] == value[1] else value
    stride, padding = number(stride), number(padding)
    (N, C, H, W), (F, _, HH, WW) = x.shape, weight.shape
    x_pad = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    out = np.zeros((N, F, 1 + (H + 2 * padding - HH) // stride, 1 + (W + 2 * padding - WW) // stride))
    for i in range(out.shape[2]):
        for j in range(out.shape[3]):
            window = x_pad[:, :, i * stride : i * stride + HH, j * stride : j * stride + WW]
            out[:, :, i, j] = window.reshape(N, -1) @ weight.reshape(F, -1).T
    return out if bias is None else out + bias.reshape(-1, 1, 1)
