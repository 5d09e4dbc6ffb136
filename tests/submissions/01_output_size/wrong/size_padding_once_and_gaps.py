# expect: conv_output_size=failed
# mistake: adds the padding once, and takes dilation for the width of a gap
# diagnosis: padding_once+dilation_as_gap
import math
def conv_output_size(size, kernel, stride=1, padding=0, dilation=1):
    if size < 1 or kernel < 1 or stride < 1 or dilation < 1 or padding < 0:
        raise ValueError('bad')
    k = kernel + (kernel - 1) * dilation
    if k > size + padding: raise ValueError('k')
    return math.floor((size + padding - k) / stride) + 1
