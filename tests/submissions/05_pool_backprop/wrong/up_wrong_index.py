# expect: upsample=failed
# mistake: i % factor for i // factor
# diagnosis: tiled
import numpy as np


def upsample(delta, factor):
    if isinstance(factor, int):
        factor = (factor, factor)
    H, W = delta.shape[-2] * factor[0], delta.shape[-1] * factor[1]
    out = np.zeros(delta.shape[:-2] + (H, W))
    for i in range(H):
        for j in range(W):
            out[..., i, j] = delta[..., i % delta.shape[-2], j % delta.shape[-1]]
    return out
