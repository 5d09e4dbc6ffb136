"""The gradient of max and average pooling in exchangeable steps: right as they stand, wrong when one is exchanged."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from cnnexercises.output_size import Pair

Array = npt.NDArray[Any]
Two = tuple[int, int]
Step = Callable[..., Any]
Shares = tuple[Any, Any, Any]
"""Rows and columns within a window, and the share that the input there gets."""


class Plan(NamedTuple):
    """The heights and widths of a call: image, kernel, out (the size of dout) and stride."""

    image: Two
    kernel: Two
    out: Two
    stride: Two

    @property
    def used(self) -> Two:
        """How many rows and columns of the image the windows reach."""
        rows, columns = (
            (count - 1) * step + side for count, step, side in zip(self.out, self.stride, self.kernel, strict=True)
        )
        return rows, columns


def pair(value: Pair) -> Two:
    """Return (height, width); an int stands for both."""
    return (value, value) if isinstance(value, int) else (value[0], value[1])


def accept(plan: Plan) -> None:
    """Object to nothing."""


def corner(i: int, j: int, stride: Two) -> Two:
    """Return the top row and the left column of the window of output (i, j)."""
    return i * stride[0], j * stride[1]


def channels_last(images: Array) -> Array:
    """Take (N, C, H, W) for (N, H, W, C)."""
    return images.transpose(0, 3, 1, 2)


def at(number: int, width: int) -> Shares:
    """Give the whole error to the place with this number, counted along rows of this width."""
    row, column = divmod(number, width)
    return row, column, 1.0


def to_first(window: Array, _plan: Plan) -> Shares:
    """Give the whole error to the first maximum in row-major order. A window without entries is an error."""
    return at(int(np.argmax(window)), window.shape[1])


def everywhere(window: Array, shares: Array | float) -> Shares:
    """Give shares to all entries of a window."""
    rows, columns = np.indices(window.shape)
    return rows, columns, np.broadcast_to(shares, window.shape)


def evenly(window: Array, plan: Plan) -> Shares:
    """Give each entry its share of the mean. A window that sticks out of the image is cut off, as slices are."""
    return everywhere(window, 1 / (plan.kernel[0] * plan.kernel[1]))


def whole(share: Step) -> Step:
    """Make a window that sticks out of the image an error, as it is for loops over its entries."""

    def strict(window: Array, plan: Plan) -> Any:
        if window.shape != plan.kernel:
            raise IndexError
        return share(window, plan)

    return strict


def add(plane: Array, rows: Any, columns: Any, shares: Any) -> None:
    """Add shares to entries of one channel of dx."""
    plane[rows, columns] += shares


def assign(plane: Array, rows: Any, columns: Any, shares: Any) -> None:
    """Overwrite entries of one channel of dx with shares."""
    plane[rows, columns] = shares


def subtract(plane: Array, rows: Any, columns: Any, shares: Any) -> None:
    """Subtract shares from entries of one channel of dx."""
    plane[rows, columns] -= shares


def last_first(*counts: int) -> list[tuple[int, ...]]:
    """Go through the outputs as code does that goes place by place of the window.

    There the first window is the last to write to an entry, as its place in that window is the furthest.
    """
    return list(np.ndindex(*counts))[::-1]


def pool(
    dout: Array,
    x: Array,
    kernel: Pair,
    stride: Pair | None = None,
    *,
    share: Step,
    mask: Step = lambda _window, shares: shares,
    extent: Step = lambda plan, _top, _left: plan.kernel,
    sides: Step = pair,
    steps: Step = lambda kernel, stride, _given: kernel if stride is None else pair(stride),
    check: Step = accept,
    view: Step = lambda images: images,
    counts: Step = lambda plan: plan.out,
    walk: Step = np.ndindex,
    corner: Step = corner,
    landing: Step | None = None,
    source: Step = lambda x, n, c: x[n, c],
    target: Step = lambda dx, n, c: dx[n, c],
    error: Step = lambda dout, n, c, i, j: dout[n, c, i, j],
    blank: Step = lambda x: np.zeros(x.shape),
    put: Step = add,
    finish: Step = lambda dx, _plan: dx,
) -> Any:
    """Return dx of a pooling layer, window by window; each keyword is one step.

    ``share`` says how the error of a window is shared out, ``mask`` to which of its entries that is written,
    ``extent`` is how high and wide windows are cut out, ``steps`` makes the stride of the kernel (as ``sides`` has
    it, and as it was given) and the stride, ``view`` is how x, dout and dx are seen as (N, C, H, W), ``source`` is
    the channel in which the window is looked at, ``target`` that to which is added, and ``landing`` where, if that
    is not the window's corner.
    """
    high, wide = sides(kernel)
    dx = blank(x)
    x, dout, seen = view(x), view(dout), view(dx)
    plan = Plan(x.shape[2:], (high, wide), dout.shape[2:], steps((high, wide), stride, kernel))
    check(plan)
    for n, c, i, j in walk(*dout.shape[:2], *counts(plan)):
        top, left = corner(i, j, plan.stride)
        delta = error(dout, n, c, i, j)
        rows, columns = extent(plan, top, left)
        window = source(x, n, c)[top : top + rows, left : left + columns]
        rows, columns, shares = mask(window, share(window, plan))
        if landing is not None:
            top, left = landing(i, j, plan)
        put(target(seen, n, c), top + rows, left + columns, delta * shares)
    return finish(dx, plan)


def max_gradient(
    dout: Array, x: Array, kernel: Pair, stride: Pair | None = None, *, share: Step = to_first, **steps: Step
) -> Any:
    """Return dx of max pooling, with steps of ``pool`` exchanged."""
    return pool(dout, x, kernel, stride, share=share, **steps)


def avg_gradient(
    dout: Array, x: Array, kernel: Pair, stride: Pair | None = None, *, share: Step = evenly, **steps: Step
) -> Any:
    """Return dx of average pooling, with steps of ``pool`` exchanged."""
    return pool(dout, x, kernel, stride, share=share, **steps)
