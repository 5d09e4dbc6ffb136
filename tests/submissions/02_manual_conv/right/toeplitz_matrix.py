# expect: zero_pad=passed conv2d_single=passed conv2d_forward=passed
# style: multiplies by an explicit matrix with one row per output
import numpy as np


def zero_pad(x, padding):
    ph, pw = padding if isinstance(padding, tuple) else (padding, padding)
    H, W = x.shape[-2:]
    top = np.eye(H + 2 * ph, H, -ph)
    left = np.eye(W, W + 2 * pw, pw)
    return top @ x @ left


def toeplitz(k, size, stride):
    """(outputs, size) selection matrices, one for each kernel position."""
    n = (size - k) // stride + 1
    m = np.zeros((k, n, size))
    for u in range(k):
        m[u, np.arange(n), u + stride * np.arange(n)] = 1
    return m


def conv2d_forward(x, weight, bias=None, stride=1, padding=0):
    sh, sw = stride if isinstance(stride, tuple) else (stride, stride)
    x = zero_pad(x, padding)
    rows = toeplitz(weight.shape[2], x.shape[2], sh)
    cols = toeplitz(weight.shape[3], x.shape[3], sw)
    out = np.einsum("uih,vjw,nchw,fcuv->nfij", rows, cols, x, weight, optimize="greedy")
    if bias is not None:
        out = out + np.asarray(bias).reshape(-1, 1, 1)
    return out


def conv2d_single(image, kernel, stride=1, padding=0):
    return np.squeeze(conv2d_forward(image[None][None], kernel[None][None], stride=stride, padding=padding), axis=(0, 1))
