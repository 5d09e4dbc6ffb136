"""What goes wrong with marks of the maxima: which are made, and which of them a window reads."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnexercises.exercise import misconception
from cnnexercises.misconceptions import Told
from cnnexercises.output_size import Pair
from cnnexercises.pool_gradients import Array, Plan, Shares, everywhere, max_gradient

_FIRST = "In a tie, the first maximum takes the whole error: the first along the rows, as np.argmax finds it."


def marks_of_all_windows(dout: Array, x: Array, kernel: Pair, stride: Pair | None = None) -> Any:
    """Mark the maxima of all windows in one array, and let each window hand its error to all marks in it."""
    marks = np.sign(max_gradient(np.ones(dout.shape), x, kernel, stride))
    return max_gradient(dout, marks, kernel, stride, share=lambda window, _plan: everywhere(window, window))


def _halved(window: Array, _plan: Plan) -> Shares:
    top = window == window.max()
    return everywhere(window, top * (1.0 if top.sum() == 1 else 0.5))


def _in_each_row(window: Array, _plan: Plan) -> Shares:
    rows, columns = np.nonzero(window == window.max())
    first = np.unique(rows, return_index=True)[1]
    return rows[first], columns[first], 1.0


MARK_MISTAKES: tuple[Told, ...] = (
    (
        "tie_halved", "In a tie, every maximum gets half of the error, however many there are", _FIRST,
        "Where the maximum is looked for.", {"share": _halved},
    ),
    (
        "tie_in_each_row", "In a tie, the first maximum of each row gets the whole error",
        f"break leaves one loop only, that over the columns: the next row is searched all the same. {_FIRST}",
        "The break.", {"share": _in_each_row},
    ),
)  # fmt: skip
MARK_MISCONCEPTIONS = (
    misconception(
        "marks_of_all_windows", "A window hands its error to the maxima of other windows as well",
        "One array holds the marks of all windows. Where windows overlap, a window finds marks in it that its "
        "neighbours made. Keep for each window which of its inputs is the maximum, or look for it anew.",
        "Where the marks are read.", marks_of_all_windows,
    ),
)  # fmt: skip
