# expect: zero_pad=failed
# mistake: out[p:-p] is empty at padding 0
# diagnosis: slice_to_minus_padding
import numpy as np


def zero_pad(x, padding):
    if isinstance(padding, int):
        ph, pw = padding, padding
    else:
        ph, pw = padding
    H, W = x.shape[-2], x.shape[-1]
    out = np.zeros(x.shape[:-2] + (H + 2 * ph, W + 2 * pw))
    out[..., ph:-ph, pw:-pw] = x
    return out
