"""Exercise 03: counting parameters.

How many weights and biases a fully connected network has, and how many a convolution saves by sharing them.

Check yourself:  cnnex grade 03_parameter_count.py        A hint:  cnnex hint 3
"""


def linear_params(sizes, bias=True):
    """Return (weights, biases) of each layer of a fully connected network, as a list of pairs of ints.

    sizes is the list of layer sizes, input first. Without bias, the second number of each pair is 0.

    Lecture: [256, 100, 26] gives [(25600, 100), (2600, 26)].
    """
    raise NotImplementedError


def conv_params(in_channels, out_channels, kernel, groups=1, bias=True):
    """Return the number of parameters, weights and biases, of nn.Conv2d with these arguments, as an int.

    kernel is an int, or a (height, width) pair. groups divides both numbers of channels.

    LeNet's first layer: conv_params(1, 6, 5) gives 156.
    """
    raise NotImplementedError


def weight_counts(size_hw, kernel, filters):
    """Return (fully_connected, convolution): how many weights lead from one input channel to the outputs.

    size_hw is the (height, width) of the input; kernel is an int, or a (height, width) pair. No padding,
    stride 1, no biases. Fully connected means: the same outputs, and a weight from every input to each.

    Lecture: a 5x5 image and two 3x3 filters, weight_counts((5, 5), 3, 2), gives (450, 18).
    """
    raise NotImplementedError
