# expect: zero_pad=failed
# mistake: pads axes 1 and 2 of a batch, as for (N, H, W, C)
# diagnosis: channels_last
import numpy as np


def zero_pad(x, padding):
    ph, pw = (padding, padding) if isinstance(padding, int) else padding
    if x.ndim == 4:
        return np.pad(x, ((0, 0), (ph, ph), (pw, pw), (0, 0)))
    if x.ndim == 3:
        return np.pad(x, ((ph, ph), (pw, pw), (0, 0)))
    return np.pad(x, ((ph, ph), (pw, pw)))
