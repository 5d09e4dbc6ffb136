# expect: upsample=failed
# mistake: the result holds ints
# diagnosis: dtype_lost
import numpy as np


def upsample(delta, factor):
    if isinstance(factor, int):
        factor = (factor, factor)
    H, W = delta.shape[-2] * factor[0], delta.shape[-1] * factor[1]
    out = np.zeros(delta.shape[:-2] + (H, W), dtype=int)
    for i in range(H):
        for j in range(W):
            out[..., i, j] = delta[..., i // factor[0], j // factor[1]]
    return out
