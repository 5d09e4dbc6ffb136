# expect: zero_pad=failed
# mistake: reads the pair as (width, height)
# diagnosis: pair_as_width_height
import numpy as np


def zero_pad(x, padding):
    if isinstance(padding, int):
        ph, pw = padding, padding
    else:
        pw, ph = padding
    H, W = x.shape[-2], x.shape[-1]
    out = np.zeros(x.shape[:-2] + (H + 2 * ph, W + 2 * pw))
    out[..., ph:ph + H, pw:pw + W] = x
    return out
