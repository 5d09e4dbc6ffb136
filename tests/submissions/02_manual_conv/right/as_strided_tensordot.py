# expect: zero_pad=passed conv2d_single=passed conv2d_forward=passed
# style: as_strided on the padded array's own strides, tensordot, moveaxis
import numpy as np
from numpy.lib import stride_tricks


def zero_pad(x, padding):
    ph, pw = np.broadcast_to(padding, 2)
    padded = np.zeros(x.shape[:-2] + (x.shape[-2] + 2 * ph, x.shape[-1] + 2 * pw), dtype=x.dtype)
    padded[..., ph:padded.shape[-2] - ph, pw:padded.shape[-1] - pw] = x
    return padded


def conv2d_forward(x, weight, bias=None, stride=1, padding=0):
    sh, sw = np.broadcast_to(stride, 2)
    x = zero_pad(x, padding)
    n, c, h, w = x.shape
    f, _, kh, kw = weight.shape
    shape = (n, c, (h - kh) // sh + 1, (w - kw) // sw + 1, kh, kw)
    sn, sc, sy, sx = x.strides
    view = stride_tricks.as_strided(x, shape, (sn, sc, sy * sh, sx * sw, sy, sx), writeable=False)
    out = np.tensordot(view, weight, axes=((1, 4, 5), (1, 2, 3)))
    out = np.moveaxis(out, -1, 1)
    if bias is not None:
        out = out + np.reshape(bias, (1, f, 1, 1))
    return out


def conv2d_single(image, kernel, stride=1, padding=0):
    out = conv2d_forward(np.expand_dims(image, (0, 1)), np.expand_dims(kernel, (0, 1)), None, stride, padding)
    return out.squeeze(axis=(0, 1))
