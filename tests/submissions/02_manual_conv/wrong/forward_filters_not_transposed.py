# expect: conv2d_forward=failed
# mistake: (F, N * Ho * Wo) is reshaped straight to (N, F, Ho, Wo)
# diagnosis: filters_reshaped_to_maps
import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
def conv2d_forward(x, weight, bias=None, stride=1, padding=0):
    (sh, sw), (ph, pw) = [(v, v) if isinstance(v, int) else v for v in (stride, padding)]
    xp = np.pad(x, ((0, 0), (0, 0), (ph, ph), (pw, pw)))
    F, C, kh, kw = weight.shape
    v = sliding_window_view(xp, (kh, kw), axis=(2, 3))[:, :, ::sh, ::sw]
    N, _, ho, wo = v.shape[:4]
    cols = v.transpose(1, 4, 5, 0, 2, 3).reshape(C*kh*kw, -1)
    out = weight.reshape(F, -1) @ cols
    if bias is not None:
        out += bias[:, None]
    return out.reshape(N, F, ho, wo)
