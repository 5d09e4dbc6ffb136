"""The gradients of a convolution layer in exchangeable steps: right as they stand, wrong when one is exchanged."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from cnnexercises.output_size import Pair

Array = npt.NDArray[Any]
Two = tuple[int, int]
Step = Callable[..., Any]


class Plan(NamedTuple):
    """The heights and widths of a call: image, kernel, out (the size of dout), stride and padding."""

    image: Two
    kernel: Two
    out: Two
    stride: Two
    padding: Two

    @property
    def used(self) -> Two:
        """How many rows and columns of the padded image the windows reach."""
        rows, columns = (
            (count - 1) * step + side for count, step, side in zip(self.out, self.stride, self.kernel, strict=True)
        )
        return rows, columns


def pair(value: Pair) -> Two:
    """Return (height, width); an int stands for both."""
    return (value, value) if isinstance(value, int) else (value[0], value[1])


def accept(plan: Plan) -> None:
    """Object to nothing."""


def frame(x: Array, plan: Plan) -> Array:
    """Pad x with zeros."""
    (ph, pw), (height, width) = plan.padding, plan.image
    padded = np.zeros((*x.shape[:2], height + 2 * ph, width + 2 * pw))
    padded[:, :, ph : ph + height, pw : pw + width] = x  # np.pad takes ten times as long
    return padded


def corner(i: int, j: int, stride: Two) -> Two:
    """Return the top row and the left column of the window of output (i, j)."""
    return i * stride[0], j * stride[1]


def add_dx(dpadded: Array, shares: Array) -> None:
    """Add the shares (F, C, kH, kW) of one window into that window (C, kH, kW) of one image's dx."""
    dpadded += shares.sum(axis=0)


def add_dweight(dweight: Array, shares: Array) -> None:
    """Add the shares (F, C, kH, kW) of one window to one image's dweight."""
    dweight += shares


def cut(dpadded: Array, plan: Plan) -> Array:
    """Cut the gradient of the image out of that of the padded image."""
    (ph, pw), (height, width) = plan.padding, plan.image
    return dpadded[:, :, ph : ph + height, pw : pw + width]


def layer(
    dout: Array,
    x: Array,
    weight: Array,
    stride: Pair = 1,
    padding: Pair = 0,
    *,
    steps: Step = pair, margin: Step = lambda padding, _weight: pair(padding), check: Step = accept,
    errors: Step = lambda dout: dout, errors_x: Step = lambda deltas: deltas,
    frame: Step = frame, area: Step = lambda padded, _plan: padded.shape[2:],
    counts: Step = lambda plan: plan.out, walk: Step = np.ndindex, reach: Step = lambda kernel: kernel,
    corner_x: Step = corner, corner_w: Step = corner,
    target: Step = lambda n: n, source: Step = lambda n: n,
    error: Step = lambda errors, n, i, j: errors[n, :, i, j], tap: Step = lambda weight: weight,
    meets: Step = lambda taps, window: (taps, window),
    add_dx: Step = add_dx, add_dweight: Step = add_dweight, cut: Step = cut,
    settle: Step = lambda dweights, _places: dweights.sum(axis=0),
    bias: Step = lambda dbiases, _errors, _weight: dbiases.sum(axis=0),
    finish: Step = lambda dx, dweight, dbias: (dx, dweight, dbias),
) -> Any:  # fmt: skip
    """Return (dx, dweight, dbias) of a convolution layer, window by window; each keyword is one step.

    ``errors_x`` are the errors that dx takes, ``tap`` makes the weights that it takes, and ``reach`` says how many
    rows and columns of the kernel are gone through. ``target`` and ``source`` are the image that dx is added to, and
    the one that dweight looks at; ``meets`` says what the error is multiplied with for dx, and what for dweight.
    ``settle`` and ``bias`` sum up what the images (N, ...) gave to dweight and dbias; ``places`` is Ho * Wo.
    """
    plan = Plan(x.shape[2:], weight.shape[2:], dout.shape[2:], steps(stride), margin(padding, weight))
    check(plan)
    deltas, padded, taps = errors(dout), frame(x, plan), tap(weight)
    deltas_x = errors_x(deltas)
    dpadded = np.zeros((*x.shape[:2], *area(padded, plan)))
    dweights, dbiases = np.zeros((len(x), *weight.shape)), np.zeros((len(x), len(weight)))
    rows, columns = reach(plan.kernel)
    for n, i, j in walk(len(dout), *counts(plan)):
        delta = error(deltas, n, i, j)
        (top, left), (row, column) = corner_x(i, j, plan.stride), corner_w(i, j, plan.stride)
        window = padded[source(n), :, row : row + rows, column : column + columns]
        for_dx, for_dweight = meets(taps[:, :, :rows, :columns], window)
        shares = error(deltas_x, n, i, j)[:, None, None, None] * for_dx
        add_dx(dpadded[target(n), :, top : top + rows, left : left + columns], shares)
        add_dweight(dweights[n, :, :, :rows, :columns], delta[:, None, None, None] * for_dweight)
        dbiases[n] += delta
    return finish(cut(dpadded, plan), settle(dweights, dout[0, 0].size), bias(dbiases, deltas, weight))
