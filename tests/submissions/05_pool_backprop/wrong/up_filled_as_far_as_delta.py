# expect: upsample=failed
# mistake: loops over the size of delta
# diagnosis: filled_as_far_as_delta
import numpy as np


def pair(value):
    return (value, value) if isinstance(value, int) else tuple(value)


def upsample(delta, factor):
    fh, fw = pair(factor)
    H, W = delta.shape[-2:]
    out = np.zeros(delta.shape[:-2] + (H*fh, W*fw))
    for i in range(H):
        for j in range(W):
            out[..., i, j] = delta[..., i//fh, j//fw]
    return out
