"""Exercise 01: output size of a convolution.

A kernel slides over the padded input; each place where it fits gives one output.

Check yourself:  cnnex grade 01_output_size.py        A hint:  cnnex hint 1
"""


def conv_output_size(size, kernel, stride=1, padding=0, dilation=1):
    """Return the output size of a convolution along one axis, as an int.

    size, kernel, stride, padding and dilation are ints. Raise ValueError when the kernel does not fit into
    the padded input, or an argument makes no sense (size, kernel, stride, dilation below 1, padding below 0).

    Lecture: 227, kernel 11, stride 4 gives 55; 64, kernel 7, stride 2 gives 29; 32, kernel 5, padding 2
    gives 32.
    """
    raise NotImplementedError


def conv_output_shape(size_hw, kernel, stride=1, padding=0, dilation=1):
    """Return the output size (height, width) of a convolution on an image of size_hw = (height, width).

    kernel, stride, padding and dilation are an int for both axes, or a (height, width) pair.

    Lecture: (32, 64) with kernel 5 gives (28, 60); (64, 32) with kernel 3 and padding 1 gives (64, 32).
    """
    raise NotImplementedError
