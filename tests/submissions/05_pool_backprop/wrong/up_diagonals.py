# expect: upsample=failed
# mistake: fills the diagonal of each block
# diagnosis: diagonals_only
import numpy as np


def pair(value):
    return (value, value) if isinstance(value, int) else tuple(value)


def upsample(delta, factor):
    fh, fw = pair(factor)
    H, W = delta.shape[-2:]
    out = np.zeros(delta.shape[:-2] + (H*fh, W*fw))
    for k in range(min(fh, fw)):
        out[..., k::fh, k::fw] = delta
    return out
