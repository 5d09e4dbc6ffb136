# expect: zero_pad=failed
# mistake: reads the pair as (before, after) for both axes
# diagnosis: pair_as_before_and_after
import numpy as np


def zero_pad(x, padding):
    before_after = (padding, padding) if isinstance(padding, int) else tuple(padding)
    return np.pad(x, [(0, 0)] * (x.ndim - 2) + [before_after, before_after])
