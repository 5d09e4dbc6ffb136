# expect: upsample=failed
# mistake: the pair is read as (width, height)
# diagnosis: pair_swapped
import numpy as np


def upsample(delta, factor):
    fw, fh = factor if isinstance(factor, tuple) else (factor, factor)
    return np.repeat(np.repeat(delta, fh, axis=-2), fw, axis=-1)
