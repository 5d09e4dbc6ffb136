"""The misconceptions of max and average pooling's gradients: how errors are shared out, and those about windows."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnexercises.exercise import misconception
from cnnexercises.misconceptions import Told, known
from cnnexercises.output_size import Pair
from cnnexercises.pool_gradients import (
    Array,
    Plan,
    Shares,
    Step,
    at,
    avg_gradient,
    evenly,
    everywhere,
    max_gradient,
    pair,
    to_first,
    whole,
)
from cnnexercises.pool_window_mistakes import OVERRUN, RAW_STRIDE_MISTAKES, WINDOW_MISTAKES, versions


def _assign(plane: Array, rows: Any, columns: Any, shares: Any) -> None:
    plane[rows, columns] = shares


# --- the maximum ---------------------------------------------------------------------------------------------


def _equal(window: Array, _plan: Plan) -> Shares:
    return everywhere(window, window == window.max())


def _split(window: Array, _plan: Plan) -> Shares:
    top = window == window.max()
    return everywhere(window, top / top.sum())


def _to_last(window: Array, _plan: Plan) -> Shares:
    return at(window.size - 1 - int(np.argmax(window[::-1, ::-1])), window.shape[1])


def _by_columns(window: Array, _plan: Plan) -> Shares:
    row, column = np.unravel_index(np.argmax(window.T), window.T.shape)[::-1]
    return row, column, 1.0


def _to_the_only_one(window: Array, _plan: Plan) -> Shares:
    (row,), (column,) = np.nonzero(window == window.max())
    return row, column, 1.0


def _decoded(width: Step) -> Step:
    """Find the maximum, and take its number apart with a width of the author's choice."""
    return lambda window, plan: at(int(np.argmax(window)), width(plan))


def _exchanged(window: Array, plan: Plan) -> Shares:
    column, row, share = at(int(np.argmax(window)), plan.kernel[1])
    return row, column, share


def _from_zero(window: Array, _plan: Plan) -> Shares:
    return at(int(np.argmax(np.maximum(window, 0))), window.shape[1])


def _above_zero(window: Array, plan: Plan) -> Shares:
    row, column, _ = to_first(window, plan)
    return row, column, float(window.max() > 0)


def _found_above_zero(window: Array, plan: Plan) -> Shares:
    if window.max() <= 0:
        raise UnboundLocalError
    return to_first(window, plan)


def _mask_of_first(window: Array, plan: Plan) -> Shares:
    """Share out to all places, zeros too."""
    row, column, _ = to_first(window, plan)
    mask = np.zeros(window.shape)
    mask[row, column] = 1
    return everywhere(window, mask)


def _times_x(window: Array, plan: Plan) -> Shares:
    row, column, _ = to_first(window, plan)
    return row, column, window[row, column]


def _where_anything(window: Array, plan: Plan) -> Shares:
    return to_first(window, plan) if window.size else everywhere(window, 0.0)


def _tops(x: Array, n: int, c: int) -> Any:
    """Look for the maximum of the whole channel."""
    return x[n, c] == x[n, c].max()


def _marked(window: Array, _plan: Plan) -> Shares:
    return everywhere(window, window)


def _last_first(*counts: int) -> list[tuple[int, ...]]:
    """Place by place of the window, the first window is the last to write: its places are the furthest."""
    return list(np.ndindex(*counts))[::-1]


_ADD = (
    "Windows may overlap: an input gets its share of each of its windows, so they add up, with +=. With arrays of "
    "indices that is np.add.at, as dx[index] += counts an index that occurs twice once."
)
_LINE = "The line that adds to dx."
_FIRST = "In a tie, the first maximum takes the whole error: the first along the rows, as np.argmax finds it."
_SEARCH = "Where the maximum is looked for."
_NUMBER = "np.argmax counts along the rows of the window: row * width + column, with the width of the window."
_DECODE = "Where the number from np.argmax becomes a row and a column."
_BELOW = "Where all inputs of a window are negative, its maximum is negative too. Begin with minus infinity."
_OWN = "Every image and every channel is pooled for itself."
_INDEX = "The index of x."

_MAX: tuple[Told, ...] = (
    ("dx_assigned", "dx is assigned where windows overlap", _ADD, _LINE, {"put": _assign}),
    (
        "window_assigned", "Each window overwrites what others put there, with its zeros too", _ADD, _LINE,
        {"put": _assign, "share": _mask_of_first},
    ),
    (
        "window_assigned_place_by_place", "dx is assigned where windows overlap", _ADD, _LINE,
        {"put": _assign, "share": _mask_of_first, "walk": _last_first},
    ),
    (
        "tie_to_all", "In a tie, every maximum gets the whole error",
        f"Then more comes back than went in. {_FIRST}", _SEARCH, {"share": _equal},
    ),
    ("tie_split", "In a tie, the maxima share the error", _FIRST, _SEARCH, {"share": _split}),
    (
        "tie_to_the_last", "In a tie, the last maximum gets the error",
        f"A search with >= goes on to later ones that are equal, one with > does not. {_FIRST}",
        _SEARCH, {"share": _to_last},
    ),
    (
        "tie_by_columns", "In a tie, the first maximum along the columns gets the error", _FIRST,
        _SEARCH, {"share": _by_columns},
    ),
    (
        "tie_crashes", "In a tie, it stops",
        f"np.where and np.nonzero find every maximum, so there may be several. {_FIRST}", _SEARCH,
        {"share": _to_the_only_one},
    ),
    (
        "argmax_decoded_by_height", "argmax is taken apart with the window's height", f"{_NUMBER}",
        _DECODE, {"share": _decoded(lambda plan: plan.kernel[0])},
    ),
    (
        "argmax_row_for_column", "Row and column of the maximum are exchanged",
        f"{_NUMBER} So the row is number // width, and the column number % width.", _DECODE, {"share": _exchanged},
    ),
    (
        "argmax_decoded_by_2", "argmax is taken apart as if every window were 2 wide", _NUMBER,
        _DECODE, {"share": _decoded(lambda _plan: 2)},
    ),
    (
        "argmax_decoded_by_the_image", "argmax is taken apart with the width of the image", _NUMBER,
        _DECODE, {"share": _decoded(lambda plan: plan.image[1])},
    ),
    ("search_from_zero", "The search begins with 0 as the largest so far", _BELOW, _SEARCH, {"share": _from_zero}),
    (
        "search_from_zero_finds_nothing", "The search begins with 0 as the largest so far, and finds nothing above it",
        _BELOW, _SEARCH, {"share": _above_zero},
    ),
    (
        "search_from_zero_crashes", "The search begins with 0 as the largest so far, and finds nothing above it",
        _BELOW, _SEARCH, {"share": _found_above_zero},
    ),
    (
        "largest_magnitude", "The largest magnitude is taken for the maximum", f"-3 is smaller than 2. {_BELOW}",
        _SEARCH, {"share": lambda window, plan: to_first(abs(window), plan)},
    ),
    (
        "minimum", "The minimum gets the error", "Only the maximum was handed on, so only its slope is not 0.",
        _SEARCH, {"share": lambda window, plan: to_first(-window, plan)},
    ),
    (
        "shared_out_evenly", "The error is shared out evenly, as in average pooling",
        "Only the maximum was handed on, so only its slope is not 0.", _LINE, {"share": evenly},
    ),
    (
        "whole_window", "Every input of a window gets its error",
        "Only the maximum was handed on, so only its slope is not 0.", _LINE,
        {"share": lambda window, _plan: everywhere(window, 1.0)},
    ),
    (
        "times_the_maximum", "The error is multiplied with the maximum itself",
        "y is the maximum: its slope there is 1, whatever the value.", _LINE, {"share": _times_x},
    ),
    (
        "top_of_the_channel", "The maximum of the whole channel is looked for, not that of the window",
        "Every window has a maximum of its own. Use the window's on both sides of the comparison.",
        _SEARCH, {"source": _tops, "share": _marked},
    ),
    (
        "maximum_of_the_first_image", "The maxima of the first image are taken for all",
        f"{_OWN} x[0] is written where x[n] is meant.", _INDEX, {"source": lambda x, _n, c: x[0, c]},
    ),
    (
        "maximum_of_the_second_image", "The second image is looked at, whichever is meant",
        f"{_OWN} x[1] is written where x[n] is meant; in a batch of one there is no x[1].",
        _INDEX, {"source": lambda x, _n, c: x[1, c]},
    ),
    (
        "maximum_of_the_first_channel", "The maxima of the first channel are taken for all",
        f"{_OWN} x[n, 0] is written where x[n, c] is meant.", _INDEX, {"source": lambda x, n, _c: x[n, 0]},
    ),
    (
        "one_maximum_for_all_channels", "One maximum is looked for in all channels together",
        f"{_OWN} argmax over a window with channels finds a single place.", _SEARCH,
        {"source": lambda x, n, _c: x[n].max(axis=0)},
    ),
)  # fmt: skip

MAX_MISCONCEPTIONS = known(
    max_gradient,
    (
        *_MAX,
        *WINDOW_MISTAKES,
        *versions(OVERRUN[:1], "crashing", share=whole(to_first)),
        *versions(OVERRUN, "skipping", share=_where_anything),
        *RAW_STRIDE_MISTAKES,
    ),
)


# --- the mean ------------------------------------------------------------------------------------------------


def _divided(by: Step) -> Step:
    return lambda window, plan: everywhere(window, 1 / by(*plan.kernel))


def _divided_by_windows(window: Array, plan: Plan) -> Shares:
    return everywhere(window, 1 / (plan.out[0] * plan.out[1]))


def _divided_by_image(window: Array, plan: Plan) -> Shares:
    return everywhere(window, 1 / (plan.image[0] * plan.image[1]))


def _by_the_cover(dx: Array, plan: Plan) -> Array:
    """Divide by the number of windows that an input lies in."""
    cover = np.zeros(plan.image)
    for i, j in np.ndindex(*plan.out):
        top, left = i * plan.stride[0], j * plan.stride[1]
        cover[top : top + plan.kernel[0], left : left + plan.kernel[1]] += 1
    return dx / np.maximum(cover, 1)


def _add_rounded(plane: Array, rows: Any, columns: Any, shares: Any) -> None:
    plane[rows, columns] += np.floor(shares)


def _corner(_window: Array, plan: Plan) -> Shares:
    return np.intp(0), np.intp(0), 1 / (plan.kernel[0] * plan.kernel[1])


def _corner_takes_all(_window: Array, _plan: Plan) -> Shares:
    return np.intp(0), np.intp(0), 1.0


def blown_up(dout: Array, x: Array, kernel: Pair, stride: Pair | None = None) -> Any:  # noqa: ARG001
    """Repeat each error in a block of the kernel's size, whatever the stride and the size of x."""
    high, wide = pair(kernel)
    return np.repeat(np.repeat(dout, high, axis=2), wide, axis=3) / (high * wide)


_AREA = "A mean over kernel_h * kernel_w inputs gives each of them 1 / (kernel_h * kernel_w) of the error."
_SHARE = "What the error is divided by."
_BLOWN_UP = (
    "Blowing up is right for windows side by side that use up the image. With another stride windows overlap or "
    "have gaps, and what they leave over gets 0."
)

_AVG: tuple[Told, ...] = (
    ("dx_assigned", "dx is assigned where windows overlap", _ADD, _LINE, {"put": _assign}),
    (
        "dx_assigned_place_by_place", "dx is assigned where windows overlap", _ADD, _LINE,
        {"put": _assign, "walk": _last_first},
    ),
    ("not_divided", "Every input gets the whole error", _AREA, _SHARE, {"share": _divided(lambda _h, _w: 1)}),
    (
        "divided_by_the_height", "The error is divided by the kernel's height alone", _AREA,
        _SHARE, {"share": _divided(lambda high, _w: high)},
    ),
    (
        "divided_by_the_width", "The error is divided by the kernel's width alone", _AREA,
        _SHARE, {"share": _divided(lambda _h, wide: wide)},
    ),
    (
        "divided_by_height_squared", "The error is divided by the square of the kernel's height", _AREA,
        _SHARE, {"share": _divided(lambda high, _w: high**2)},
    ),
    (
        "divided_by_width_squared", "The error is divided by the square of the kernel's width", _AREA,
        _SHARE, {"share": _divided(lambda _h, wide: wide**2)},
    ),
    (
        "divided_by_4", "The error is divided by 4, whatever the kernel", _AREA,
        _SHARE, {"share": _divided(lambda _h, _w: 4)},
    ),
    (
        "divided_from_left_to_right", "The error is divided by the height, and multiplied with the width",
        f"a / b * c is (a / b) * c: write a / (b * c). {_AREA}", _SHARE,
        {"share": _divided(lambda high, wide: high / wide)},
    ),
    (
        "divided_by_the_outputs", "The error is divided by the number of windows",
        f"How many windows there are does not matter for what happens within one. {_AREA}",
        _SHARE, {"share": _divided_by_windows},
    ),
    (
        "divided_by_the_image", "The error is divided by the number of pixels of the image", _AREA,
        _SHARE, {"share": _divided_by_image},
    ),
    (
        "divided_by_the_cover", "dx is divided by how many windows an input lies in",
        "An input gets its share of each of its windows: the sum of them, not their mean.", "The division at the end.",
        {"finish": _by_the_cover},
    ),
    (
        "rounded_down", "The shares are rounded down", "// rounds down to a whole number; / divides.",
        _SHARE, {"put": _add_rounded},
    ),
    (
        "corner_alone", "Only the first input of a window gets its share",
        f"The others get as much. {_AREA}", _LINE, {"share": _corner},
    ),
    (
        "corner_takes_all", "The first input of a window gets all the error", _AREA,
        _LINE, {"share": _corner_takes_all},
    ),
    (
        "by_the_values", "The error is shared out by the values of x",
        f"The slope of a mean is the same for all inputs, large or small. {_AREA}", _SHARE,
        {"share": lambda window, _plan: everywhere(window, window / window.sum())},
    ),
    ("to_the_maximum", "The maximum gets all the error, as in max pooling", _AREA, _LINE, {"share": to_first}),
)  # fmt: skip

AVG_MISCONCEPTIONS = (
    *known(avg_gradient, _AVG),
    misconception(
        "blown_up", "dout is blown up by the kernel, and that is dx", _BLOWN_UP, "The np.repeat or np.kron.", blown_up
    ),
    *known(
        avg_gradient,
        (*WINDOW_MISTAKES, *versions(OVERRUN, "crashing", share=whole(evenly)), *RAW_STRIDE_MISTAKES),
    ),
)
