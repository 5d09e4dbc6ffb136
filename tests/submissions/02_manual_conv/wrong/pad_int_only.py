# expect: zero_pad=failed
# mistake: a pair crashes
# diagnosis: pair_crashes
import numpy as np


def zero_pad(x, padding):
    shape = list(x.shape)
    shape[-1] += 2 * padding
    shape[-2] += 2 * padding
    out = np.zeros(shape)
    out[..., padding:shape[-2] - padding, padding:shape[-1] - padding] = x
    return out
