# expect: upsample=failed
# mistake: returns the first map of the first image
# diagnosis: first_map_only
import numpy as np


def upsample(delta, factor):
    fh, fw = factor if isinstance(factor, tuple) else (factor, factor)
    while delta.ndim > 2:
        delta = delta[0]
    return np.repeat(np.repeat(delta, fh, axis=-2), fw, axis=-1)
