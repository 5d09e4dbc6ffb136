# expect: conv_params=failed
# mistake: np.product, a name that left NumPy
# diagnosis: numpy_1_name
import numpy as np


def conv_params(in_channels, out_channels, kernel, groups=1, bias=True):
    kernel = kernel if isinstance(kernel, tuple) else (kernel, kernel)
    return int(np.product([out_channels, in_channels // groups, kernel[0], kernel[1]])) + (out_channels if bias else 0)
