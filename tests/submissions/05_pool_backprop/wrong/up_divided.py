# expect: upsample=failed
# mistake: divides by the area, as for mean pooling
# diagnosis: divided
import numpy as np


def upsample(delta, factor):
    fh, fw = factor if isinstance(factor, tuple) else (factor, factor)
    return np.repeat(np.repeat(delta, fh, axis=-2), fw, axis=-1) / (fh * fw)
