# expect: upsample=failed
# mistake: np.repeat without an axis flattens
# diagnosis: flattened
import numpy as np


def upsample(delta, factor):
    fh, fw = factor if isinstance(factor, tuple) else (factor, factor)
    return np.repeat(delta, fh * fw)
