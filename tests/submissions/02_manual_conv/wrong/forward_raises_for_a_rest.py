# expect: conv2d_forward=failed
# mistake: raises a ValueError of its own where the stride leaves a rest
# diagnosis: rest_refused
import numpy as np
def conv2d_forward(x, weight, bias=None, stride=1, padding=0):
    (sh, sw), (ph, pw) = [(v, v) if isinstance(v, int) else v for v in (stride, padding)]
    xp = np.pad(x, ((0, 0), (0, 0), (ph, ph), (pw, pw)))
    F, C, kh, kw = weight.shape
    if (xp.shape[2]-kh) % sh or (xp.shape[3]-kw) % sw:
        raise ValueError("shape does not work")
    v = np.lib.stride_tricks.sliding_window_view(xp, (kh, kw), axis=(2, 3))[:, :, ::sh, ::sw]
    out = np.einsum("ncijpq,fcpq->nfij", v, weight)
    return out if bias is None else out + bias[None, :, None, None]
