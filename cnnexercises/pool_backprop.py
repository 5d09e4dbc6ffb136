"""Exercise 05: the gradients of max, average and L^p pooling, and upsampling."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import numpy.typing as npt

from cnnexercises import inputs
from cnnexercises.exercise import Call, Case, Exercise, FunctionTask, call
from cnnexercises.inputs import Array
from cnnexercises.output_size import Pair, conv_output_shape

Real = npt.NDArray[Any]
Layout = Callable[[Real], Real]
Draw = Callable[[np.random.Generator], Call]
Window = tuple[int, int, slice, slice]


def max_pool2d_backward(dout: Real, x: Real, kernel: Pair, stride: Pair | None = None) -> Array:
    """Return dx of max pooling, given dout = dJ/dout: each dout goes to the first maximum of its window.

    x (N, C, H, W) and dout (N, C, Ho, Wo) give dx (N, C, H, W), float64. The stride is the kernel unless it is
    given; floor mode, no padding. First in row-major order, as in torch.nn.MaxPool2d.
    """
    dx = np.zeros(x.shape)
    for error, window in _windows(dout, kernel, stride):
        first = np.unravel_index(np.argmax(x[window]), x[window].shape)
        dx[window][first] += error
    return dx


def avg_pool2d_backward(dout: Real, x: Real, kernel: Pair, stride: Pair | None = None) -> Array:
    """Return dx of average pooling, given dout = dJ/dout: each dout is shared out evenly in its window.

    Shapes, stride and rounding are those of max_pool2d_backward; the values of x do not matter.
    """
    dx = np.zeros(x.shape)
    for error, window in _windows(dout, kernel, stride):
        dx[window] += error / dx[window].size
    return dx


def lp_pool1d_backward(dout: Real, x: Real, p: float, m: int) -> Array:
    """Return dx of y_n = (sum |x_k|^p)^(1/p) over disjoint regions of m values, given dout = dJ/dy.

    x (L,) and dout (L // m,) give dx (L,), float64; the L % m values that are left over get 0. With s the sum,
    dy/dx_i = s^(1/p - 1) |x_i|^(p - 1) sign(x_i): the lecture's derivative times sign(x_i). p >= 1.
    """
    dx = np.zeros(x.shape)
    for n in range(len(x) // m):
        region = x[n * m : (n + 1) * m].astype(np.float64)
        total = np.sum(np.abs(region) ** p)
        slope = total ** (1 / p - 1) * np.abs(region) ** (p - 1) * np.sign(region)
        dx[n * m : (n + 1) * m] = dout[n] * slope
    return dx


def upsample(delta: Real, factor: Pair) -> Real:
    """Return delta (..., H, W) with each value repeated: (..., H factor_h, W factor_w), a new array.

    The values move and nothing is computed, so the dtype is that of delta.
    """
    factor_h, factor_w = _pair(factor)
    return np.repeat(np.repeat(delta, factor_h, axis=-2), factor_w, axis=-1)


def _pair(value: Pair) -> tuple[int, int]:
    return (value, value) if isinstance(value, int) else (value[0], value[1])


def _windows(dout: Real, kernel: Pair, stride: Pair | None) -> Iterator[tuple[float, Window]]:
    """Yield each error with the window of x that its output came from."""
    (kh, kw), (sh, sw) = _pair(kernel), _pair(kernel if stride is None else stride)
    for n, c, i, j in np.ndindex(dout.shape):
        yield dout[n, c, i, j], (n, c, slice(i * sh, i * sh + kh), slice(j * sw, j * sw + kw))


def _same(x: Real) -> Real:
    return x


def _float32(x: Real) -> Real:
    return x.astype(np.float32)


def _integers(rng: np.random.Generator, *shape: int) -> npt.NDArray[np.int64]:
    """Draw integers of either sign, none of them 0 and no two alike, so that there are no ties."""
    values = rng.permutation(int(np.prod(shape))).reshape(shape)
    return np.where(values % 2 == 0, values + 1, -values)


Shape = tuple[int, int, int, int]
Layouts = tuple[Layout, Layout]


def _pool(
    shape: Shape,
    kernel: Pair,
    stride: Pair | None = None,
    sign: Layout = np.abs,
    layouts: Layouts = (_same, _same),
) -> Draw:
    """Draw dout and x, whose values have the given sign: by default as after a ReLU, and never alike."""
    out = conv_output_shape(shape[2:], kernel, kernel if stride is None else stride)

    def draw(rng: np.random.Generator) -> Call:
        dout, x = inputs.normal(rng, *shape[:2], *out), sign(inputs.normal(rng, *shape))
        return call(layouts[0](dout), layouts[1](x), kernel, *(() if stride is None else (stride,)))

    return draw


def _pool_by_keyword(rng: np.random.Generator) -> Call:
    return call(stride=1, kernel=2, x=np.abs(inputs.normal(rng, 1, 1, 3, 4)), dout=inputs.normal(rng, 1, 1, 2, 3))


def _pool_stride_none(rng: np.random.Generator) -> Call:
    dout, x = inputs.normal(rng, 1, 1, 2, 2), np.abs(inputs.normal(rng, 1, 1, 6, 6))
    return call(dout, x, kernel=3, stride=None)


def _pool_integers(rng: np.random.Generator) -> Call:
    return call(inputs.normal(rng, 1, 2, 2, 3), _integers(rng, 1, 2, 4, 6), 2)


def _pool_ties(rng: np.random.Generator) -> Call:
    """Draw windows whose maximum occurs two, three or four times: what a ReLU leaves of them is 0 throughout."""
    windows = [[[1, 3], [3, 2]], [[0, 0], [0, 0]], [[-2, -1], [-1, -1]], [[5, 5], [4, 5]]]
    x = np.array(windows, np.float64).reshape(1, 4, 2, 2)[:, rng.permutation(4)]
    return call(inputs.normal(rng, 1, 4, 1, 1), x, 2)


def _row(length: int, p: float, m: int, sign: Layout = _same, layout: Layout = _same) -> Draw:
    def draw(rng: np.random.Generator) -> Call:
        return call(layout(inputs.normal(rng, length // m)), layout(sign(inputs.normal(rng, length))), p, m)

    return draw


def _row_by_keyword(rng: np.random.Generator) -> Call:
    return call(m=2, p=2.0, x=inputs.normal(rng, 4), dout=inputs.normal(rng, 2))


def _row_with_zeros(rng: np.random.Generator) -> Call:
    x = inputs.normal(rng, 6)
    x[[0, 4]] = 0
    return call(inputs.normal(rng, 2), x, 3.0, 3)


def _row_of_integers(rng: np.random.Generator) -> Call:
    return call(inputs.normal(rng, 3), _integers(rng, 6), 2.0, 2)


def _grow(*shape: int, factor: Pair, layout: Layout = _same) -> Draw:
    return lambda rng: call(layout(inputs.normal(rng, *shape)), factor)


def _grow_by_keyword(rng: np.random.Generator) -> Call:
    return call(factor=2, delta=inputs.normal(rng, 2, 2))


_PLACE = "The window of output (i, j) begins at row i * stride and column j * stride; the stride is the kernel."
_CHANNELS = "Every channel is pooled for itself."
_BATCH = "Every image is pooled for itself: dx[n] comes from x[n] and dout[n], and from nothing else."
_SIDES = "Rows go with the height and columns with the width: neither tells the size of the other."
_OVERLAP = "An input may be in several windows, and then gets something from each: it adds up."
_STRIDE = "Windows begin `stride` apart and are as large as `kernel`: two different things. " + _OVERLAP
_GAPS = "Some inputs lie between the windows. dx has them all the same, and they are 0."
_REST = "The windows do not use up the image. dx has the shape of x; what is left over gets 0."
_KERNEL = "The kernel is (height, width). A position counted along the rows of a window is row * width + column."
_AREA = "The kernel is (height, width), and the mean is over height * width values."
_PAIR = "An int counts for both axes; of a pair, the first is for the height and the second for the width."
_BELOW_ZERO = "All values are negative. The largest of them is the maximum; it need not be above 0."
_TIES = (
    "Some windows hold their maximum more than once. The first of them in row-major order takes all, as in "
    "PyTorch; otherwise the errors of one output would count more than once, or go elsewhere than in PyTorch."
)
_WHOLE = "There is one window for each channel; dout still has four axes."
_PIXEL = "A window of one value is its own maximum and its own mean: dx has the values of dout."
_NONE = "stride=None means what leaving it out means: the stride is the kernel."
_NAMES = "The arguments have the names that the exercise gives them."
_MEMORY = "The values are ordinary, only their order in memory is not: work with indices, not with strides."
_FLOAT32 = "A float32 array has the same values to 7 digits; nothing else may change."
_INTEGERS = (
    "With an integer x the result differs: np.zeros_like(x) holds integers too, and has no room for a gradient "
    "with decimals. Make it with np.zeros(x.shape), which is float64."
)
_EVENLY = "y is the mean, so each input of the window gets the same part of the error, and the parts sum to it."


def _pool_cases(
    place: str, kernel: str, own: tuple[Case, ...], sign: Layout
) -> tuple[Case, ...]:
    """Return what max and average pooling are both asked, and the cases that only one of them has."""
    return (
        Case("one image, one channel, 2x2 windows", 2, _pool((1, 1, 4, 4), 2, sign=sign), place),
        Case("three channels", 1, _pool((1, 3, 4, 4), 2, sign=sign), _CHANNELS),
        Case("a batch of three images", 1, _pool((3, 1, 4, 4), 2, sign=sign), _BATCH),
        Case("an image wider than high", 1, _pool((1, 1, 4, 8), 2, sign=sign), _SIDES),
        Case("an image higher than wide", 1, _pool((1, 1, 8, 4), 2, sign=sign), _SIDES),
        Case("overlapping windows, stride 1", 1, _pool((1, 1, 5, 5), 3, 1, sign), _OVERLAP),
        Case("overlapping windows, stride 2", 1, _pool((1, 1, 9, 9), 3, 2, sign), _STRIDE),
        Case("windows with gaps", 1, _pool((1, 1, 5, 5), 2, 3, sign), _GAPS),
        Case("sizes that do not divide", 1, _pool((1, 1, 5, 5), 2, sign=sign), _REST),
        Case("a kernel wider than high", 0.5, _pool((1, 1, 6, 6), (2, 3), sign=sign), kernel),
        Case("a kernel higher than wide", 0.5, _pool((1, 1, 6, 6), (3, 2), sign=sign), kernel),
        Case("stride as a pair", 0.5, _pool((1, 2, 6, 7), 3, (1, 2), sign), _PAIR),
        *own,
        Case("one window as large as the image", 0.5, _pool((1, 2, 3, 4), (3, 4), sign=sign), _WHOLE),
        Case("1x1 windows on one pixel", 0.5, _pool((1, 1, 1, 1), 1, sign=sign), _PIXEL),
        Case("arguments by keyword", 0.5, _pool_by_keyword, _NAMES),
        Case("stride=None", 0.25, _pool_stride_none, _NONE),
    )
