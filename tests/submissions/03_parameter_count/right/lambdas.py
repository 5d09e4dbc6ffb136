# expect: linear_params=passed conv_params=passed weight_counts=passed
# style: lambdas, math.prod and functools.partial
from functools import partial
from math import prod
from operator import floordiv, mul

pair = lambda v: v if isinstance(v, tuple) else (v, v)
linear_params = lambda sizes, bias=True: list(map(lambda i, o: (i * o, o * bias), sizes, sizes[1:]))


def _conv(area, in_channels, out_channels, kernel, groups=1, bias=True):
    return mul(floordiv(in_channels, groups) * area(kernel), out_channels) + [0, out_channels][bias]


conv_params = partial(_conv, lambda kernel: prod(pair(kernel)))
weight_counts = lambda size_hw, kernel, filters: (
    prod(size_hw) * filters * prod(n - k + 1 for n, k in zip(size_hw, pair(kernel))),
    prod((filters, *pair(kernel))),
)
