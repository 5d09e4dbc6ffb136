# expect: linear_params=failed
# mistake: a NumPy array of pairs
# diagnosis: other_type
import numpy as np
def linear_params(sizes, bias=True):
    s = np.asarray(sizes)
    return np.stack([s[1:] * s[:-1], s[1:] * bias], axis=1)
