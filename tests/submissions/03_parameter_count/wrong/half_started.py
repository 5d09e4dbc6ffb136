# expect: linear_params=passed conv_params=not_started weight_counts=not_started
# mistake: two functions are still stubs
def linear_params(sizes, bias=True):
    params = []
    for i in range(1, len(sizes)):
        weights = sizes[i - 1] * sizes[i]
        biases = sizes[i] if bias else 0
        params.append((weights, biases))
    return params


def conv_params(in_channels, out_channels, kernel, groups=1, bias=True):
    """Return the number of weights and biases of a convolution."""


def weight_counts(size_hw, kernel, filters):
    raise NotImplementedError()
