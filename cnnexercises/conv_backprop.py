"""Exercise 04: the gradients of a convolution, for a row of numbers and for a batch of images."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import numpy.typing as npt

from cnnexercises import inputs
from cnnexercises.case_reasons import ALONE, FLOAT32, NAMES, PLAIN, VIEW
from cnnexercises.exercise import Call, Case, Exercise, FunctionTask, call
from cnnexercises.inputs import Array
from cnnexercises.output_size import Pair, conv_output_shape

Real = npt.NDArray[Any]
Layout = Callable[[Real], Real]
Draw = Callable[[np.random.Generator], Call]


def conv1d_backward(dy: Real, x: Real, w: Real) -> tuple[Array, Array]:
    """Return (dx, dw) of y[n] = sum_i x[n + i] w[i], valid and with stride 1, given dy = dJ/dy.

    x (L,), w (K,) and dy (L - K + 1,) give dx (L,) and dw (K,), float64. From the lecture's
    dy_n/dx_(n+i-1) = w_i and dy_n/dw_i = x_(n+i-1) by the chain rule, counting from 0.
    """
    dy, x, w = (array.astype(np.float64) for array in (dy, x, w))
    dx, dw = np.zeros(x.shape), np.zeros(w.shape)
    for n, i in np.ndindex(len(dy), len(w)):
        dx[n + i] += dy[n] * w[i]
        dw[i] += dy[n] * x[n + i]
    return dx, dw


def conv2d_backward(
    dout: Real, x: Real, weight: Real, stride: Pair = 1, padding: Pair = 0
) -> tuple[Array, Array, Array]:
    """Return (dx, dweight, dbias) of a convolution as torch.nn.Conv2d computes it, given dout = dJ/dout.

    x (N, C, H, W), weight (F, C, kH, kW) and dout (N, F, Ho, Wo) give dx like x, dweight like weight and
    dbias (F,), float64. An output is its window of the padded x times the filter, plus the bias: so its share
    of dx is the filter, its share of dweight is the window and its share of dbias is 1, times its dout.
    """
    (sh, sw), (ph, pw) = _pair(stride), _pair(padding)
    dout, x, weight = (array.astype(np.float64) for array in (dout, x, weight))
    padded = np.pad(x, ((0, 0), (0, 0), (ph, ph), (pw, pw)))
    dpadded, dweight = np.zeros(padded.shape), np.zeros(weight.shape)
    for n, f, i, j in np.ndindex(dout.shape):
        rows = slice(i * sh, i * sh + weight.shape[2])
        columns = slice(j * sw, j * sw + weight.shape[3])
        dpadded[n, :, rows, columns] += dout[n, f, i, j] * weight[f]
        dweight[f] += dout[n, f, i, j] * padded[n, :, rows, columns]
    dx = dpadded[:, :, ph : ph + x.shape[2], pw : pw + x.shape[3]]
    return dx, dweight, dout.sum(axis=(0, 2, 3))


def _pair(value: Pair) -> tuple[int, int]:
    return (value, value) if isinstance(value, int) else (value[0], value[1])


def _float32(x: Real) -> Real:
    return x.astype(np.float32)


def _errors(rng: np.random.Generator, *shape: int) -> Array:
    """Draw dJ/dy around 1: dbias is a plain sum of these, and a sum near 0 would be too hard for float32."""
    return inputs.normal(rng, *shape) + 1


def _line(length: int, taps: int, layout: Layout = np.asarray) -> Draw:
    """Draw dy, x and w; ``layout`` sets their dtype or memory order."""
    sizes = (length - taps + 1, length, taps)
    return lambda rng: call(*(layout(_errors(rng, size)) for size in sizes))


def _line_by_keyword(rng: np.random.Generator) -> Call:
    return call(w=inputs.normal(rng, 2), x=inputs.normal(rng, 6), dy=inputs.normal(rng, 5))


def _line_of_integers(rng: np.random.Generator) -> Call:
    return call(inputs.normal(rng, 4), rng.integers(-9, 10, 6), rng.integers(-9, 10, 3))


Sizes = tuple[int, int, int]
"""Images, channels, filters."""
Geometry = tuple[tuple[int, int], tuple[int, int], Pair, Pair]
"""Image, kernel, stride and padding."""


def _shapes(sizes: Sizes, geometry: Geometry) -> tuple[tuple[int, ...], ...]:
    """Return the shapes of dout, x and weight."""
    (images, channels, filters), (image, kernel, stride, padding) = sizes, geometry
    out = conv_output_shape(image, kernel, stride, padding)
    return (images, filters, *out), (images, channels, *image), (filters, channels, *kernel)


def _given(stride: Pair, padding: Pair) -> dict[str, Pair]:
    """Return the arguments that are not the defaults, as a person would write the call."""
    return ({"stride": stride} if stride != 1 else {}) | ({"padding": padding} if padding != 0 else {})


def _layer(
    sizes: Sizes, image: tuple[int, int], kernel: tuple[int, int], stride: Pair = 1, padding: Pair = 0
) -> Draw:
    geometry, given = (image, kernel, stride, padding), _given(stride, padding)
    return lambda rng: call(*_arrays(rng, sizes, geometry), **given)


def _arrays(rng: np.random.Generator, sizes: Sizes, geometry: Geometry) -> tuple[Array, Array, Array]:
    """Draw dout, x and weight."""
    dout, x, weight = _shapes(sizes, geometry)
    return _errors(rng, *dout), inputs.normal(rng, *x), inputs.normal(rng, *weight)


_KEEPS_SIZE: Geometry = ((4, 4), (3, 3), 1, 1)


def _padding_zero(rng: np.random.Generator) -> Call:
    return call(*_arrays(rng, (1, 2, 2), ((5, 5), (1, 1), 2, 0)), 2, 0)


def _by_keyword(rng: np.random.Generator) -> Call:
    dout, x, weight = _arrays(rng, (1, 1, 1), _KEEPS_SIZE)
    return call(padding=1, weight=weight, x=x, dout=dout)


def _other_orders(rng: np.random.Generator) -> Call:
    dout, x, weight = _arrays(rng, (2, 2, 2), _KEEPS_SIZE)
    return call(inputs.strided(dout), inputs.fortran(x), inputs.fortran(weight), padding=1)


def _single_precision(rng: np.random.Generator) -> Call:
    return call(*map(_float32, _arrays(rng, (2, 2, 2), _KEEPS_SIZE)), padding=1)


def _integers(rng: np.random.Generator) -> Call:
    x, weight = rng.integers(0, 10, (1, 2, 4, 4)), rng.integers(-3, 4, (2, 2, 3, 3))
    return call(_errors(rng, 1, 2, 4, 4), x, weight, padding=1)


_TERMS = "Which x and which w meet in y[n]? Every such meeting gives one term of dx and one term of dw."
_LONGER = "dx is as long as x and dw as long as w, whatever the length of dy."
_ONE_TAP = "With one weight y is x times that weight, so dw is a single sum."
_ONE_Y = "There is one output only. dy, dx and dw still are arrays, dy of shape (1,)."
_NAMES = "The arguments have the names that the exercise gives them."
_MEMORY = "The values are ordinary, only their order in memory is not: work with indices, not with strides."
_FLOAT32 = "A float32 array has the same values to 7 digits; nothing else may change."
_INTEGERS = (
    "With integer arrays the result differs: np.zeros_like(x) of an integer x holds integers too, and has no "
    "room for a gradient with decimals. Make it with np.zeros(x.shape), which is float64."
)
_UNPAD = (
    "dx has the shape of x. In the padded image x begins at row and column `padding`; and at padding 0 there "
    "is nothing to cut off, where a slice padding : -padding is empty."
)
_STRIDE = "Output (i, j) looks at the window that begins at row i * stride and column j * stride."
_BATCH = "Each image has a dx of its own; dweight and dbias are sums over all images, not means."
_CHANNELS = (
    "Every filter looks at every channel: dx adds up over the filters, and dweight[f] has a slice for each "
    "channel."
)
_SIDES = "Rows go with the height and columns with the width: neither tells the size of the other."
_REST = "Some rows and columns of x lie in no window. dx has them all the same, and they are 0."
_GAPS = "There are gaps between the windows. " + _REST
_PAIR = "An int counts for both axes; of a pair, the first is for the height and the second for the width."
_ONE_SIDE = "One axis is padded and the other is not; dx has the shape of x on both."
_TOGETHER = "Batch, channels, filters, stride and padding work one by one; look at how they meet."
_FOUR_AXES = "There is one output only; dout still has four axes."
_FRAME = "Some windows see nothing but padding. They add to dbias, and to nothing else."

_OTHER_LENGTHS = "Lengths that are written in for the first case show here; the cases below have rules of their own."
_EXCHANGED = "np.correlate and np.convolve take the longer row first, whichever comes first: here it is the kernel."
_BOTH_WAYS = "Wide and high are apart: code that has room for one of them only keeps the points of that one."
_NO_FRAME = "Stride, gaps and a rest without any padding: code that errs in the padding keeps its points."

_LINE_CASES = (
    Case("6 inputs, kernel of 3", 2, _line(6, 3), _TERMS, PLAIN),
    Case("7 inputs, kernel of 2", 1, _line(7, 2), _TERMS, _OTHER_LENGTHS),
    Case("kernel longer than dy", 1, _line(6, 5), _LONGER, _EXCHANGED),
    Case("kernel of one value", 1, _line(8, 1), _ONE_TAP),
    Case("kernel as long as the input", 0.5, _line(4, 4), _ONE_Y),
    Case("arguments by keyword", 0.5, _line_by_keyword, _NAMES, NAMES),
    Case("views of larger arrays", 0.5, _line(6, 3, inputs.strided), _MEMORY, VIEW),
    Case("float32 arrays", 0.5, _line(6, 3, _float32), _FLOAT32, FLOAT32),
    Case("integer x and w", 0, _line_of_integers, _INTEGERS),
)

_LAYER_CASES = (
    Case("one image, one channel, one filter", 2, _layer((1, 1, 1), (5, 5), (3, 3)), _UNPAD, PLAIN),
    Case("padding 1", 1, _layer((1, 1, 1), (4, 4), (3, 3), 1, 1), _UNPAD, ALONE),
    Case("padding 2", 1, _layer((1, 1, 1), (4, 4), (3, 3), 1, 2), _UNPAD),
    Case("stride 2", 1, _layer((1, 1, 1), (5, 5), (3, 3), 2, 1), _STRIDE, ALONE),
    Case("a batch of three images", 1.5, _layer((3, 1, 1), (3, 3), (3, 3), 1, 1), _BATCH, ALONE),
    Case("three channels, two filters", 1.5, _layer((1, 3, 2), (4, 4), (3, 3), 1, 1), _CHANNELS, ALONE),
    Case("an image wider than high", 1, _layer((1, 1, 1), (3, 6), (3, 3), 1, 1), _SIDES),
    Case("an image higher than wide", 1, _layer((1, 1, 1), (6, 3), (3, 3), 1, 1), _SIDES, _BOTH_WAYS),
    Case("a kernel wider than high", 1, _layer((1, 1, 1), (4, 4), (2, 3), 1, 1), _SIDES, _BOTH_WAYS),
    Case("a kernel higher than wide", 1, _layer((1, 1, 1), (4, 4), (3, 2), 1, 1), _SIDES, _BOTH_WAYS),
    Case("a stride that leaves a rest", 1, _layer((1, 1, 1), (6, 6), (3, 3), 3, 1), _REST),
    Case("1x1 kernels with stride 2 and padding 0", 1, _padding_zero, _GAPS, _NO_FRAME),
    Case("stride as a pair", 1, _layer((1, 1, 1), (5, 5), (3, 3), (1, 2), 1), _PAIR, ALONE),
    Case("padding of the columns only", 0.5, _layer((1, 1, 1), (4, 4), (3, 3), 1, (0, 2)), _ONE_SIDE),
    Case("padding of the rows only", 0.5, _layer((1, 1, 1), (4, 4), (3, 3), 1, (2, 0)), _ONE_SIDE),
    Case("everything at once", 0.5, _layer((2, 2, 3), (4, 6), (3, 2), (2, 3), (1, 2)), _TOGETHER),
    Case("a kernel as large as the image", 0.5, _layer((1, 2, 2), (3, 4), (3, 4), (1, 1)), _FOUR_AXES),
    Case("an image of one pixel in a frame", 0.5, _layer((1, 2, 2), (1, 1), (1, 1), 1, (3, 3)), _FRAME),
    Case("arguments by keyword", 0.5, _by_keyword, _NAMES, NAMES),
    Case("arrays in another memory order", 0.5, _other_orders, _MEMORY),
    Case("float32 arrays", 0.5, _single_precision, _FLOAT32, FLOAT32),
    Case("integer x and weight", 0, _integers, _INTEGERS),
)


def _line_ladder() -> Iterator[Call]:
    for length, taps in ((1, 1), (2, 2), (2, 1), (3, 2), (3, 3), (3, 1), (4, 3), (4, 2), (5, 3)):
        x = np.array([2.0, 5.0, 1.0, 4.0, 3.0])[:length]
        yield call(inputs.counting(length - taps + 1), x, inputs.counting(taps, start=3))


_DOT: Geometry = ((1, 1), (1, 1), 1, 0)
_FRAMED: Geometry = ((2, 2), (2, 2), 1, 1)
_PLANES: tuple[Geometry, ...] = (
    _DOT, _FRAMED, ((1, 1), (1, 1), 1, 1), ((1, 1), (3, 3), 1, 1), ((1, 2), (1, 1), 1, 0),
    ((2, 1), (1, 1), 1, 0), ((1, 3), (1, 2), 1, 0), ((3, 1), (2, 1), 1, 0), ((2, 2), (2, 2), 1, 0),
    ((1, 1), (3, 3), 1, 2), ((2, 3), (2, 2), 1, 0), ((3, 2), (2, 2), 1, 0), ((2, 3), (2, 2), 1, 1),
    ((3, 2), (2, 2), 1, 1), ((3, 3), (2, 2), 1, 0), ((3, 3), (2, 2), 2, 0), ((3, 3), (1, 1), 2, 0),
    ((2, 2), (2, 2), 2, 1), ((3, 3), (2, 2), 2, 1), ((3, 3), (2, 2), (1, 2), 0), ((3, 3), (2, 2), (2, 1), 0),
    ((2, 2), (2, 2), 1, (0, 1)), ((2, 2), (2, 2), 1, (1, 0)), ((4, 4), (2, 2), 3, 1), ((4, 4), (3, 3), 1, 1),
)  # fmt: skip
_MANY: tuple[tuple[Sizes, Geometry], ...] = (
    ((2, 1, 1), _DOT), ((2, 1, 1), _FRAMED), ((1, 2, 1), _DOT), ((1, 1, 2), _DOT), ((1, 2, 1), _FRAMED),
    ((1, 1, 2), _FRAMED), ((1, 2, 2), _DOT), ((2, 2, 2), _FRAMED),
    ((2, 3, 2), ((3, 4), (2, 3), (1, 2), (1, 2))),
)  # fmt: skip


def _rung(sizes: Sizes, geometry: Geometry) -> Call:
    dout, x, weight = _shapes(sizes, geometry)
    arrays = inputs.counting(*dout), inputs.scattered(*x) + 2, inputs.counting(*weight, start=3)
    return call(*arrays, **_given(*geometry[2:]))


def _layer_ladder() -> Iterator[Call]:
    rungs = [_rung((1, 1, 1), geometry) for geometry in _PLANES] + [_rung(*both) for both in _MANY]
    by_columns = inputs.fortran(inputs.counting(1, 1, 2, 2, start=2))
    rungs.append(call(inputs.counting(1, 1, 1, 1, start=3), by_columns, inputs.counting(1, 1, 2, 2)))
    rungs.append(call(*(np.full((1, 1, 1, 1), value) for value in (-1.0, -2.0, 3.0))))
    yield from sorted(rungs, key=lambda rung: sum(array.size for array in rung.args))


_STATEMENT = """\
In one dimension the lecture's convolution (valid, stride 1, counting from 1) is

    y_n = sum over i of x_(n+i-1) w_i              for 1 <= n <= |x| - |w| + 1

so that dy_n / dx_(n+i-1) = w_i and dy_n / dw_i = x_(n+i-1). Let delta_n = dJ / dy_n be the error signal that
comes back from the next layer. By the chain rule

    dJ / dx_n = sum over i of delta_(n-i+1) w_i    as far as delta_(n-i+1) exists
    dJ / dw_i = sum over n of delta_n x_(n+i-1)    for 1 <= n <= |x| - |w| + 1

Picture x as a row of boxes, y as a shorter row below it, and a line from each x to each y that it is part of;
every line carries a weight. Forward, values run down the lines. Backward, errors run up the same lines: x_n
collects delta times weight from each line that leaves it. It meets the weights in reverse order, and that is
the lecture's flip(w). A weight w_i sits on one line of every y, and collects delta times x from all of them.

A layer does the same with windows in place of boxes. Output (n, f, i, j) is

    sum(padded[n, :, i*stride : i*stride + kH, j*stride : j*stride + kW] * weight[f]) + bias[f]

so its error dout[n, f, i, j], times the filter, belongs into that window of dx; times the window, into
dweight[f]; and as it is, into dbias[f]. Windows overlap, and all images share the filters: it all adds up.

With NumPy only, write

1. `conv1d_backward(dy, x, w)`, which returns (dx, dw): dy is delta, and dx is dJ/dx.
2. `conv2d_backward(dout, x, weight, stride=1, padding=0)`, which returns (dx, dweight, dbias).

`stride` and `padding` are an int or a (height, width) pair. Neither images nor kernels need be square. Where
the windows do not use up the image, the rows and columns that are left over have gradient 0. Results are new
arrays; the inputs stay as they are.
"""

EXERCISE = Exercise(
    number=4,
    slug="conv_backprop",
    title="Back-propagation through a convolution",
    topic="how the error at the output becomes the gradients of the input, the weights and the bias",
    difficulty=4,
    minutes=90,
    profile="numpy",
    statement=_STATEMENT,
    corrections=(
        "The lecture's sum for dJ/dw_i has x_(n-i+1), and lets n run up to |x| + |w| - 1. It is x_(n+i-1), "
        "and n runs up to |x| - |w| + 1, the number of outputs.",
        "The lecture writes dJ/dw both as delta * x and as x * delta. The order matters: np.correlate(x, "
        "delta) is right, and np.correlate(delta, x) gives dw reversed.",
        "In delta * flip(w) the lecture's `*` slides without a flip of its own. np.convolve does flip: "
        "np.convolve(delta, w) is dx, and flipping w as well would undo it.",
        "The hand-worked kernel [[1, 0, 1], [0, 1, 0], [1, 0, 1]] equals its own flip and its own transpose, "
        "so it cannot show either mistake. Try a kernel without symmetry.",
    ),
    tasks=(
        FunctionTask(
            name="conv1d_backward",
            parameters=("dy", "x", "w"),
            summary="the gradients of a convolution in one dimension",
            reference=conv1d_backward,
            cases=_LINE_CASES,
            ladder=_line_ladder,
            hints=(
                "Take three inputs and a kernel of two, and write out y_1 and y_2. In which of them is x_2, "
                "and with which weight?",
                "dx is as long as x, and dw as long as w. Begin with zeros, and add to them.",
                "Go over each output n and each weight i, counting from 0: there w[i] meets x[n + i].",
                "dx[n + i] += dy[n] * w[i], and dw[i] += dy[n] * x[n + i].",
            ),
            results=("dx", "dw"),
            shares=(0.5, 0.5),
            mistakes="conv_backprop_mistakes:LINE_MISCONCEPTIONS",
        ),
        FunctionTask(
            name="conv2d_backward",
            parameters=("dout", "x", "weight", "stride", "padding"),
            summary="the gradients of a convolution layer",
            reference=conv2d_backward,
            cases=_LAYER_CASES,
            ladder=_layer_ladder,
            hints=(
                "Think of one output only: one window, one filter, one number dout. What are dx, dweight and "
                "dbias if all other entries of dout are 0?",
                "Every output does the same, and the shares add up: arrays of zeros, and +=.",
                "Pad x with zeros as the forward pass does, and let dx be as large as that for now. The "
                "window of output (i, j) begins at row i * stride_h and column j * stride_w.",
                "For each n, f, i, j: dx's window gets dout[n, f, i, j] * weight[f], and dweight[f] gets "
                "dout[n, f, i, j] * x's window. dbias is dout summed over all axes but that of the filters.",
                "At the end cut off the frame: rows pad_h to pad_h + H, columns pad_w to pad_w + W. Written "
                "so it is right for padding 0, too.",
            ),
            results=("dx", "dweight", "dbias"),
            shares=(0.4, 0.4, 0.2),
            mistakes="conv_backprop_mistakes:LAYER_MISCONCEPTIONS",
        ),
    ),
)
