# expect: conv1d_backward=passed conv2d_backward=passed
# style: np.convolve and np.correlate in 1-D; dilated dout and a full convolution with the turned kernel in 2-D
import numpy as np


def conv1d_backward(dy, x, w):
    dx = np.convolve(dy, w, mode="full")
    dw = np.correlate(x, dy, mode="valid")
    return dx, dw


def _dilate(dout, sh, sw, rest_h, rest_w):
    n, f, h, w = dout.shape
    out = np.zeros((n, f, (h - 1) * sh + 1 + rest_h, (w - 1) * sw + 1 + rest_w))
    out[:, :, :(h - 1) * sh + 1:sh, :(w - 1) * sw + 1:sw] = dout
    return out


def _correlate(a, k):
    """(N, F, H, W) with (F, C, kH, kW): valid, stride 1, summed over F."""
    kh, kw = k.shape[2:]
    out = np.zeros((a.shape[0], k.shape[1], a.shape[2] - kh + 1, a.shape[3] - kw + 1))
    for u in range(kh):
        for v in range(kw):
            out += np.einsum("nfhw,fc->nchw", a[:, :, u:u + out.shape[2], v:v + out.shape[3]], k[:, :, u, v])
    return out


def conv2d_backward(dout, x, weight, stride=1, padding=0):
    sh, sw = (stride, stride) if isinstance(stride, int) else stride
    ph, pw = (padding, padding) if isinstance(padding, int) else padding
    kh, kw = weight.shape[2:]
    H, W = x.shape[2] + 2 * ph, x.shape[3] + 2 * pw
    delta = _dilate(dout, sh, sw, (H - kh) % sh, (W - kw) % sw)
    full = np.pad(delta, ((0, 0), (0, 0), (kh - 1, kh - 1), (kw - 1, kw - 1)))
    dx = _correlate(full, weight[:, :, ::-1, ::-1])[:, :, ph:H - ph, pw:W - pw]
    xp = np.pad(x, ((0, 0), (0, 0), (ph, ph), (pw, pw)))
    dweight = _correlate(xp.transpose(1, 0, 2, 3), delta.transpose(0, 1, 2, 3)).transpose(1, 0, 2, 3)
    return dx, dweight, dout.sum(axis=(0, 2, 3))
