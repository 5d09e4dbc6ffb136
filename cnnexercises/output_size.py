"""Exercise 01: how large the output of a convolution is."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from cnnexercises.case_reasons import ALONE, DRAWN, EQUAL_PAIR, LECTURE, NAMES, TOGETHER
from cnnexercises.exercise import Call, Case, Exercise, FunctionTask, call

Pair = int | tuple[int, int]


def conv_output_size(size: int, kernel: int, stride: int = 1, padding: int = 0, dilation: int = 1) -> int:
    """Return how many windows of a convolution fit along one axis.

    floor((size + 2 padding - dilation (kernel - 1) - 1) / stride) + 1, as in the documentation of
    torch.nn.Conv2d. Raises ValueError when the dilated kernel does not fit, or an argument makes no sense.
    """
    if min(size, kernel, stride, dilation) < 1 or padding < 0:
        raise ValueError("size, kernel, stride and dilation must be at least 1 and padding at least 0")
    room = size + 2 * padding - dilation * (kernel - 1) - 1
    if room < 0:
        raise ValueError("the kernel does not fit into the padded input")
    return room // stride + 1


def conv_output_shape(
    size_hw: tuple[int, int], kernel: Pair, stride: Pair = 1, padding: Pair = 0, dilation: Pair = 1
) -> tuple[int, int]:
    """Return conv_output_size for height and width; an int stands for both axes."""
    pairs = [(v, v) if isinstance(v, int) else tuple(v) for v in (kernel, stride, padding, dilation)]
    height, width = (
        conv_output_size(size_hw[axis], *(pair[axis] for pair in pairs)) for axis in (0, 1)
    )
    return height, width


def _fixed(*args: object, **kwargs: object) -> Callable[[np.random.Generator], Call]:
    return lambda _rng: call(*args, **kwargs)


def _size_ladder() -> Iterator[Call]:
    for size in range(1, 6):
        for kernel in range(1, size + 1):
            yield call(size, kernel)
            yield call(size, kernel, 2)
            yield call(size, kernel, 1, 1)
            yield call(size, kernel, 2, 1)
            if 2 * kernel - 1 <= size:
                yield call(size, kernel, 1, 0, 2)
    yield from (call(1, 3, 1, 1), call(6, 1, 3), call(6, 2, 1, 0, 3))
    yield from (call(2, 3), call(2, 3, 2), call(4, 3, 1, 0, 2), call(1, 4, 1, 1))
    yield from (call(2, 0), call(2, -1), call(2, 1, 0), call(2, 1, -1), call(2, 2, -1), call(3, 1, 1, -1))
    yield from (call(2, 1, 1, 0, 0), call(2, 2, 1, 0, 0), call(2, 2, 1, 0, -1), call(-1, 1, 1, 1))


def _shape_ladder() -> Iterator[Call]:
    for size in ((3, 3), (3, 4), (4, 3), (4, 4), (5, 4), (4, 6)):
        yield call(size, 1)
        yield call(size, 2)
        yield call(size, 2, 2)
        yield call(size, 2, 2, 1)
        yield call(size, (1, 2))
        yield call(size, (2, 1), (1, 2))
        yield call(size, (2, 3), (2, 1), (1, 0))
        yield call(size, 2, 1, 0, 2)
        yield call(size, 2, 1, 0, (2, 1))
    yield from (call((1, 2), 3, 1, 1), call((2, 2), 2, 1, 2), call((5, 5), 3, 1, 0, 2))
    yield from (call((2, 3), 3), call((3, 2), 3), call((3, 2), 3, 2), call((3, 4), 2, 1, 0, 3))
    yield from (call((3, 3), 0), call((3, 3), 2, 0), call((3, 3), 2, (1, 0)), call((3, 3), 3, (-1, 1)))
    yield call((4, 3), 2, 1, (-1, 0))
    yield from (call((3, 4), 2, 1, (0, -1)), call((3, 3), 2, 1, 0, (1, 0)), call((3, 3), (1, -1)))
    yield from (call((-1, 3), 1, 1, 2), call((3, 3), 2, (-1, 1)))


def _drawn_size(rng: np.random.Generator) -> Call:
    """Draw a size where one step more would almost fit: rounding to nearest and rounding up both show."""
    kernel, stride, padding = int(rng.integers(4, 8)), int(rng.integers(3, 6)), int(rng.integers(1, 4))
    windows, rest = int(rng.integers(5, 40)), stride - 1
    return call((windows + 1) * stride + kernel + rest - 2 * padding, kernel, stride, padding)


def _drawn_dilation(rng: np.random.Generator) -> Call:
    """Draw with stride 1, so that a span that is wrong by one shows."""
    size, kernel, dilation = int(rng.integers(30, 60)), int(rng.integers(3, 6)), int(rng.integers(2, 5))
    return call(size, kernel, 1, int(rng.integers(1, 3)), dilation)


_FLOOR = (
    "A window that does not fit any more is dropped: the division rounds down (floor). The lecture's formula "
    "lacks the floor; its example 2 would give 29.5."
)
_NAMES = "The settings are called by the names that the exercise gives them, in any order."
_HEIGHT = "The size is (height, width), in this order; so is every pair."
_PAIR = "An int counts for both axes; of a pair, the first is for the height and the second for the width."
_DILATION = "A kernel of k taps with dilation d spans d * (k - 1) + 1 inputs."
_ERROR = "Arguments that make no sense, and a kernel that does not fit, are answered with ValueError."
_CHECK = "Check the arguments themselves: the formula can give a good number for bad arguments."

_EDGE = "It is where < and <= part, without a stride or padding: code that errs in these keeps its points."
_DEFAULTS = "A default stride that is not 1 fails here alone."
_BELOW = "A check for 0 alone lets a negative size pass, and fails here alone."
_ONE_CHECK = "It is the plain one of three: a check that forgets padding, dilation or stride keeps its points."

_SIZE_CASES = (
    Case("lecture example 1: 227, kernel 11, stride 4", 1, _fixed(227, 11, 4), None, LECTURE),
    Case("lecture example 2: 64, kernel 7, stride 2", 1, _fixed(64, 7, 2), _FLOOR),
    Case("lecture example 3: 32, kernel 5, padding 2", 1, _fixed(32, 5, 1, 2), None, LECTURE),
    Case("stride and padding together, with a rest", 1.5, _drawn_size, _FLOOR, DRAWN),
    Case("settings by keyword", 0.25, _fixed(28, 5, padding=2, stride=3), _NAMES, NAMES),
    Case("no settings", 0.25, _fixed(10, 3), None, _DEFAULTS),
    Case("kernel as large as the input", 0.25, _fixed(7, 7), None, _EDGE),
    Case("kernel larger than the input, but not than the padded one", 0.25, _fixed(2, 3, 1, 2)),
    Case("kernel as large as the padded input", 0.25, _fixed(2, 4, 1, 1)),
    Case("stride larger than the input", 0.25, _fixed(4, 2, 9)),
    Case("padding larger than the kernel", 0.25, _fixed(5, 2, 1, 3)),
    Case("dilation", 0.75, _drawn_dilation, _DILATION, DRAWN),
    Case("dilation, stride and padding together", 0.25, _fixed(21, 4, 2, 2, 3), _DILATION, TOGETHER),
    Case("one input and a kernel of one tap, dilated", 0.25, _fixed(1, 1, 1, 0, 4), _DILATION, _EDGE),
    Case("kernel that does not fit", 0.5, _fixed(4, 6), _ERROR, _ONE_CHECK),
    Case("kernel that does not fit, with stride and padding", 0.25, _fixed(2, 5, 3, 1), _CHECK),
    Case("kernel that does not fit once it is dilated", 0.25, _fixed(6, 3, 1, 0, 5), _ERROR),
    Case("kernel 0", 0.25, _fixed(8, 0), _ERROR),
    Case("negative kernel", 0.125, _fixed(8, -2), _ERROR),
    Case("stride 0", 0.25, _fixed(8, 3, 0), _ERROR),
    Case("negative stride", 0.125, _fixed(8, 8, -1), _CHECK),
    Case("negative stride, kernel shorter than the input", 0.125, _fixed(9, 3, -2), _CHECK),
    Case("negative padding", 0.125, _fixed(8, 3, 1, -1), _ERROR),
    Case("dilation 0", 0.125, _fixed(8, 3, 1, 0, 0), _ERROR),
    Case("negative dilation", 0.125, _fixed(8, 3, 1, 0, -1), _ERROR),
    Case("negative size", 0.25, _fixed(-8, 3, 1, 6), _ERROR, _BELOW),
)

_SHAPE_CASES = (
    Case("lecture example 4: 32 x 64, kernel 5", 1.25, _fixed((32, 64), 5), _HEIGHT, LECTURE),
    Case("lecture example 5: 64 x 32, kernel 3, padding 1", 1.25, _fixed((64, 32), 3, 1, 1), None, LECTURE),
    Case("non-square kernel", 0.5, _fixed((20, 31), (3, 6)), None, ALONE),
    Case("stride as a pair", 0.25, _fixed((20, 21), 3, (3, 1)), _PAIR, ALONE),
    Case("padding as a pair", 0.25, _fixed((9, 9), 4, 1, (0, 5)), _PAIR),
    Case(
        "kernel, stride and padding as pairs", 0.25, _fixed((41, 30), (5, 4), (3, 2), (0, 2)), _PAIR, TOGETHER
    ),
    Case("dilation as a pair", 0.25, _fixed((30, 30), 3, 2, 1, (1, 4)), _DILATION),
    Case("dilation as an int", 0.25, _fixed((17, 30), (3, 5), 1, 0, 3), _DILATION, ALONE),
    Case(
        "pairs of equal numbers", 0.25,
        _fixed((13, 16), (3, 3), (2, 2), (1, 1), (2, 2)), _PAIR, EQUAL_PAIR,
    ),
    Case("a rest on one axis only", 0.5, _fixed((14, 11), 4, 5), _FLOOR),
    Case(
        "settings by keyword", 0.25,
        _fixed((12, 9), (3, 2), dilation=2, padding=(1, 0), stride=2), _NAMES, NAMES,
    ),
    Case("kernel larger than the input, but not than the padded one", 0.25, _fixed((2, 3), 3, 1, (2, 0))),
    Case("kernel as large as the padded image", 0.25, _fixed((1, 2), 3, 1, (1, 2))),
    Case("kernel as large as the image", 0.25, _fixed((3, 5), (3, 5))),
    Case("kernel too high", 0.25, _fixed((4, 30), 5), _ERROR),
    Case("kernel too wide, stride 2", 0.25, _fixed((30, 4), 5, 2), _CHECK),
    Case("kernel too wide once it is dilated", 0.25, _fixed((9, 6), 3, 1, 0, 4), _ERROR),
    Case("kernel 0 on one axis", 0.125, _fixed((8, 8), (0, 3)), _ERROR),
    Case("negative kernel on one axis", 0.125, _fixed((8, 8), (3, -2)), _ERROR),
    Case("stride 0 on one axis", 0.125, _fixed((8, 8), 3, (1, 0)), _ERROR),
    Case("negative stride on one axis", 0.125, _fixed((8, 9), (8, 3), (-1, 1)), _CHECK),
    Case("negative stride, kernel shorter than the image", 0.125, _fixed((8, 9), 3, (1, -2)), _CHECK),
    Case("dilation 0 on one axis", 0.125, _fixed((8, 8), 3, 1, 0, (0, 1)), _ERROR),
    Case("negative dilation on one axis", 0.125, _fixed((8, 8), 3, 1, 0, (-1, 1)), _ERROR),
    Case("negative padding on one axis", 0.125, _fixed((8, 8), 3, 1, (-1, 0)), _ERROR),
    Case("negative height", 0.25, _fixed((-8, 4), 3, 1, 6), _ERROR),
)  # fmt: skip

EXERCISE = Exercise(
    number=1,
    slug="output_size",
    title="Output size of a convolution",
    topic="how kernel, stride, padding and dilation decide the size of a feature map",
    difficulty=1,
    minutes=20,
    profile="numpy",
    statement="""\
A kernel slides over the padded input; each place where it fits gives one output. The lecture's formula is

    output size = (input size - filter size + 2 * padding) / stride + 1

and its five examples are 227 with an 11x11 filter and stride 4; 64 with 7x7 and stride 2; 32 with 5x5 and
padding 2; 32x64 with 5x5; 64x32 with 3x3 and padding 1. The right answers are 55, 29, 32, (28, 60) and
(64, 32).

Picture the input as a row of boxes with `padding` empty boxes at either end. Lay the kernel on the left end,
and move it by `stride` boxes as long as it stays on the row. With dilation d there are d - 1 unused boxes
between two taps of the kernel. Count the places.

Write `conv_output_size` for one axis and `conv_output_shape` for (height, width). Raise ValueError when size,
kernel, stride or dilation is less than 1, padding is negative, or the (dilated) kernel is longer than the
padded input.
""",
    corrections=(
        "Example 2 gives 29.5 with the lecture's formula. The size is 29: the formula lacks the floor.",
        "The formula has no dilation. A kernel of k taps with dilation d spans d * (k - 1) + 1 inputs.",
    ),
    tasks=(
        FunctionTask(
            name="conv_output_size",
            parameters=("size", "kernel", "stride", "padding", "dilation"),
            summary="the output size along one axis",
            reference=conv_output_size,
            cases=_SIZE_CASES,
            ladder=_size_ladder,
            hints=(
                "Work out lecture example 2 by hand. How many places are there for the kernel? Not 29.5.",
                "Where can the first tap of the kernel stand? At 0, stride, 2 * stride, ... as long as the "
                "last tap is still on the padded row.",
                "With dilation the last tap stands dilation * (kernel - 1) boxes after the first.",
                "Check the arguments, then: "
                "(size + 2 * padding - dilation * (kernel - 1) - 1) // stride + 1.",
            ),
            mistakes="output_size_mistakes:SIZE_MISCONCEPTIONS",
        ),
        FunctionTask(
            name="conv_output_shape",
            parameters=("size_hw", "kernel", "stride", "padding", "dilation"),
            summary="the output size of an image, (height, width)",
            reference=conv_output_shape,
            cases=_SHAPE_CASES,
            ladder=_shape_ladder,
            hints=(
                "Height and width do not know of each other: call conv_output_size twice.",
                "Every argument may be an int, which stands for both axes, or a (height, width) pair.",
                "Turn each argument into a pair first: `v if isinstance(v, tuple) else (v, v)`.",
            ),
            mistakes="output_shape_mistakes:SHAPE_MISCONCEPTIONS",
        ),
    ),
)
