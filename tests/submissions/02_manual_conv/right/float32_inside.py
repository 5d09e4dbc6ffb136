# expect: zero_pad=passed conv2d_single=passed conv2d_forward=passed
# style: works and answers in float32
import numpy as np

DTYPE = np.float32


def zero_pad(x, padding):
    ph, pw = (padding, padding) if isinstance(padding, int) else padding
    out = np.zeros(x.shape[:-2] + (x.shape[-2] + 2 * ph, x.shape[-1] + 2 * pw), DTYPE)
    out[..., ph:ph + x.shape[-2], pw:pw + x.shape[-1]] = x.astype(DTYPE)
    return out


def conv2d_single(image, kernel, stride=1, padding=0):
    sh, sw = (stride, stride) if isinstance(stride, int) else stride
    x, k = zero_pad(image, padding), kernel.astype(DTYPE)
    rows = range(0, x.shape[0] - k.shape[0] + 1, sh)
    cols = range(0, x.shape[1] - k.shape[1] + 1, sw)
    return np.array([[np.vdot(x[i:i + k.shape[0], j:j + k.shape[1]], k) for j in cols] for i in rows], dtype=DTYPE)


def conv2d_forward(x, weight, bias=None, stride=1, padding=0):
    x = np.asarray(x, dtype=DTYPE)
    out = np.stack([
        np.stack([np.sum([conv2d_single(xc, wc, stride, padding) for xc, wc in zip(image, w)], axis=0) for w in weight])
        for image in x
    ])
    if bias is not None:
        out += bias.astype(DTYPE)[:, np.newaxis, np.newaxis]
    return out
