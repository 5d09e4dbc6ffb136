# expect: conv_output_size=passed conv_output_shape=passed
# style: float division and math.floor, as the PyTorch documentation writes it
import math


def conv_output_size(size, kernel, stride=1, padding=0, dilation=1):
    if size < 1 or kernel < 1 or stride < 1 or dilation < 1:
        raise ValueError("size, kernel, stride, dilation >= 1")
    if padding < 0:
        raise ValueError("padding >= 0")
    out = math.floor((size + 2 * padding - dilation * (kernel - 1) - 1) / stride + 1)
    if out < 1:
        raise ValueError("output would be empty")
    return out


def conv_output_shape(size_hw, kernel, stride=1, padding=0, dilation=1):
    kernel = kernel if type(kernel) is tuple else (kernel, kernel)
    stride = stride if type(stride) is tuple else (stride, stride)
    padding = padding if type(padding) is tuple else (padding, padding)
    dilation = dilation if type(dilation) is tuple else (dilation, dilation)
    H = math.floor((size_hw[0] + 2 * padding[0] - dilation[0] * (kernel[0] - 1) - 1) / stride[0] + 1) if stride[0] else 0
    W = math.floor((size_hw[1] + 2 * padding[1] - dilation[1] * (kernel[1] - 1) - 1) / stride[1] + 1) if stride[1] else 0
    if H < 1 or W < 1 or min(kernel + stride + dilation + tuple(size_hw)) < 1 or min(padding) < 0:
        raise ValueError("bad convolution")
    return (H, W)
