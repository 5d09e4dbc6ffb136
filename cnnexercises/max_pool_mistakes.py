"""The misconceptions of max_pool2d_backward: which input gets the error, and those about windows."""

from __future__ import annotations

import numpy as np

from cnnexercises.max_search_mistakes import SEARCH, SEARCH_MISTAKES, SOURCE_MISTAKES
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
from cnnexercises.pool_mark_mistakes import MARK_MISCONCEPTIONS, MARK_MISTAKES
from cnnexercises.pool_size_mistakes import SIZE_MISTAKES
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
    rows, columns = np.nonzero(window == window.max())
    return rows, columns, 1.0


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


def _whole_row(window: Array, _plan: Plan) -> Shares:
    mask = np.zeros(window.shape)
    mask[np.argmax(window)] = 1
    return everywhere(window, mask)


def _transposed(window: Array, _plan: Plan) -> Shares:
    return at(int(np.argmax(window.T)), window.shape[1])


def _row_and_column_apart(window: Array, _plan: Plan) -> Shares:
    return np.argmax(window.max(axis=1)), np.argmax(window.max(axis=0)), 1.0


def _line_by_line(axis: int) -> Step:
    """Find a maximum in each column (axis 0) or in each row (axis 1)."""

    def share(window: Array, _plan: Plan) -> Shares:
        mask = np.zeros(window.shape)
        np.put_along_axis(mask, window.argmax(axis, keepdims=True), 1, axis)
        return everywhere(window, mask)

    return share


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


def _zeros_too(window: Array, shares: Shares) -> Shares:
    """Write to all entries of the window, also to those that get nothing."""
    rows, columns, share = shares
    mask = np.zeros(window.shape)
    mask[rows, columns] = share
    return everywhere(window, mask)


def _times_x(window: Array, plan: Plan) -> Shares:
    row, column, _ = to_first(window, plan)
    return row, column, window[row, column]


def _one_part(window: Array, plan: Plan) -> Shares:
    row, column, _ = to_first(window, plan)
    return row, column, 1 / (plan.kernel[0] * plan.kernel[1])


def _where_anything(window: Array, plan: Plan) -> Shares:
    return to_first(window, plan) if window.size else everywhere(window, 0.0)


_FIRST = "In a tie, the first maximum takes the whole error: the first along the rows, as np.argmax finds it."
_NUMBER = "np.argmax counts along the rows of the window: row * width + column, with the width of the window."
_DECODE = "Where the number from np.argmax becomes a row and a column."
_BELOW = "Where all inputs of a window are negative, its maximum is negative too. Begin with minus infinity."
_OFFSET = "In x and in dx, the window of output (i, j) begins at row i * stride_h and column j * stride_w."

_MAX: tuple[Told, ...] = (
    ("dx_assigned", "dx is assigned where windows overlap", ADD, LINE, {"put": assign}),
    (
        "window_assigned", "Each window overwrites what others put there, with its zeros too", ADD, LINE,
        {"put": assign, "mask": _zeros_too},
    ),
    (
        "window_assigned_place_by_place", "dx is assigned where windows overlap", ADD, LINE,
        {"put": assign, "mask": _zeros_too, "walk": last_first},
    ),
    (
        "tie_to_all", "In a tie, every maximum gets the whole error",
        f"Then more comes back than went in. {_FIRST}", SEARCH, {"share": _equal},
    ),
    ("tie_split", "In a tie, the maxima share the error", _FIRST, SEARCH, {"share": _split}),
    (
        "tie_to_the_last", "In a tie, the last maximum gets the error",
        f"A search with >= goes on to later ones that are equal, one with > does not. {_FIRST}",
        SEARCH, {"share": _to_last},
    ),
    (
        "tie_by_columns", "In a tie, the first maximum along the columns gets the error", _FIRST,
        SEARCH, {"share": _by_columns},
    ),
    (
        "tie_crashes", "In a tie, it stops",
        f"np.where and np.nonzero find every maximum, so there may be several. {_FIRST}", SEARCH,
        {"share": _to_the_only_one},
    ),
    (
        "tie_row_and_column_apart", "In a tie, the row of one maximum is taken with the column of another",
        f"The first row that holds a maximum and the first column that does may meet in another value. {_FIRST}",
        SEARCH, {"share": _row_and_column_apart},
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
        "argmax_taken_for_the_row", "The number from argmax is taken for a row of the window",
        f"{_NUMBER} np.unravel_index(number, window.shape) gives both.", _DECODE, {"share": _whole_row},
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
        "range(n) already stops before n: there is no `- 1` to write.", SEARCH, {"share": _but_the_last},
    ),
    ("search_from_zero", "The search begins with 0 as the largest so far", _BELOW, SEARCH, {"share": _from_zero}),
    (
        "search_from_zero_finds_nothing", "A window without an input above 0 gets no gradient",
        f"Does the search begin with 0 as the largest so far? {_BELOW}", SEARCH, {"share": _above_zero},
    ),
    (
        "search_from_zero_crashes", "A window without an input above 0 stops it",
        f"Does the search begin with 0 as the largest so far? {_BELOW}", SEARCH, {"share": _found_above_zero},
    ),
    (
        "largest_magnitude", "The largest magnitude is taken for the maximum", f"-3 is smaller than 2. {_BELOW}",
        SEARCH, {"share": lambda window, plan: to_first(abs(window), plan)},
    ),
    (
        "minimum", "The minimum gets the error", "Only the maximum was handed on, so only its slope is not 0.",
        SEARCH, {"share": lambda window, plan: to_first(-window, plan)},
    ),
    (
        "shared_out_evenly", "The error is shared out evenly, as in average pooling",
        "Only the maximum was handed on, so only its slope is not 0.", LINE, {"share": evenly},
    ),
    (
        "divided_by_the_window", "The error of the maximum is divided by the size of the window",
        "That is for the mean, where every input has a part. The maximum alone was handed on: its slope is 1.", LINE,
        {"share": _one_part},
    ),
    (
        "corner_takes_all", "The first input of a window gets the error, whichever is the largest",
        "The maximum was handed on. Look for it in the window of x: in dx, or in dout, is nothing to find.",
        SEARCH, {"share": lambda window, _plan: at(0, window.shape[1])},
    ),
    (
        "maximum_of_each_row", "The maximum of every row of the window gets the error",
        "argmax with an axis, or a search row by row, finds one in each row. A window has a single maximum.",
        SEARCH, {"share": _line_by_line(1)},
    ),
    (
        "maximum_of_each_column", "The maximum of every column of the window gets the error",
        "argmax with an axis, or a search column by column, finds one in each column. A window has a single maximum.",
        SEARCH, {"share": _line_by_line(0)},
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
        "image_as_its_bytes_lie", "It takes for granted how x lies in memory",
        "An array may lie in memory by columns, or be a view. Take its own x.strides for as_strided, or work with "
        "sliding_window_view, which does.",
        "The strides of as_strided.", {"source": lambda x, n, c: x.ravel(order="K").reshape(x.shape)[n, c]},
    ),
)  # fmt: skip

MAX_MISCONCEPTIONS = (
    *known(
        max_gradient,
        (
            *_MAX,
            *SOURCE_MISTAKES,
            *MARK_MISTAKES,
            *WINDOW_MISTAKES,
            *SIZE_MISTAKES,
            *versions(OVERRUN[:1], "crashing", share=whole(to_first)),
            *versions(OVERRUN, "skipping", share=_where_anything),
            *RAW_STRIDE_MISTAKES,
            *COUNTED_MISTAKES,
            *versions((*KERNEL_MISTAKES[1:], *RAW_STRIDE_MISTAKES[1:]), "crashing", share=whole(to_first)),
        ),
    ),
    *SEARCH_MISTAKES,
    *MARK_MISCONCEPTIONS,
)
