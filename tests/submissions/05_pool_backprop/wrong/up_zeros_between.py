# expect: upsample=failed
# mistake: puts zeros between the values instead of repeating them
# diagnosis: zeros_between
import numpy as np


def upsample(delta, factor):
    if isinstance(factor, int):
        factor = (factor, factor)
    H, W = delta.shape[-2] * factor[0], delta.shape[-1] * factor[1]
    out = np.zeros(delta.shape[:-2] + (H, W))
    out[..., ::factor[0], ::factor[1]] = delta
    return out
