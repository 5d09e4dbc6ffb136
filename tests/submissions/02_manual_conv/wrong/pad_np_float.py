# expect: zero_pad=failed
# mistake: dtype=np.float: that name left NumPy
# diagnosis: numpy_1_name
import numpy as np


def zero_pad(x, padding):
    if isinstance(padding, int):
        ph, pw = padding, padding
    else:
        ph, pw = padding
    H, W = x.shape[-2], x.shape[-1]
    out = np.zeros(x.shape[:-2] + (H + 2 * ph, W + 2 * pw), dtype=np.float)
    out[..., ph:ph + H, pw:pw + W] = x
    return out
