# expect: zero_pad=failed
# mistake: pads the width by the height's padding after a transpose that is not undone
# diagnosis: transposed
import numpy as np


def zero_pad(x, padding):
    ph, pw = (padding, padding) if isinstance(padding, int) else padding
    out = x
    for p in (ph, pw):
        zeros = np.zeros(out.shape[:-2] + (p, out.shape[-1]))
        out = np.concatenate([zeros, out, zeros], axis=-2).swapaxes(-1, -2)
    return out.swapaxes(-1, -2)
