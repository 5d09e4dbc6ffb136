# expect: upsample=failed
# mistake: a pair crashes
# diagnosis: int_only
import numpy as np


def upsample(delta, factor):
    fh = fw = int(factor)
    return np.repeat(np.repeat(delta, fh, axis=-2), fw, axis=-1)
