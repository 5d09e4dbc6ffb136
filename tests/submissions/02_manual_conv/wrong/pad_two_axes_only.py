# expect: zero_pad=failed
# mistake: reads h, w = x.shape and crashes on a batch
# diagnosis: two_axes_only
import numpy as np


def zero_pad(x, padding):
    ph, pw = (padding, padding) if isinstance(padding, int) else padding
    h, w = x.shape
    padded = np.zeros((h + 2 * ph, w + 2 * pw))
    padded[ph:ph + h, pw:pw + w] = x
    return padded
