# expect: conv_output_size=failed conv_output_shape=failed
# mistake: the lecture's formula with int(): no dilation, no check, no pairs
# diagnosis: dilation_ignored+nothing_checked|pair_as_number|calls_a_wrong_function
def conv_output_size(size, kernel, stride=1, padding=0, dilation=1):
    return int((size - kernel + 2 * padding) / stride + 1)
def conv_output_shape(size_hw, kernel, stride=1, padding=0, dilation=1):
    h = conv_output_size(size_hw[0], kernel, stride, padding, dilation)
    w = conv_output_size(size_hw[1], kernel, stride, padding, dilation)
    return (h, w)
