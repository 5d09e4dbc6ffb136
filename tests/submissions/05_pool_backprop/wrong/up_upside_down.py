# expect: upsample=failed
# mistake: the rows are reversed
# diagnosis: mirrored|delta_read_otherwise
import numpy as np

def upsample(delta, factor):
    a, b = factor if isinstance(factor, tuple) else (factor, factor)
    rows = np.arange(delta.shape[-2] * a) // a
    rows = rows[::-1]
    cols = np.arange(delta.shape[-1] * b) // b
    return delta[..., rows[:, None], cols]
