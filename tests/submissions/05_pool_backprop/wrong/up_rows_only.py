# expect: upsample=failed
# mistake: repeats along one axis only
# diagnosis: rows_only
import numpy as np


def upsample(delta, factor):
    fh, fw = factor if isinstance(factor, tuple) else (factor, factor)
    return np.repeat(delta, fh, axis=-2)
