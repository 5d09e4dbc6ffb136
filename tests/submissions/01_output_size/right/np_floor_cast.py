# expect: conv_output_size=passed conv_output_shape=passed
# style: np.floor, then cast to int; np.isscalar to tell ints from pairs
import numpy as np

def conv_output_size(size, kernel, stride=1, padding=0, dilation=1):
    values = [size, kernel, stride, dilation]
    if any([v < 1 for v in values]) or padding < 0:
        raise ValueError('invalid arguments: {}'.format(values + [padding]))
    if dilation * (kernel - 1) + 1 > size + 2 * padding:
        raise ValueError('kernel too big')
    return int(np.floor((size + 2.0 * padding - dilation * (kernel - 1) - 1) / stride + 1))

def conv_output_shape(size_hw, kernel, stride=1, padding=0, dilation=1):
    if np.isscalar(kernel): kernel = [kernel] * 2
    if np.isscalar(stride): stride = [stride] * 2
    if np.isscalar(padding): padding = [padding] * 2
    if np.isscalar(dilation): dilation = [dilation] * 2
    out_h = conv_output_size(size_hw[0], kernel[0], stride[0], padding[0], dilation[0])
    out_w = conv_output_size(size_hw[1], kernel[1], stride[1], padding[1], dilation[1])
    return (out_h, out_w)
