# expect: zero_pad=failed
# mistake: pads only before, not after
# diagnosis: before_only
import numpy as np


def zero_pad(x, padding):
    if isinstance(padding, int):
        ph, pw = padding, padding
    else:
        ph, pw = padding
    H, W = x.shape[-2], x.shape[-1]
    out = np.zeros(x.shape[:-2] + (H + ph, W + pw))
    out[..., ph:ph + H, pw:pw + W] = x
    return out
