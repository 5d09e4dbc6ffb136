"""What the functions of exercise 05 are asked: their cases, and the ladders of small calls."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt

from cnnexercises import inputs
from cnnexercises.case_reasons import ALONE, FLOAT32, NAMES, PLAIN, TOGETHER, VIEW
from cnnexercises.exercise import Call, Case, call
from cnnexercises.inputs import Array
from cnnexercises.output_size import Pair, conv_output_shape

Real = npt.NDArray[Any]
Layout = Callable[[Real], Real]
Draw = Callable[[np.random.Generator], Call]


def _same(x: Real) -> Real:
    return x


def _float32(x: Real) -> Real:
    return x.astype(np.float32)


def _float32_view(x: Real) -> Real:
    return inputs.strided(_float32(x))


def _integers(rng: np.random.Generator, *shape: int) -> npt.NDArray[np.int64]:
    """Draw integers of either sign, none of them 0 and no two alike, so that there are no ties."""
    values = rng.permutation(int(np.prod(shape))).reshape(shape)
    return np.where(values % 2 == 0, values + 1, -values)


Sizes = tuple[int, int, int, int]


def _pair(value: Pair) -> tuple[int, int]:
    return (value, value) if isinstance(value, int) else (value[0], value[1])


def _outputs(sizes: Sizes, kernel: Pair, stride: Pair | None) -> Sizes:
    """Return the shape of dout."""
    step = kernel if stride is None else stride
    return (*sizes[:2], *conv_output_shape((sizes[2], sizes[3]), kernel, step))


def _images(rng: np.random.Generator, sizes: Sizes, kernel: Pair, stride: Pair | None = None) -> Array:
    """Draw x: no two values alike, all above 0 as after a ReLU, with the maxima in many places.

    Where windows do not overlap, the maxima go through all places of a window, in an order that differs from
    channel to channel and from image to image: a mistake about places shows, whatever the generator.
    """
    x = np.abs(inputs.normal(rng, *sizes))
    (kh, kw), (sh, sw) = _pair(kernel), _pair(kernel if stride is None else stride)
    order = rng.permutation(kh * kw)
    for n, c, i, j in np.ndindex(_outputs(sizes, kernel, stride)):
        number = i * ((sizes[3] - kw) // sw + 1) + j + n * sizes[1] + c
        row, column = divmod(int(order[number % len(order)]), kw)
        if sh >= kh and sw >= kw:
            x[n, c, i * sh + row, j * sw + column] += 9
    return x


def _pool(sizes: Sizes, kernel: Pair, stride: Pair | None = None, add: float = 0) -> Draw:
    """Draw dout, and x as said above, plus ``add``."""

    def draw(rng: np.random.Generator) -> Call:
        x = _images(rng, sizes, kernel, stride) + add
        dout = inputs.normal(rng, *_outputs(sizes, kernel, stride))
        return call(dout, x, kernel) if stride is None else call(dout, x, kernel, stride)

    return draw


def _pool_ties(rng: np.random.Generator) -> Call:
    """Draw windows that hold their maximum two, three and four times, or are all 0, as a ReLU leaves them.

    They lie side by side, and the values of one window occur in others: its maximum is to be found in it alone.
    """
    windows = np.array([[1, 3, 3, 2], [2, 2, 1, 1], [1, 2, 2, 2], [0, 0, 0, 0]], np.float64)
    grid = windows[rng.permutation(4)].reshape(2, 2, 2, 2)
    return call(inputs.normal(rng, 1, 1, 2, 2), grid.swapaxes(1, 2).reshape(1, 1, 4, 4), 2)


def _pool_by_keyword(rng: np.random.Generator) -> Call:
    dout, x, kernel = _pool((1, 1, 6, 6), 3)(rng).args
    return call(stride=None, kernel=kernel, x=x, dout=dout)


def _pool_other_orders(rng: np.random.Generator) -> Call:
    dout, x, kernel = _pool((2, 2, 4, 6), 2)(rng).args
    return call(inputs.strided(dout), inputs.fortran(x), kernel)


def _pool_single_precision(rng: np.random.Generator) -> Call:
    dout, x, kernel = _pool((1, 2, 4, 4), 2)(rng).args
    return call(_float32(dout), _float32(x), kernel)


def _pool_integers(rng: np.random.Generator) -> Call:
    return call(inputs.normal(rng, 1, 2, 2, 3), _integers(rng, 1, 2, 4, 6), 2)


def _row(length: int, p: float, m: int, change: Layout = _same) -> Draw:
    """Draw dout and x of the given length; ``change`` sets the sign, dtype or memory order of both."""
    sizes = (length // m, length)
    return lambda rng: call(*(change(inputs.normal(rng, size)) for size in sizes), p, m)


def _row_by_keyword(rng: np.random.Generator) -> Call:
    return call(m=2, p=2.0, x=inputs.normal(rng, 4), dout=inputs.normal(rng, 2))


def _row_with_zeros(p: float) -> Draw:
    def draw(rng: np.random.Generator) -> Call:
        x = inputs.normal(rng, 6)
        x[[0, 4]] = 0
        return call(inputs.normal(rng, 2), x, p, 3)

    return draw


def _row_of_integers(rng: np.random.Generator) -> Call:
    return call(inputs.normal(rng, 3), _integers(rng, 6), 2.0, 2)


def _grow(*sizes: int, factor: Pair, change: Layout = _same) -> Draw:
    return lambda rng: call(change(inputs.normal(rng, *sizes)), factor)


def _grow_by_keyword(rng: np.random.Generator) -> Call:
    return call(factor=2, delta=inputs.normal(rng, 2, 2))


def _grow_integers(rng: np.random.Generator) -> Call:
    return call(_integers(rng, 2, 3), 2)


_PLACE = "Output (i, j) came from the window that begins at row i * stride and column j * stride."
_CHANNELS = "Every channel is pooled for itself."
_BATCH = "Every image is pooled for itself: dx[n] comes from x[n] and dout[n], and from nothing else."
_SIDES = "Rows go with the height and columns with the width: neither tells the size of the other."
_OVERLAP = "An input may lie in several windows, and gets its share of each: the shares add up."
_STRIDE = "Windows begin `stride` apart and are as large as `kernel`, which is not the same here."
_GAPS = "Some inputs lie between the windows. dx has them all the same, and they are 0."
_REST = "The windows do not use up the image. dx has the shape of x, and what is left over is 0."
_ARGMAX = "np.argmax counts along the rows of the window: row * width + column, with the width of the window."
_AREA = "The kernel is (height, width), and the mean is over height * width values."
_PAIR = "An int counts for both axes; of a pair, the first is for the height and the second for the width."
_BELOW_ZERO = "All inputs are negative. A window has a maximum all the same, and it is below 0."
_TIES = (
    "Some windows hold their maximum more than once, and other windows hold the same values. The first one of a "
    "window, going along its rows, takes the whole error, as in PyTorch."
)
_TOGETHER = "Batch, channels, kernel and stride work one by one; look at how they meet."
_WHOLE = "There is one window for each channel; dout still has four axes."
_PIXEL = "A window of one value: dx has the values of dout, in a new array."
_NAMES = "The arguments have the names that the exercise gives them; stride=None is the same as no stride."
_NAMES_ONLY = "The arguments have the names that the exercise gives them."
_MEMORY = "The values are ordinary, only their order in memory is not: work with indices, not with strides."
_FLOAT32 = "A float32 array has the same values to 7 digits; nothing else may change."
_INTEGERS = (
    "With an integer x the result differs: np.zeros_like(x) holds integers too, and has no room for a "
    "gradient with decimals. Make it with np.zeros(x.shape), which is float64."
)


def _pool_cases(kernel: str, *own: Case) -> tuple[Case, ...]:
    """Return the cases of max and average pooling; ``kernel`` is said of kernels that are not square."""
    return (
        Case("one image, one channel, 2x2 windows", 2, _pool((1, 1, 4, 4), 2), _PLACE),
        Case("three channels", 1, _pool((1, 3, 4, 4), 2), _CHANNELS),
        Case("a batch of three images", 1, _pool((3, 1, 4, 4), 2), _BATCH),
        Case("an image wider than high", 1, _pool((1, 1, 4, 8), 2), _SIDES),
        Case("an image higher than wide", 1, _pool((1, 1, 8, 4), 2), _SIDES),
        Case("overlapping windows, stride 1", 1.5, _pool((1, 1, 6, 6), 3, 1), _OVERLAP),
        Case("overlapping windows, stride 2", 1, _pool((1, 1, 7, 7), 3, 2), f"{_STRIDE} {_OVERLAP}"),
        Case("windows with gaps", 1, _pool((1, 1, 5, 5), 2, 3), _GAPS),
        Case("sizes that do not divide", 1, _pool((1, 1, 5, 5), 2), _REST),
        Case("a kernel wider than high", 1, _pool((1, 1, 6, 6), (2, 3)), kernel),
        Case("a kernel higher than wide", 1, _pool((1, 1, 6, 6), (3, 2)), kernel),
        Case("stride as a pair", 0.5, _pool((1, 1, 5, 8), 2, (2, 3)), _PAIR),
        *own,
        Case("everything at once", 0.5, _pool((2, 2, 6, 8), (3, 2), (2, 3)), _TOGETHER),
        Case("one window as large as the image", 0.5, _pool((1, 2, 3, 4), (3, 4)), _WHOLE),
        Case("an image of one pixel", 0.5, _pool((1, 1, 1, 1), (1, 1), (1, 1)), _PIXEL),
        Case("arguments by keyword, stride=None", 0.5, _pool_by_keyword, _NAMES),
        Case("arrays in another memory order", 0.5, _pool_other_orders, _MEMORY),
        Case("float32 arrays", 0.5, _pool_single_precision, _FLOAT32),
        Case("an integer x", 0, _pool_integers, _INTEGERS),
    )


_TALL = "Wide and high are apart: code that has room for one of them only keeps the points of that one."
_ORDER = "The error is all that is read of the arrays: code that goes by its bytes fails here alone."
_STAY = {
    "one image, one channel, 2x2 windows": PLAIN,
    "three channels": ALONE,
    "a batch of three images": ALONE,
    "an image wider than high": _TALL,
    "an image higher than wide": _TALL,
    "windows with gaps": ALONE,
    "arguments by keyword, stride=None": NAMES,
    "float32 arrays": FLOAT32,
}
_STAY_FOR_MEANS = {
    "overlapping windows, stride 1": ALONE,
    "overlapping windows, stride 2": ALONE,
    "everything at once": TOGETHER,
    "arrays in another memory order": _ORDER,
}


def _staying(cases: tuple[Case, ...], reasons: Mapping[str, str]) -> tuple[Case, ...]:
    return tuple(replace(case, stays=reasons.get(case.name)) for case in cases)


_NEGATIVE = Case("negative inputs", 1, _pool((1, 1, 4, 4), 2, add=-20), _BELOW_ZERO)
_TIED = Case("ties", 1, _pool_ties, _TIES)
MAX_CASES = _staying(_pool_cases(_ARGMAX, _NEGATIVE, _TIED), _STAY)
AVG_CASES = _staying(_pool_cases(_AREA), {**_STAY, **_STAY_FOR_MEANS})

_NORM = "The slope is (sum |x_k|^p)^(1/p - 1) * |x_i|^(p - 1) * sign(x_i), times the error of the region."
_SIGN = "Where x_i is negative, |x_i| falls as x_i rises: the slope is negative. The lecture lacks sign(x_i)."
_POWER = "p may be any number from 1 on. A negative number has no power 1.5, its absolute value has."
_ONE = "With p = 1, y is the sum of the absolute values, so every slope is 1 or -1."
_LEFT_OVER = "The last values fill no region. dx has them all the same, and they are 0."
_REGIONS = "There are len(x) // m regions, one after the other; region n begins at n * m."
_ZERO = "With p > 1 the slope at x_i = 0 is 0, so dx is 0 there: take care not to divide by x_i."
_INFINITE = "The slope at x_i = 0 is 0. 0 ** (p - 2) is infinite here, and 0 times that is NaN: use |x_i| ** (p - 1)."

_ODD = "The power p - 1 is even, so that x_i ** (p - 1) loses the sign: the first case of a p that is not 2."
_LEAST = "It is the least p that there is; and powers without absolute values are wrong here alone with some draws."
_NO_ZERO = "A p that is no whole number is most of the points of such a p: zeros are a trap of their own."
_SINGLE = "There is one region: code that finds the regions wrong keeps its points."
_SMALLEST = "A region of one value has slope 1 or -1: it is the edge that the formula allows for m."

LP_CASES = (
    Case("p = 2, inputs above 0", 1, _row(6, 2.0, 3, np.abs), _NORM, PLAIN),
    Case("p = 2", 1, _row(8, 2.0, 4), _SIGN, ALONE),
    Case("p = 3", 1, _row(8, 3.0, 2), _SIGN, _ODD),
    Case("p = 1", 1, _row(6, 1.0, 3), _ONE, _LEAST),
    Case("p = 1.5", 1, _row(6, 1.5, 2), _POWER, _NO_ZERO),
    Case("values that are left over", 1, _row(8, 2.0, 3), _LEFT_OVER),
    Case("one region", 0.5, _row(4, 4.0, 4), _REGIONS, _SINGLE),
    Case("regions of one value", 0.5, _row(3, 2.0, 1), _REGIONS, _SMALLEST),
    Case("some inputs are 0, p = 3", 0.25, _row_with_zeros(3.0), _ZERO),
    Case("some inputs are 0, p = 1.5", 0.25, _row_with_zeros(1.5), _INFINITE),
    Case("arguments by keyword", 0.5, _row_by_keyword, _NAMES_ONLY, NAMES),
    Case("views of larger arrays", 0.5, _row(6, 2.0, 3, inputs.strided), _MEMORY, VIEW),
    Case("float32 arrays", 0.5, _row(6, 2.0, 3, _float32), _FLOAT32, FLOAT32),
    Case("an integer x", 0, _row_of_integers, _INTEGERS),
)

_BLOCKS = "Each value becomes a block of its own: factor_h rows and factor_w columns, undivided."
_LEADING = "Only the last two axes grow, however many there are before them."
_ALONE = "With factor 1 the result has the values of delta, in a new array."
_MOVED = "Repeating only moves values: integers should stay the integers that they are, or become floats."

_NOT_2 = "It is the only int but 1 and 2, on a map that is not square: a 2 that is written in shows on its own."
_COPY = "It says that factor 1 is allowed, and code that errs in how values are repeated keeps its points."

UPSAMPLE_CASES = (
    Case("2x2 values, factor 2", 1, _grow(2, 2, factor=2), _BLOCKS, PLAIN),
    Case("2x3 values, factor 3", 1, _grow(2, 3, factor=3), _BLOCKS, _NOT_2),
    Case("factor as a pair", 1, _grow(3, 2, factor=(2, 3)), _PAIR),
    Case("three axes", 0.5, _grow(3, 2, 2, factor=2), _LEADING),
    Case("four axes", 0.5, _grow(2, 3, 2, 1, factor=2), _LEADING),
    Case("factor 1", 0.25, _grow(2, 3, factor=1), _ALONE, _COPY),
    Case("arguments by keyword", 0.25, _grow_by_keyword, _NAMES_ONLY, NAMES),
    Case("an array in another memory order", 0.25, _grow(2, 3, factor=2, change=inputs.fortran), _MEMORY),
    Case("a float32 view of a larger array", 0.25, _grow(2, 3, factor=2, change=_float32_view), _FLOAT32, VIEW),
    Case("an integer delta", 0, _grow_integers, _MOVED),
)


Geometry = tuple[Sizes, Pair, Pair | None]
"""Shape of x, kernel, stride."""

_GEOMETRIES: tuple[Geometry, ...] = (
    ((1, 1, 1, 1), 1, None), ((1, 1, 1, 2), (1, 2), None), ((1, 1, 2, 1), (2, 1), None),
    ((1, 1, 2, 2), 2, None), ((1, 1, 2, 2), 1, None), ((1, 1, 1, 3), (1, 2), None),
    ((1, 1, 3, 1), (2, 1), None),
    ((1, 1, 1, 3), (1, 2), 1), ((1, 1, 3, 1), (2, 1), 1), ((1, 1, 1, 3), 1, 2), ((1, 1, 3, 1), 1, 2),
    ((1, 2, 1, 1), 1, None), ((2, 1, 1, 1), 1, None), ((1, 2, 1, 2), 1, None),
    ((1, 2, 1, 2), (1, 2), None), ((1, 2, 2, 2), 2, None), ((2, 1, 2, 2), 2, None),
    ((1, 1, 2, 3), (2, 3), None), ((1, 1, 3, 2), (3, 2), None), ((1, 1, 2, 3), 2, None),
    ((1, 1, 3, 2), 2, None),
    ((1, 1, 2, 4), 2, None), ((1, 1, 4, 2), 2, None), ((1, 1, 3, 3), 2, None), ((1, 1, 3, 3), 2, 1),
    ((1, 1, 3, 3), 1, 2), ((1, 1, 3, 3), 3, None), ((1, 1, 4, 4), 2, None), ((1, 1, 4, 4), 3, 1),
    ((1, 1, 4, 4), 2, 1), ((1, 1, 3, 4), 2, (1, 2)), ((1, 1, 4, 3), 2, (2, 1)),
    ((1, 1, 4, 4), (3, 2), (1, 2)),
    ((2, 2, 3, 4), (2, 3), 1), ((2, 3, 4, 4), 2, None),
)  # fmt: skip


def _uneven(*sizes: int) -> Array:
    """Return the whole numbers from 1 on in an uneven order, that of cubes modulo 101 (all distinct)."""
    cubes = np.array([pow(k, 3, 101) for k in range(5, 5 + int(np.prod(sizes)))])
    return (np.argsort(np.argsort(cubes)) + 1).astype(np.float64).reshape(sizes)


def _rung(sizes: Sizes, kernel: Pair, stride: Pair | None) -> Call:
    dout, x = inputs.counting(*_outputs(sizes, kernel, stride)), _uneven(*sizes)
    return call(dout, x, kernel) if stride is None else call(dout, x, kernel, stride)


def _entries(rung: Call) -> int:
    return sum(int(array.size) for array in rung.args[:2])


def pool_ladder() -> Iterator[Call]:
    yield from sorted((_rung(*geometry) for geometry in _GEOMETRIES), key=_entries)


def max_ladder() -> Iterator[Call]:
    by_columns = inputs.fortran(np.array([[[[1, 4], [2, 3]]]], np.float64))
    same_top = call(np.array([[[[1.0, 2.0]]]]), np.array([[[[1.0, 3.0, 2.0, 3.0]]]]), (1, 2))
    yield from sorted((*pool_ladder(), call(np.array([[[[2.0]]]]), by_columns, 2), same_top), key=_entries)
    for window in ([[-2, -1], [-4, -3]], [[1, 3], [3, 2]], [[2, 2], [1, 1]], [[0, 0], [0, 0]]):
        yield call(np.array([[[[2.0]]]]), np.array([[window]], np.float64), 2)


def lp_ladder() -> Iterator[Call]:
    yield from sorted(_lp_rungs(), key=_entries)


def _lp_rungs() -> Iterator[Call]:
    for x in ([2], [-2], [3, 4], [3, -4], [0, 2], [-3, 4, 1], [3, 4, -1, 2, 5]):
        for m in range(min(len(x), 3), 0 if all(x) else 1, -1):
            for p in (2, 1, 3, 1.5) if all(x) else (2, 3, 1.5):
                yield call(inputs.counting(len(x) // m, start=2), np.array(x, np.float64), p, m)


def upsample_ladder() -> Iterator[Call]:
    factors: tuple[Pair, ...] = (1, 2, 3, (1, 2), (2, 1), (2, 3))
    for sizes in ((1, 1), (1, 2), (2, 1), (2, 2), (2, 1, 2), (2, 3), (2, 2, 1, 2)):
        yield from (call(inputs.counting(*sizes), factor) for factor in factors)
        if sizes == (2, 2):
            yield call(inputs.fortran(inputs.counting(*sizes, start=2)), 2)
