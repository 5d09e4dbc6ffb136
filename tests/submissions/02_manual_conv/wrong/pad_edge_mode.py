# expect: zero_pad=failed
# mistake: repeats the edge instead of adding zeros
# diagnosis: edge_repeated
import numpy as np


def zero_pad(x, padding):
    ph, pw = (padding, padding) if isinstance(padding, int) else padding
    return np.pad(x, [(0, 0)] * (x.ndim - 2) + [(ph, ph), (pw, pw)], mode="edge")
