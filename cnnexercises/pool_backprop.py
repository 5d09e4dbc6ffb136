"""Exercise 05: the gradients of max, average and L^p pooling, and upsampling."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt

from cnnexercises.exercise import Exercise, FunctionTask
from cnnexercises.inputs import Array
from cnnexercises.output_size import Pair
from cnnexercises.pool_backprop_cases import (
    AVG_CASES,
    LP_CASES,
    MAX_CASES,
    UPSAMPLE_CASES,
    lp_ladder,
    max_ladder,
    pool_ladder,
    upsample_ladder,
)

Real = npt.NDArray[Any]
Window = tuple[int, int, slice, slice]


def max_pool2d_backward(dout: Real, x: Real, kernel: Pair, stride: Pair | None = None) -> Array:
    """Return dx of max pooling, given dout = dJ/dout: each dout goes to the first maximum of its window.

    x (N, C, H, W) and dout (N, C, Ho, Wo) give dx (N, C, H, W), float64. The stride is the kernel unless it
    is given; floor mode, no padding. First in row-major order, as in torch.nn.MaxPool2d.
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

    x (L,) and dout (L // m,) give dx (L,), float64; the L % m values that are left over get 0. With s the
    sum, dy/dx_i = s^(1/p - 1) |x_i|^(p - 1) sign(x_i): the lecture's derivative times sign(x_i). p >= 1.
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
        yield float(dout[n, c, i, j]), (n, c, slice(i * sh, i * sh + kh), slice(j * sw, j * sw + kw))


_STATEMENT = """\
Pooling makes one value of each window. Backward, every output has an error (delta, here dout), and its window
must get it back. How much each input gets is the derivative of what the window was summarised with. The
lecture's three are

    mean       dy / dx_i = 1 / m
    maximum    dy / dx_i = 1 for the maximum, 0 for all others
    L^p norm   dy / dx_i = (sum |x_k|^p)^(1/p - 1) * |x_i|^(p - 1) * sign(x_i)

Picture a small square of errors that is blown up until it covers the image: each error becomes a block. That
is upsampling. In mean pooling a block is flat, and its parts sum to the error. In max pooling the block is 0
but for one place, the unit which was the maximum in the forward pass: it receives all the error.

The lecture's regions are disjoint. PyTorch's windows begin `stride` apart, so that they may overlap (an input
gets its share of each of its windows: it adds up), have gaps, or leave over the last rows and columns (there
the gradient is 0).

With NumPy only, write

1. `max_pool2d_backward(dout, x, kernel, stride=None)`: x is (N, C, H, W), dout is (N, C, Ho, Wo), the result
   is dJ/dx. kernel and stride are an int or a (height, width) pair, and without a stride it is the kernel. No
   padding; a window that does not fit is dropped. If a window holds its maximum more than once, the first one
   takes all: the first along the rows, as in PyTorch.
2. `avg_pool2d_backward(dout, x, kernel, stride=None)`, with the same arguments.
3. `lp_pool1d_backward(dout, x, p, m)`: x is (L,), and y has one L^p norm for each of the L // m disjoint
   regions of m values. Values that are left over get 0. p is a number from 1 on; no region is all zeros.
4. `upsample(delta, factor)` repeats each value along the last two axes; factor is an int or a (height, width)
   pair. Axes before the last two stay as they are, and nothing is divided.

Results are new arrays; the inputs stay as they are.
"""

_POOL_HINT = "Output (i, j) looks at kernel_h rows from row i * stride_h on, and likewise for the columns."

EXERCISE = Exercise(
    number=5,
    slug="pool_backprop",
    title="Back-propagation through pooling",
    topic="how pooling layers hand the error back: to the maximum, evenly, or by the L^p norm",
    difficulty=3,
    minutes=75,
    profile="numpy",
    statement=_STATEMENT,
    corrections=(
        "The derivative of the L^p norm lacks the factor sign(x_i): without it, negative inputs get "
        "gradients of the wrong sign. Where all x of a region are 0 there is no derivative.",
        "The lecture's upsample writes each region once. That is right for disjoint regions; where windows "
        "overlap, the shares of an input must be added up.",
        "The lecture's derivative of the maximum is 1 wherever x_i = max(x). With ties that would hand the "
        "error on more than once; PyTorch gives it to the first maximum alone.",
    ),
    tasks=(
        FunctionTask(
            name="max_pool2d_backward",
            parameters=("dout", "x", "kernel", "stride"),
            summary="the gradient of max pooling",
            reference=max_pool2d_backward,
            cases=MAX_CASES,
            ladder=max_ladder,
            mistakes="max_pool_mistakes:MAX_MISCONCEPTIONS",
            hints=(
                "Which input would you have to change for y to change? Only the maximum of its window.",
                _POOL_HINT,
                "np.argmax(window) gives one number that counts along the rows; np.unravel_index(number, "
                "window.shape) makes a row and a column of it. The first maximum is what it finds.",
                "Row and column count within the window: in dx add i * stride_h and j * stride_w to them.",
                "On zeros: dx[n, c, i * stride_h + row, j * stride_w + column] += dout[n, c, i, j].",
            ),
        ),
        FunctionTask(
            name="avg_pool2d_backward",
            parameters=("dout", "x", "kernel", "stride"),
            summary="the gradient of average pooling",
            reference=avg_pool2d_backward,
            cases=AVG_CASES,
            ladder=pool_ladder,
            mistakes="avg_pool_mistakes:AVG_MISCONCEPTIONS",
            hints=(
                "If one input of a window of 4 rises by 1, by how much does the mean rise?",
                _POOL_HINT,
                "Each input of a window gets dout / (kernel_h * kernel_w); an input in two windows, both.",
                "dx[n, c, top : top + kernel_h, left : left + kernel_w] += "
                "dout[n, c, i, j] / (kernel_h * kernel_w).",
            ),
        ),
        FunctionTask(
            name="lp_pool1d_backward",
            parameters=("dout", "x", "p", "m"),
            summary="the gradient of L^p pooling",
            reference=lp_pool1d_backward,
            cases=LP_CASES,
            ladder=lp_ladder,
            mistakes="lp_pool_mistakes:LP_MISCONCEPTIONS",
            hints=(
                "Begin with one region and p = 2: y is the length of a vector. How does it change with x_i?",
                "By the chain rule: the outer power 1/p gives (1/p) * sum^(1/p - 1), the inner one "
                "p * |x_i|^(p - 1), and |x_i| gives sign(x_i).",
                "Region n is x[n * m : (n + 1) * m], for n up to len(x) // m. The rest of dx stays 0.",
                "dout[n] * total ** (1 / p - 1) * np.abs(region) ** (p - 1) * np.sign(region).",
            ),
        ),
        FunctionTask(
            name="upsample",
            parameters=("delta", "factor"),
            summary="each value repeated into a block",
            reference=upsample,
            cases=UPSAMPLE_CASES,
            ladder=upsample_ladder,
            mistakes="upsample_mistakes:UPSAMPLE_MISCONCEPTIONS",
            hints=(
                "Draw [[1, 2], [3, 4]] with factor 2. What stands in the first row, and what in the second?",
                "np.repeat makes [1, 1, 2, 2] of [1, 2], along one axis; np.tile makes [1, 2, 1, 2].",
                "Rows are axis -2 and columns axis -1: counted from the end, leading axes do not matter.",
                "np.repeat along axis -2, factor_h times; and of that along axis -1, factor_w times.",
            ),
        ),
    ),
)
