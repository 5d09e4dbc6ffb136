# expect: upsample=failed
# mistake: the columns use the factor of the rows
# diagnosis: height_for_both
import numpy as np


def upsample(delta, factor):
    fh, fw = factor if isinstance(factor, tuple) else (factor, factor)
    return np.repeat(np.repeat(delta, fh, axis=-2), fh, axis=-1)
