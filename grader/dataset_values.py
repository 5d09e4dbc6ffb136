"""What was done with the numbers of a data set's items, in a word: scaled, centred, in another order, with noise."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from cnnexercises.exercise import Tensor
from grader.outcome import TorchTensor

Array = npt.NDArray[Any]
_NEAR = 1e-4
"""Of the largest number: the items are float32, and may have gone through a few operations."""


def changes(given: Any, wanted: Any) -> str:
    """Return "(x scaled, y as it is)" for items that have the right sizes and other numbers, else nothing.

    ``given`` and ``wanted`` are lists of pairs of tensors, in the same order.
    """
    parts = [(_table(given, part), _table(wanted, part)) for part in (0, 1)]
    tables = [(got, want) for got, want in parts if got is not None and want is not None and got.shape == want.shape]
    if len(tables) < 2 or len(tables[0][1]) < 3:
        return ""
    (x, right_x), (y, right_y) = tables
    with np.errstate(all="ignore"):  # NaN is near to nothing, and an overflow no factor
        return f"(x {_change(x, right_x)}, y {_source(y, right_x) or _change(y, right_y)})"


def _table(items: Any, part: int) -> Array | None:
    """Return one part of every item as the rows of a table."""
    if not isinstance(items, list) or not all(isinstance(item, (tuple, list)) and len(item) == 2 for item in items):
        return None
    tensors = [item[part] for item in items]
    if not all(isinstance(tensor, (TorchTensor, Tensor)) for tensor in tensors):
        return None
    rows: Sequence[Array] = [tensor.array.ravel() for tensor in tensors]
    if len({row.size for row in rows}) != 1 or any(row.dtype.kind not in "biuf" for row in rows):
        return None
    return np.array(rows, np.float64)


def _near(got: Array, want: Array) -> bool:
    return bool(np.all(np.abs(got - want) <= _NEAR * max(1e-9, np.abs(want).max(initial=0))))


def _source(y: Array, x: Array) -> str:
    """Return "from x" when y is a column of x, or computed from its row."""
    made = [*x.T[:, :, None], x.sum(axis=1, keepdims=True), x.mean(axis=1, keepdims=True)]
    return "from x" if any(_near(y, column) for column in made) else ""


def _change(got: Array, want: Array) -> str:
    if _near(got, want):
        return "as it is"
    if _near(np.sort(got, axis=1), np.sort(want, axis=1)):
        return "reordered"
    if _near(np.sort(got, axis=None), np.sort(want, axis=None)):
        return "mixed"
    if _proportional(got.ravel(), want.ravel()):
        return "scaled"
    if all(_linear(one, other) for one, other in zip(got.T, want.T, strict=True)):
        return "centred"
    if got.shape[1] > 1 and all(_linear(one, other) for one, other in zip(got, want, strict=True)):
        return "scaled row by row"
    return "nearly right" if np.abs(got - want).max() < 0.05 * np.abs(want).max() else "changed"


def _proportional(got: Array, want: Array) -> bool:
    factor = float(got @ want) / max(1e-9, float(want @ want))
    return abs(factor) > _NEAR and bool(np.abs(got - factor * want).max() <= _NEAR * np.abs(got).max())


def _linear(got: Array, want: Array) -> bool:
    """Whether got is a * want + b, with a > 0."""
    spread = want - want.mean()
    factor = float((got - got.mean()) @ spread) / max(1e-9, float(spread @ spread))
    rest = got - got.mean() - factor * spread
    return factor > _NEAR and bool(np.abs(rest).max() <= _NEAR * max(np.abs(got).max(), factor))
