# expect: zero_pad=failed
# mistake: the padded array holds ints and cuts the values off
# diagnosis: integers
import numpy as np


def zero_pad(x, padding):
    if isinstance(padding, int):
        ph, pw = padding, padding
    else:
        ph, pw = padding
    H, W = x.shape[-2], x.shape[-1]
    out = np.zeros(x.shape[:-2] + (H + 2 * ph, W + 2 * pw), dtype=int)
    out[..., ph:ph + H, pw:pw + W] = x
    return out
