# expect: zero_pad=failed
# mistake: takes four axes for granted and crashes on an image
# diagnosis: four_axes_only
import numpy as np


def zero_pad(x, padding):
    ph, pw = (padding, padding) if isinstance(padding, int) else padding
    return np.pad(x, ((0, 0), (0, 0), (ph, ph), (pw, pw)), mode="constant", constant_values=0)
