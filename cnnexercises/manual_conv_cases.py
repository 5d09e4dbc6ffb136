"""The cases of exercise 02, and the small calls that a failing submission is shown."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import numpy.typing as npt

from cnnexercises import inputs
from cnnexercises.case_reasons import ALONE, EQUAL_PAIR, FLOAT32, LECTURE, NAMES, PLAIN, TOGETHER, VIEW
from cnnexercises.exercise import Call, Case, call
from cnnexercises.inputs import Array
from cnnexercises.output_size import Pair

Layout = Callable[[npt.NDArray[Any]], npt.NDArray[Any]]


def _same(x: npt.NDArray[Any]) -> npt.NDArray[Any]:
    return x


def _float32(x: npt.NDArray[Any]) -> npt.NDArray[Any]:
    return x.astype(np.float32)


def _integer(x: npt.NDArray[Any]) -> npt.NDArray[Any]:
    return np.round(4 * x).astype(np.int64)


def _drawn(
    *shapes: tuple[int, ...], layout: Layout = _same, settings: tuple[Pair, ...] = (), **named: Pair
) -> Callable[[np.random.Generator], Call]:
    """Draw a normal array of each shape; settings follow by position, named ones by keyword."""
    return lambda rng: call(*(layout(inputs.normal(rng, *shape)) for shape in shapes), *settings, **named)


LECTURE_IMAGE = np.array(
    [[1, 2, 3, 0, 1], [0, 1, 5, 1, 0], [1, 0, 2, 2, 1], [1, 1, 2, 0, 0], [1, 0, 1, 1, 1]], dtype=np.float64
)
LECTURE_KERNEL = np.array([[1, 0, 1], [0, 1, 0], [1, 0, 1]], dtype=np.float64)


def _lecture(_rng: np.random.Generator) -> Call:
    return call(LECTURE_IMAGE.copy(), LECTURE_KERNEL.copy())


def _pad_view(rng: np.random.Generator) -> Call:
    return call(inputs.strided(_float32(inputs.normal(rng, 3, 4))), 1)


def _single_orders(rng: np.random.Generator) -> Call:
    image, kernel = inputs.normal(rng, 5, 4), inputs.normal(rng, 2, 3)
    return call(inputs.fortran(image), inputs.strided(kernel), 1, 1)


def _single_integers(rng: np.random.Generator) -> Call:
    return call(_integer(inputs.normal(rng, 4, 5)), inputs.normal(rng, 2, 3))


def _forward_together(rng: np.random.Generator) -> Call:
    x, weight, bias = inputs.normal(rng, 2, 3, 6, 1), inputs.normal(rng, 4, 3, 3, 2), inputs.normal(rng, 4)
    return call(x, weight, bias, (2, 1), (1, 2))


def _forward_keywords(rng: np.random.Generator) -> Call:
    x, weight, bias = inputs.normal(rng, 1, 2, 4, 5), inputs.normal(rng, 2, 2, 3, 2), inputs.normal(rng, 2)
    return call(x, weight, padding=0, stride=1, bias=bias)


def _forward_orders(rng: np.random.Generator) -> Call:
    x, weight, bias = inputs.normal(rng, 2, 3, 4, 5), inputs.normal(rng, 2, 3, 3, 2), inputs.normal(rng, 2)
    return call(inputs.fortran(x), inputs.fortran(weight), inputs.strided(bias), 1, 1)


def _forward_integers(rng: np.random.Generator) -> Call:
    x, weight, bias = inputs.normal(rng, 2, 2, 4, 4), inputs.normal(rng, 2, 2, 2, 3), inputs.normal(rng, 2)
    return call(_integer(x), weight, bias)


_AXES = "Height comes first and width second, in the image, in the kernel and in every pair."
_REST = "The windows do not use up the image: what is left over at the end is dropped (floor)."
_PADS = "The zeros go on all four sides: `padding` rows above and below, `padding` columns left and right."
_PAIR = "An int counts for both axes; of a pair, the first is for the height and the second for the width."
_GAPS = "Windows may have gaps between them: window (i, j) begins at row i * stride, column j * stride."
_NAMES = "The settings are called by the names that the exercise gives them, in any order."
_ORDER = "The values are ordinary, only their order in memory is not: work with indices, not with strides."
_FLOAT32 = "A float32 array has the same values to 7 digits; nothing else may change."
_FLIP = (
    "A convolution layer lays the kernel on the image as it stands: not flipped, not transposed. "
    "The lecture's symmetric kernel cannot show the difference, this one does."
)
_INTEGERS = (
    "With integer arrays the result differs: an array made with np.zeros_like(x) or dtype=x.dtype holds "
    "integers too, and cuts off the fractions. Make the result with np.zeros(shape), which is float64."
)
_PAD_INTEGERS = "With integer arrays the result differs, though padding only moves values and adds zeros."
_PAD_ZERO = "With padding 0 the result equals x. A slice such as p:-p is empty when p is 0."
_PAD_BATCH = "Only the last two axes are padded; batch and channels keep their size."
_PAD_ANY = "x may have any number of axes in front of height and width."
_LECTURE = "By hand: the kernel takes the corners and the centre of each 3x3 window; the first sum is 8."
_PAD_FIRST = "Pad first, then ask where the kernel fits."
_ONE_WINDOW = "There is one window, and the result is an array of shape (1, 1), not a number."
_ONE_WEIGHT = "Each entry is multiplied by the one weight."
_CHANNELS = "Each filter has a slice for each channel; their products are all summed into one output map."
_FILTERS = "Each filter gives one output map: out[:, f] comes from weight[f]."
_BATCH = "The images of a batch do not know of each other: out[n] comes from x[n], and from nothing else."
_BIAS = "bias[f] is added to each entry of out[:, f], once."
_EQUAL = (
    "The axes are equally long here, so that a mistaken axis raises no error: weight is (filter, channel, "
    "height, width), and bias goes along the filters."
)
_TOGETHER = "Look at how batch, filters, stride and padding meet. Pad first, then ask where the kernel fits."
_FOUR_AXES = "The result keeps its four axes: it has the shape (1, 1, 1, 1)."
_MIXING = "A 1x1 kernel mixes the channels of one pixel: a weighted sum for each filter."

_INT_2 = "Code that is right for an int alone, or for padding 1 alone, shows which of the two it is."
_SIDES = "Wide and tall are apart: code that has room for one of them only keeps the points of that one."
_ONE_VALUE = "A window of one value: code whose loops are right, and only its sums go wrong, keeps its points."
_NO_CRASH = "Axes that are mixed up raise no error here, so that the numbers say which: elsewhere some only crash."

PAD_CASES = (
    Case("a frame of one zero around an image", 1.25, _drawn((3, 4), settings=(1,)), _PADS, PLAIN),
    Case("padding 2", 0.25, _drawn((3, 3), settings=(2,)), _PADS, _INT_2),
    Case("a pair of equal numbers", 0.25, _drawn((2, 4), settings=((2, 2),)), _PAIR, EQUAL_PAIR),
    Case("padding as a pair", 0.5, _drawn((3, 4), settings=((1, 2),)), _PAIR, ALONE),
    Case("padding on the left and right only", 0.25, _drawn((2, 3), settings=((0, 2),)), _PAIR),
    Case("padding above and below only", 0.25, _drawn((2, 3), settings=((2, 0),)), _PAIR),
    Case("padding 0", 0.5, _drawn((3, 2), settings=(0,)), _PAD_ZERO),
    Case("a batch of images with channels", 1, _drawn((2, 3, 2, 4), settings=(1,)), _PAD_BATCH),
    Case("one image with channels", 0.5, _drawn((3, 4, 2), settings=((2, 1),)), _PAD_ANY),
    Case("a float32 view of a larger array", 0.25, _pad_view, _FLOAT32, VIEW),
    Case("an integer image", 0, _drawn((3, 3), layout=_integer, settings=(1,)), _PAD_INTEGERS),
)

SINGLE_CASES = (
    Case("the lecture's 5x5 input and 3x3 kernel", 1, _lecture, _LECTURE, LECTURE),
    Case("a kernel without symmetry", 1, _drawn((4, 5), (3, 3)), _FLIP, PLAIN),
    Case("a wide kernel on a tall image", 0.5, _drawn((6, 4), (2, 3)), _AXES, _SIDES),
    Case("a tall kernel on a wide image", 0.5, _drawn((4, 7), (3, 2)), _AXES, _SIDES),
    Case("stride 2 with a rest", 1, _drawn((6, 8), (3, 3), settings=(2,)), _REST, ALONE),
    Case("stride larger than the kernel", 0.25, _drawn((5, 8), (2, 2), stride=3), _GAPS),
    Case("stride as a pair", 0.5, _drawn((4, 9), (2, 3), stride=(1, 2)), _PAIR, ALONE),
    Case("padding 1", 1, _drawn((3, 5), (3, 3), settings=(1, 1)), _PADS, ALONE),
    Case("padding as a pair", 0.25, _drawn((4, 3), (2, 3), padding=(0, 2)), _PAIR, ALONE),
    Case("stride and padding as pairs", 0.25, _drawn((6, 4), (3, 2), settings=((3, 2), (2, 1))), _PAIR, TOGETHER),
    Case("stride as a pair of equal numbers", 0.125, _drawn((5, 6), (3, 2), stride=(2, 2)), _PAIR, EQUAL_PAIR),
    Case("padding as a pair of equal numbers", 0.125, _drawn((3, 4), (3, 2), padding=(1, 1)), _PAIR, EQUAL_PAIR),
    Case("a kernel larger than the bare image", 0.25, _drawn((2, 2), (3, 3), settings=(2, 1)), _PAD_FIRST),
    Case("a kernel as large as the image", 0.25, _drawn((3, 4), (3, 4)), _ONE_WINDOW),
    Case("a 1x1 kernel", 0.25, _drawn((3, 3), (1, 1)), _ONE_WEIGHT, _ONE_VALUE),
    Case("settings by keyword, padding=0", 0.25, _drawn((4, 6), (2, 3), padding=0, stride=(2, 1)), _NAMES, NAMES),
    Case("arrays in another memory order", 0.25, _single_orders, _ORDER),
    Case("float32 arrays", 0.25, _drawn((4, 4), (3, 2), layout=_float32), _FLOAT32, FLOAT32),
    Case("an integer image", 0, _single_integers, _INTEGERS),
)

FORWARD_CASES = (
    Case("one image, one channel, one filter", 1, _drawn((1, 1, 4, 5), (1, 1, 3, 3)), _FLIP, PLAIN),
    Case("channels", 1, _drawn((1, 3, 5, 4), (1, 3, 2, 3)), _CHANNELS, ALONE),
    Case("filters", 1, _drawn((1, 2, 4, 5), (3, 2, 3, 2)), _FILTERS, ALONE),
    Case("a batch", 1, _drawn((3, 1, 4, 4), (2, 1, 2, 3), padding=(1, 0)), _BATCH, ALONE),
    Case("bias", 1, _drawn((2, 2, 3, 5), (3, 2, 2, 2), (3,)), _BIAS, ALONE),
    Case(
        "as many filters as channels and columns", 0.25, _drawn((2, 3, 4, 4), (3, 3, 2, 2), (3,)), _EQUAL, _NO_CRASH
    ),
    Case("stride 2 with a rest", 1, _drawn((2, 2, 6, 8), (2, 2, 3, 3), stride=2), _REST),
    Case("padding 1", 1, _drawn((2, 2, 3, 4), (2, 2, 3, 3), padding=1), _PADS, ALONE),
    Case("stride as a pair", 0.5, _drawn((1, 2, 5, 7), (2, 2, 2, 2), stride=(1, 3)), _PAIR),
    Case("padding as a pair", 0.5, _drawn((2, 1, 3, 5), (2, 1, 2, 3), padding=(0, 2)), _PAIR, ALONE),
    Case(
        "stride as a pair of equal numbers", 0.125,
        _drawn((1, 2, 4, 5), (2, 2, 2, 3), stride=(2, 2)), _PAIR, EQUAL_PAIR,
    ),
    Case(
        "padding as a pair of equal numbers", 0.125,
        _drawn((1, 1, 2, 3), (2, 1, 3, 2), padding=(1, 1)), _PAIR, EQUAL_PAIR,
    ),
    Case("everything at once", 0.25, _forward_together, _TOGETHER, TOGETHER),
    Case("a kernel as large as the image", 0.25, _drawn((1, 2, 3, 2), (1, 2, 3, 2), (1,)), _FOUR_AXES),
    Case("1x1 kernels", 0.25, _drawn((2, 3, 2, 2), (2, 3, 1, 1), (2,), padding=0), _MIXING, _ONE_VALUE),
    Case("bias and settings by keyword", 0.25, _forward_keywords, _NAMES, NAMES),
    Case("arrays in another memory order", 0.25, _forward_orders, _ORDER),
    Case(
        "float32 arrays", 0.25, _drawn((1, 2, 4, 4), (2, 2, 3, 3), (2,), layout=_float32), _FLOAT32, FLOAT32
    ),
    Case("integer images", 0, _forward_integers, _INTEGERS),
)  # fmt: skip


def _entries(rung: Call) -> int:
    return sum(array.size for array in rung.args if isinstance(array, np.ndarray))


def pad_ladder() -> Iterator[Call]:
    paddings: tuple[Pair, ...] = (1, 0, (0, 1), (1, 0), 2, (1, 2))
    for shape in ((1, 1), (1, 2), (2, 1), (2, 2), (2, 1, 2), (2, 3), (1, 2, 2, 2), (2, 2, 1, 3)):
        yield from (call(inputs.counting(*shape), padding) for padding in paddings)


Geometry = tuple[tuple[int, int], tuple[int, int], Pair, Pair]
"""Image, kernel, stride and padding of a rung."""

_DOT: Geometry = ((1, 1), (1, 1), 1, 0)
_FRAMED: Geometry = ((2, 2), (2, 2), 1, 1)
_LINES: tuple[Geometry, ...] = (
    _DOT, ((1, 2), (1, 1), 1, 0), ((2, 1), (1, 1), 1, 0), ((1, 2), (1, 2), 1, 0), ((2, 1), (2, 1), 1, 0),
    ((1, 1), (1, 1), 1, 1), ((1, 1), (1, 1), 1, (0, 1)), ((1, 1), (1, 1), 1, (1, 0)), ((1, 1), (2, 2), 1, 1),
    ((1, 3), (1, 1), 2, 0), ((3, 1), (1, 1), 2, 0), ((1, 4), (1, 2), (1, 2), 0), ((4, 1), (2, 1), (2, 1), 0),
    ((4, 1), (2, 1), (1, 2), 0),
)
_PLANES: tuple[Geometry, ...] = (
    _FRAMED, ((2, 2), (2, 2), 1, 0), ((2, 2), (1, 2), 1, 0), ((2, 2), (2, 1), 1, 0), ((2, 2), (1, 1), 2, 1),
    ((2, 3), (1, 2), 1, 0), ((3, 2), (2, 1), 1, 0), ((2, 3), (2, 2), 1, (0, 1)), ((3, 2), (2, 2), 1, (1, 0)),
    ((3, 3), (2, 2), 1, 0), ((3, 3), (2, 2), 2, 0), ((3, 3), (2, 2), 2, 1), ((3, 3), (3, 3), 1, 0),
)
_LARGE: tuple[Geometry, ...] = (
    ((3, 4), (2, 3), (1, 2), 0), ((4, 3), (3, 2), (2, 1), (1, 0)), ((4, 4), (3, 3), 1, 0),
    ((4, 4), (2, 1), (2, 3), 0), ((4, 4), (3, 3), 2, 1), ((4, 4), (2, 3), (3, 2), (1, 2)),
)


def _third(*shape: int) -> Call:
    """Return the last rung: a weight of 1/3, since whole numbers cannot show that a result was rounded."""
    return call(np.ones(shape), np.full(shape, 1 / 3))


def _alternating(*shape: int) -> Array:
    """Return -2, 3, -4, 5, ...: weights of both signs, so that an output that was cut off at 0 shows."""
    weights = inputs.counting(*shape, start=2)
    return np.where(weights % 2 == 0, -weights, weights)


def single_ladder() -> Iterator[Call]:
    rungs = [
        call(inputs.scattered(*image) + 1, _alternating(*kernel), stride, padding)
        for image, kernel, stride, padding in (*_LINES, *_PLANES, *_LARGE)
    ]
    rungs.append(call(inputs.fortran(inputs.counting(2, 2)), np.full((1, 1), 2.0)))
    yield from sorted(rungs, key=_entries)
    yield _third(1, 1)


def _layer(batch: int, channels: int, filters: int, geometry: Geometry, bias: bool = False) -> Call:
    image, kernel, stride, padding = geometry
    x = inputs.scattered(batch, channels, *image) + 1
    weight = _alternating(filters, channels, *kernel)
    return call(x, weight, inputs.counting(filters, start=3) if bias else None, stride, padding)


def forward_ladder() -> Iterator[Call]:
    rungs = [_layer(1, 1, 1, geometry) for geometry in (*_LINES, *_PLANES, *_LARGE)]
    rungs += [_layer(1, 1, 1, geometry, bias=True) for geometry in (_DOT, _FRAMED)]
    rungs.append(call(inputs.fortran(inputs.counting(1, 1, 2, 2)), np.full((1, 1, 1, 1), 2.0)))
    for sizes in ((2, 1, 1), (1, 2, 1), (1, 1, 2), (2, 2, 2), (1, 2, 3)):
        rungs += [_layer(*sizes, _DOT), _layer(*sizes, _DOT, bias=True), _layer(*sizes, _FRAMED, bias=True)]
    rungs += [_layer(2, 2, 2, geometry, bias=True) for geometry in _LARGE]
    yield from sorted(rungs, key=_entries)
    yield _third(1, 1, 1, 1)
