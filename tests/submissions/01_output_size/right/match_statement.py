# expect: conv_output_size=passed conv_output_shape=passed
# style: structural pattern matching for int or pair, NamedTuple as the result
from typing import NamedTuple


class Shape(NamedTuple):
    height: int
    width: int


def pair(value):
    match value:
        case int():
            return value, value
        case (first, second):
            return first, second
        case _:
            raise ValueError(f"neither an int nor a pair: {value!r}")


def conv_output_size(size, kernel, stride=1, padding=0, dilation=1):
    match (size, kernel, stride, padding, dilation):
        case (n, k, s, p, d) if min(n, k, s, d) >= 1 and p >= 0 and (span := d * (k - 1) + 1) <= n + 2 * p:
            return (n + 2 * p - span + s) // s
    raise ValueError("arguments make no sense together")


def conv_output_shape(size_hw, kernel, stride=1, padding=0, dilation=1):
    settings = zip(pair(kernel), pair(stride), pair(padding), pair(dilation))
    return Shape(*(conv_output_size(n, *setting) for n, setting in zip(size_hw, settings)))
