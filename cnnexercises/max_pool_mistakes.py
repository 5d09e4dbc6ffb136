"""The misconceptions of max_pool2d_backward: which input gets the error, and those about windows."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnexercises.misconceptions import Told, known
from cnnexercises.pool_gradients import (
    Array,
    Plan,
    Shares,
    Step,
    assign,
    at,
    evenly,
    everywhere,
    last_first,
    max_gradient,
    to_first,
    whole,
)
from cnnexercises.pool_window_mistakes import (
    ADD,
    COUNTED_MISTAKES,
    KERNEL_MISTAKES,
    LINE,
    OVERRUN,
    RAW_STRIDE_MISTAKES,
    WINDOW_MISTAKES,
    versions,
)


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


def _transposed(window: Array, _plan: Plan) -> Shares:
    return at(int(np.argmax(window.T)), window.shape[1])


def _but_the_last(window: Array, _plan: Plan) -> Shares:
    return at(int(np.argmax(window.ravel()[: max(window.size - 1, 1)])), window.shape[1])


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


_FIRST = "In a tie, the first maximum takes the whole error: the first along the rows, as np.argmax finds it."
_SEARCH = "Where the maximum is looked for."
_NUMBER = "np.argmax counts along the rows of the window: row * width + column, with the width of the window."
_DECODE = "Where the number from np.argmax becomes a row and a column."
_BELOW = "Where all inputs of a window are negative, its maximum is negative too. Begin with minus infinity."
_OFFSET = "In x and in dx, the window of output (i, j) begins at row i * stride_h and column j * stride_w."
_OWN = "Every image and every channel is pooled for itself."
_INDEX = "The index of x."

_MAX: tuple[Told, ...] = (
    ("dx_assigned", "dx is assigned where windows overlap", ADD, LINE, {"put": assign}),
    (
        "window_assigned", "Each window overwrites what others put there, with its zeros too", ADD, LINE,
        {"put": assign, "share": _mask_of_first},
    ),
    (
        "window_assigned_place_by_place", "dx is assigned where windows overlap", ADD, LINE,
        {"put": assign, "share": _mask_of_first, "walk": last_first},
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
    (
        "argmax_of_the_transposed_window", "argmax counts along the columns, and is taken apart along the rows",
        f"{_NUMBER} A transposed window has its columns for rows.", _DECODE, {"share": _transposed},
    ),
    (
        "last_place_ignored", "The last input of a window is never the maximum",
        "range(n) already stops before n: there is no `- 1` to write.", _SEARCH, {"share": _but_the_last},
    ),
    ("search_from_zero", "The search begins with 0 as the largest so far", _BELOW, _SEARCH, {"share": _from_zero}),
    (
        "search_from_zero_finds_nothing", "A window without an input above 0 gets no gradient",
        f"Does the search begin with 0 as the largest so far? {_BELOW}", _SEARCH, {"share": _above_zero},
    ),
    (
        "search_from_zero_crashes", "A window without an input above 0 stops it",
        f"Does the search begin with 0 as the largest so far? {_BELOW}", _SEARCH, {"share": _found_above_zero},
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
        "Only the maximum was handed on, so only its slope is not 0.", LINE, {"share": evenly},
    ),
    (
        "whole_window", "Every input of a window gets its error",
        "Only the maximum was handed on, so only its slope is not 0.", LINE,
        {"share": lambda window, _plan: everywhere(window, 1.0)},
    ),
    (
        "times_the_maximum", "The error is multiplied with the maximum itself",
        "y is the maximum: its slope there is 1, whatever the value.", LINE, {"share": _times_x},
    ),
    (
        "maximum_for_the_error", "dx gets the maximum itself where it should get the error",
        "Backward, errors are handed on: dout[n, c, i, j] goes to the place of the maximum.", LINE,
        {"share": _times_x, "error": lambda _dout, *_place: 1.0},
    ),
    (
        "place_within_the_window", "The place of the maximum is that within the window",
        f"np.argmax of a window counts from its corner. {_OFFSET}", LINE, {"landing": lambda _i, _j, _plan: (0, 0)},
    ),
    (
        "place_beside_the_output", "The place of the maximum is counted from (i, j)",
        f"np.argmax of a window counts from its corner. {_OFFSET}", LINE, {"landing": lambda i, j, _plan: (i, j)},
    ),
    (
        "place_by_the_kernel", "The place of the maximum is counted from (i * kernel, j * kernel)", _OFFSET, LINE,
        {"landing": lambda i, j, plan: (i * plan.kernel[0], j * plan.kernel[1])},
    ),
    (
        "place_by_the_stride_of_rows", "In dx, the columns step by the stride of the rows", _OFFSET, LINE,
        {"landing": lambda i, j, plan: (i * plan.stride[0], j * plan.stride[0])},
    ),
    (
        "place_by_the_stride_of_columns", "In dx, the rows step by the stride of the columns", _OFFSET, LINE,
        {"landing": lambda i, j, plan: (i * plan.stride[1], j * plan.stride[1])},
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
        *COUNTED_MISTAKES,
        *versions((*KERNEL_MISTAKES[1:], *RAW_STRIDE_MISTAKES[1:]), "crashing", share=whole(to_first)),
    ),
)
