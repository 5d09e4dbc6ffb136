# expect: conv_output_size=not_started conv_output_shape=not_started
# mistake: nothing written: a docstring and pass, an ellipsis
def conv_output_size(size, kernel, stride=1, padding=0, dilation=1):
    """Return the output size."""
    pass


def conv_output_shape(size_hw, kernel, stride=1, padding=0, dilation=1):
    ...
