# expect: conv2d_backward=failed
# mistake: divides dx by the number of filters
# diagnosis: scaled_by_size
import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

def conv2d_backward(dout, x, weight, stride=1, padding=0):
    sh, sw = (stride, stride) if np.isscalar(stride) else stride
    ph, pw = (padding, padding) if np.isscalar(padding) else padding
    kh, kw = weight.shape[-2:]
    ho, wo = dout.shape[-2:]
    xp = np.pad(x, [(0, 0), (0, 0), (ph, ph), (pw, pw)])
    patches = sliding_window_view(xp, (kh, kw), axis=(2, 3))[:, :, ::sh, ::sw]
    dweight = np.einsum('nfhw,nchwij->fcij', dout, patches)
    dbias = np.einsum('nfhw->f', dout)
    dpatches = np.einsum('nfhw,fcij->nchwij', dout, weight) / len(weight)
    dxp = np.zeros(xp.shape)
    for i in range(ho):
        for j in range(wo):
            dxp[:, :, i * sh:i * sh + kh, j * sw:j * sw + kw] += dpatches[:, :, i, j]
    dx = dxp[:, :, ph:ph + x.shape[2], pw:pw + x.shape[3]]
    return dx.copy(), dweight, dbias
