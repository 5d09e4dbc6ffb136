# expect: conv_output_size=passed conv_output_shape=passed
# style: length of a range, a subclass of ValueError, keyword-only calls
class DoesNotFit(ValueError):
    """The kernel is longer than the padded input."""


class BadArgument(ValueError):
    pass


def _check(**arguments):
    for name, value in arguments.items():
        lowest = 0 if name == "padding" else 1
        if value < lowest:
            raise BadArgument(f"{name}={value} makes no sense, it must be at least {lowest}")


def conv_output_size(size, kernel, stride=1, padding=0, dilation=1):
    _check(size=size, kernel=kernel, stride=stride, padding=padding, dilation=dilation)
    starts = range(0, size + 2 * padding - dilation * (kernel - 1), stride)
    if len(starts) == 0:
        raise DoesNotFit(f"kernel={kernel} does not fit into size={size}")
    return len(starts)


def conv_output_shape(size_hw, kernel, stride=1, padding=0, dilation=1):
    def pick(value, axis):
        return value[axis] if isinstance(value, (tuple, list)) else value

    return tuple(
        conv_output_size(
            size=size_hw[axis],
            kernel=pick(kernel, axis),
            stride=pick(stride, axis),
            padding=pick(padding, axis),
            dilation=pick(dilation, axis),
        )
        for axis in (0, 1)
    )
