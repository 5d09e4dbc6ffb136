# expect: upsample=failed
# mistake: as many columns as rows
# diagnosis: result_taken_for_square
import numpy as np


def upsample(delta, factor):
    if isinstance(factor, int):
        factor = (factor, factor)
    H = W = delta.shape[-2] * factor[0]
    out = np.zeros(delta.shape[:-2] + (H, W))
    for i in range(H):
        for j in range(W):
            out[..., i, j] = delta[..., i // factor[0], min(j // factor[1], delta.shape[-1] - 1)]
    return out
