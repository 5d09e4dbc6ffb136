# expect: upsample=failed
# mistake: np.tile: the whole map again and again
# diagnosis: tiled
import numpy as np


def upsample(delta, factor):
    fh, fw = factor if isinstance(factor, tuple) else (factor, factor)
    return np.tile(delta, (fh, fw))
