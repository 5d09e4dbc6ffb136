# expect: conv2d_backward=failed
# mistake: full convolution padded by k - 1 - p, which is negative for a small kernel
# diagnosis: full_convolution_padded_by_a_negative
import numpy as np


def conv2d_backward(dout, x, weight, stride=1, padding=0):
    sh, sw = stride if isinstance(stride, tuple) else (stride, stride)
    ph, pw = padding if isinstance(padding, tuple) else (padding, padding)
    N, C, H, W = x.shape
    F, _, kh, kw = weight.shape
    delta = np.zeros((N, F, H + 2 * ph - kh + 1, W + 2 * pw - kw + 1))
    delta[:, :, ::sh, ::sw] = dout
    xp = np.pad(x, ((0, 0), (0, 0), (ph, ph), (pw, pw)))
    windows = np.lib.stride_tricks.sliding_window_view(xp, delta.shape[2:], axis=(2, 3))
    dweight = np.einsum("ncuvij,nfij->fcuv", windows, delta)
    full = np.pad(delta, ((0, 0), (0, 0), (kh - 1 - ph, kh - 1 - ph), (kw - 1 - pw, kw - 1 - pw)))
    windows = np.lib.stride_tricks.sliding_window_view(full, (kh, kw), axis=(2, 3))
    dx = np.einsum("nfhwuv,fcuv->nchw", windows, weight[:, :, ::-1, ::-1])
    return dx, dweight, dout.sum(axis=(0, 2, 3))
