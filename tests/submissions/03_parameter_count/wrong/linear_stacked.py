# expect: linear_params=failed
# mistake: np.stack of weights and biases, with biases for bias=False
# diagnosis: bias_flag_ignored
import numpy as np
def linear_params(sizes, bias=True):
    s = np.asarray(sizes)
    return [tuple(r) for r in np.stack([s[1:] * s[:-1], s[1:]], axis=1)]
