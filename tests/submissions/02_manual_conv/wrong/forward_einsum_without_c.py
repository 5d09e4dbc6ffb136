# expect: conv2d_forward=failed
# mistake: einsum with two letters for the channels sums them separately
# diagnosis: channels_summed_first
import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
def conv2d_forward(x, weight, bias=None, stride=1, padding=0):
    (sh, sw), (ph, pw) = [(v, v) if isinstance(v, int) else v for v in (stride, padding)]
    v = sliding_window_view(np.pad(x, ((0, 0), (0, 0), (ph, ph), (pw, pw))), weight.shape[2:], axis=(2, 3))[:, :, ::sh, ::sw]
    out = np.einsum("ncijpq,fdpq->nfij", v, weight)
    if bias is not None:
        out = out + bias.reshape(1, -1, 1, 1)
    return out
