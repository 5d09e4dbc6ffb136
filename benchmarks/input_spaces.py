"""The input spaces of the functions to write: any call that an exercise allows, drawn at random."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from cnnexercises.exercise import Call, call
from cnnexercises.inputs import normal
from cnnexercises.output_size import Pair, conv_output_shape

Rng = np.random.Generator


def _ints(rng: Rng, *ranges: tuple[int, int]) -> list[int]:
    """Draw an int of each range, ends included."""
    return [int(rng.integers(low, high + 1)) for low, high in ranges]


def _setting(rng: Rng, low: int, high: int) -> Pair:
    first, second, as_int = _ints(rng, (low, high), (low, high), (0, 1))
    return first if as_int else (first, second)


def _size(rng: Rng) -> Call:
    numbers = _ints(rng, (1, 12), (1, 6), (1, 4), (0, 3), (1, 3))
    if rng.random() < 0.2:
        numbers[rng.integers(5)] = _ints(rng, (-3, 0))[0]
    return call(*numbers)


def _shape(rng: Rng) -> Call:
    low = -1 if rng.random() < 0.2 else 1
    settings = [_setting(rng, start, end) for start, end in ((low, 5), (low, 3), (min(low, 0), 3), (low, 3))]
    return call(tuple(_ints(rng, (low, 12), (low, 12))), *settings)


def _geometry(rng: Rng) -> tuple[list[int], list[int], Pair, Pair]:
    """Draw the height and width of an image and of a kernel that fits, stride and padding."""
    padding, image = _setting(rng, 0, 3), _ints(rng, (1, 6), (1, 6))
    pads = (padding, padding) if isinstance(padding, int) else padding
    kernel = _ints(rng, *((1, min(4, side + 2 * pad)) for side, pad in zip(image, pads, strict=True)))
    return image, kernel, _setting(rng, 1, 3), padding


def _pad(rng: Rng) -> Call:
    leading = _ints(rng, *[(1, 3)] * _ints(rng, (0, 2))[0])
    return call(normal(rng, *leading, *_ints(rng, (1, 4), (1, 4))), _setting(rng, 0, 3))


def _single(rng: Rng) -> Call:
    image, kernel, stride, padding = _geometry(rng)
    return call(normal(rng, *image), normal(rng, *kernel), stride, padding)


def _forward(rng: Rng) -> Call:
    (n, c, f), (image, kernel, stride, padding) = _ints(rng, (1, 3), (1, 3), (1, 3)), _geometry(rng)
    bias = normal(rng, f) if rng.random() < 0.5 else None
    return call(normal(rng, n, c, *image), normal(rng, f, c, *kernel), bias, stride, padding)


def _layer(rng: Rng) -> Call:
    x, weight, _, stride, padding = _forward(rng).args
    out = conv_output_shape(x.shape[2:], weight.shape[2:], stride, padding)
    return call(normal(rng, len(x), len(weight), *out), x, weight, stride, padding)


def _pool(rng: Rng) -> Call:
    """Draw x from few values half of the time, for ties."""
    (n, c, height, width), kernel = _ints(rng, (1, 3), (1, 3), (3, 7), (3, 7)), _setting(rng, 1, 3)
    stride = _setting(rng, 1, 3) if rng.random() < 0.7 else None
    out = conv_output_shape((height, width), kernel, kernel if stride is None else stride)
    x = normal(rng, n, c, height, width)
    return call(normal(rng, n, c, *out), x if rng.random() < 0.5 else np.abs(np.round(x)), kernel, stride)


def _linear(rng: Rng) -> Call:
    return call(_ints(rng, *[(1, 9)] * _ints(rng, (2, 5))[0]), bool(rng.integers(2)))


def _parameters(rng: Rng) -> Call:
    groups, each, filters = _ints(rng, (1, 3), (1, 5), (1, 5))
    return call(groups * each, groups * filters, _setting(rng, 1, 5), groups, bool(rng.integers(2)))


def _counts(rng: Rng) -> Call:
    return call(tuple(_ints(rng, (4, 9), (4, 9))), _setting(rng, 1, 4), *_ints(rng, (1, 5)))


def _line(rng: Rng) -> Call:
    taps, outputs = _ints(rng, (1, 5), (1, 5))
    return call(*(normal(rng, length) for length in (outputs, taps + outputs - 1, taps)))


def _lp(rng: Rng) -> Call:
    m, regions, rest = _ints(rng, (1, 4), (1, 4), (0, 3))
    x = normal(rng, regions * m + min(rest, m - 1))
    return call(normal(rng, regions), x, float(rng.choice([1, 1.5, 2, 3, 4])), m)


def _grow(rng: Rng) -> Call:
    return call(*_pad(rng).args[:1], _setting(rng, 1, 3))


SPACES: dict[str, Callable[[Rng], Call]] = {
    "conv_output_size": _size, "conv_output_shape": _shape,
    "zero_pad": _pad, "conv2d_single": _single, "conv2d_forward": _forward,
    "linear_params": _linear, "conv_params": _parameters, "weight_counts": _counts,
    "conv1d_backward": _line, "conv2d_backward": _layer,
    "max_pool2d_backward": _pool, "avg_pool2d_backward": _pool, "lp_pool1d_backward": _lp, "upsample": _grow,
}  # fmt: skip
"""What draws a call of a task, by the task's name."""
