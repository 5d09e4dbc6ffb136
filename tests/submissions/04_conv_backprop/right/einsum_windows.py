# expect: conv1d_backward=passed conv2d_backward=passed
# style: einsum on sliding windows for dweight; a sum of shifted slices for dx
import numpy as np
from numpy.lib.stride_tricks import sliding_window_view as windows


def conv1d_backward(dy, x, w):
    dx = windows(np.pad(dy, len(w) - 1), len(w)) @ w[::-1]
    dw = np.einsum("n,ni->i", dy, windows(x, len(w)))
    return dx, dw


def conv2d_backward(dout, x, weight, stride=1, padding=0):
    (sh, sw), (ph, pw) = np.broadcast_to(stride, 2), np.broadcast_to(padding, 2)
    kh, kw = weight.shape[-2:]
    xp = np.pad(x, [(0, 0), (0, 0), (ph, ph), (pw, pw)])
    view = windows(xp, (kh, kw), axis=(2, 3))[:, :, ::sh, ::sw]
    dweight = np.einsum("nfij,ncijuv->fcuv", dout, view, optimize=True)
    dxp = np.zeros_like(xp)
    for u in range(kh):
        for v in range(kw):
            target = dxp[:, :, u:u + sh * dout.shape[2]:sh, v:v + sw * dout.shape[3]:sw]
            target += np.einsum("nfij,fc->ncij", dout, weight[:, :, u, v])[..., :target.shape[2], :target.shape[3]]
    return dxp[:, :, ph:ph + x.shape[2], pw:pw + x.shape[3]], dweight, np.einsum("nfij->f", dout)
