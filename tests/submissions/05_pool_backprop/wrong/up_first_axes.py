# expect: upsample=failed
# mistake: repeats along axes 0 and 1
# diagnosis: first_two_axes
import numpy as np


def upsample(delta, factor):
    fh, fw = factor if isinstance(factor, tuple) else (factor, factor)
    return np.repeat(np.repeat(delta, fh, axis=0), fw, axis=1)
