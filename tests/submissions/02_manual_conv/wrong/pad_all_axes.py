# expect: zero_pad=failed
# mistake: np.pad with an int pads every axis, the batch and the channels too
# diagnosis: every_axis_for_an_int
import numpy as np


def zero_pad(x, padding):
    if isinstance(padding, tuple):
        return np.pad(x, [(0, 0)] * (x.ndim - 2) + [(padding[0], padding[0]), (padding[1], padding[1])])
    return np.pad(x, padding)
