# expect: conv_output_size=failed
# mistake: np.floor returns a float and it is handed on
# diagnosis: float_floor
import numpy as np


def conv_output_size(size, kernel, stride=1, padding=0, dilation=1):
    if size < 1 or kernel < 1 or stride < 1 or padding < 0 or dilation < 1:
        raise ValueError("arguments make no sense")
    span = dilation * (kernel - 1) + 1
    if span > size + 2 * padding:
        raise ValueError("kernel does not fit")
    return np.floor((size - span + 2 * padding) / stride) + 1
