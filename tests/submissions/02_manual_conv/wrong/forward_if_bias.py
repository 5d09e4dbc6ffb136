# expect: conv2d_forward=failed
# mistake: asks "if bias:", which NumPy refuses for more than one filter
# diagnosis: truth_of_bias
import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def conv2d_forward(x, weight, bias=None, stride=1, padding=0):
    sh, sw = stride if isinstance(stride, tuple) else (stride, stride)
    ph, pw = padding if isinstance(padding, tuple) else (padding, padding)
    x = np.pad(x, ((0, 0), (0, 0), (ph, ph), (pw, pw)))
    view = sliding_window_view(x, weight.shape[2:], axis=(2, 3))[:, :, ::sh, ::sw]
    out = np.einsum("nchwij,fcij->nfhw", view, weight)
    if bias:
        out = out + bias[:, None, None]
    return out
