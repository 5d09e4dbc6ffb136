# expect: upsample=failed
# mistake: unpacks h, w = delta.shape
# diagnosis: two_axes_only
import numpy as np


def upsample(delta, factor):
    fh, fw = factor if isinstance(factor, tuple) else (factor, factor)
    h, w = delta.shape
    out = np.zeros((h * fh, w * fw))
    for i in range(h):
        for j in range(w):
            out[i * fh:(i + 1) * fh, j * fw:(j + 1) * fw] = delta[i, j]
    return out
