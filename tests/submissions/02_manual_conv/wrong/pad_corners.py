# expect: zero_pad=failed
# mistake: pads rows, then columns of the input again, and joins the wrong ones
# diagnosis: one_row
import numpy as np


def zero_pad(x, padding):
    ph, pw = (padding, padding) if isinstance(padding, int) else padding
    out = np.pad(x, [(0, 0)] * (x.ndim - 1) + [(pw, pw)])
    if ph:
        row = np.zeros(out.shape[:-2] + (1, out.shape[-1]))
        out = np.concatenate([row, out, row], axis=-2)
    return out
