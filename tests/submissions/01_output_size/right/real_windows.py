# expect: conv_output_size=passed conv_output_shape=passed
# style: slides over a real zero array with NumPy and counts the windows
from numpy import *
from numpy.lib.stride_tricks import sliding_window_view


def conv_output_size(size, kernel, stride=1, padding=0, dilation=1):
    if size < 1 or kernel < 1 or stride < 1 or dilation < 1 or padding < 0:
        raise ValueError("bad argument")
    row = zeros(size + 2 * padding)
    # sliding_window_view itself raises ValueError for a window that is too large
    windows = sliding_window_view(row, dilation * (kernel - 1) + 1)[::stride]
    return windows.shape[0]


def conv_output_shape(size_hw, kernel, stride=1, padding=0, dilation=1):
    settings = array([broadcast_to(v, (2,)) for v in (kernel, stride, padding, dilation)]).T.tolist()
    return tuple([conv_output_size(n, *s) for n, s in zip(size_hw, settings)])
