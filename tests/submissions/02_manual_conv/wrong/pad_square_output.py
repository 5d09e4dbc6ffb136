# expect: zero_pad=failed
# mistake: the padded width is made from the height
# diagnosis: setting
import numpy as np


def zero_pad(x, padding):
    if isinstance(padding, int):
        ph, pw = padding, padding
    else:
        ph, pw = padding
    H, W = x.shape[-2], x.shape[-1]
    out = np.zeros(x.shape[:-2] + (H + 2 * ph, H + 2 * pw))
    out[..., ph:ph + H, pw:pw + W] = x[..., :H]
    return out
