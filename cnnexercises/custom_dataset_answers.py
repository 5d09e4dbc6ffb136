"""The answers to the observations of exercise 07, in NumPy."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from cnnexercises.exercise import Names, Tensor

Array = npt.NDArray[np.float32]

X_TABLE = ((73, 80, 75), (93, 88, 93), (89, 91, 90), (96, 98, 100), (73, 66, 70))
Y_TABLE = ((152,), (185,), (180,), (196,), (142,))
"""The lecture's table: the scores of three tests, and that of the final examination."""


def rows(x_data: Any = None, y_data: Any = None) -> tuple[Array, Array]:
    """Return x (N, 3) and y (N, 1) in float32; None means the lecture's table."""
    x = np.asarray(X_TABLE if x_data is None else x_data, np.float32).reshape(-1, 3)
    y = np.asarray(Y_TABLE if y_data is None else y_data, np.float32).reshape(-1, 1)
    return x, y


def item(index: int, *data: Any) -> tuple[Tensor, Tensor]:
    """Return item ``index``: float32 tensors of shapes (3,) and (1,). Raises IndexError beyond either end."""
    x, y = rows(*data)
    return Tensor(x[index]), Tensor(y[index])


def length(*data: Any) -> int:
    """Return how many items there are."""
    return len(rows(*data)[0])


def items(indices: Sequence[int], *data: Any) -> list[tuple[Tensor, Tensor]]:
    """Return the items at some indices."""
    return [item(index, *data) for index in indices]


def contents(indices: Sequence[int], *data: Any) -> tuple[int, list[tuple[Tensor, Tensor]]]:
    """Return the length, and the items at some indices."""
    return length(*data), items(indices, *data)


def shapes(*_data: Any) -> list[tuple[Tensor, Tensor]]:
    """Return zeros of the shapes of an item, for the lecture's table and for the data."""
    return [(Tensor(np.zeros(3, np.float32)), Tensor(np.zeros(1, np.float32)))] * 2


def dtypes(*_data: Any) -> list[tuple[Tensor, Tensor]]:
    """Return zeros of the dtypes of an item, for the lecture's table and for the data."""
    return [(Tensor(np.zeros(3, np.float32)), Tensor(np.zeros(3, np.float32)))] * 2


def loop(most: int, *data: Any) -> int:
    """Return how many items a for loop gets, at the most ``most``."""
    return min(most, length(*data))


def empty() -> tuple[int, int]:
    """Return the length of a data set of empty lists, and how many items a for loop gets of it."""
    return length([], []), length([], [])


def batches(size: int) -> list[tuple[Tensor, Tensor]]:
    """Return the batches of the lecture's table in order, the last one smaller."""
    x, y = rows()
    spans = [slice(start, start + size) for start in range(0, len(x), size)]
    return [(Tensor(x[span]), Tensor(y[span])) for span in spans]


def epochs(_size: int, *data: Any) -> list[Tensor]:
    """Return the rows of x and y side by side, sorted, for each of two epochs."""
    table = np.array(sorted(np.hstack(rows(*data)).tolist()), np.float32)
    return [Tensor(table), Tensor(table)]


def separate(first: Sequence[Any], second: Sequence[Any]) -> list[tuple[int, tuple[Tensor, Tensor]]]:
    """Return length and first item of a data set of each, and of the lecture's table."""
    return [(length(*data), item(0, *data)) for data in (first, second, ())]


def is_dataset() -> bool:
    """Return that the class is a torch Dataset."""
    return True


# --- what the parts of an answer are called ---

PAIR: Names = (("x", ()), ("y", ()))


def no_names(*_args: Any) -> Names:
    """Return nothing: the answer is a single value."""
    return ()


def item_names(*_args: Any) -> Names:
    """Return the names of the parts of an item."""
    return PAIR


def names_of_items(indices: Sequence[int], *_data: Any) -> Names:
    """Return the names of several items."""
    return [(f"item {index}", PAIR) for index in indices]


def names_of_contents(indices: Sequence[int], *_data: Any) -> Names:
    """Return those of a length and several items."""
    return [("the length", ()), ("", names_of_items(indices))]


def names_of_two(*_data: Any) -> Names:
    """Return those of the first items of the lecture's table and of the data."""
    return [("CustomDataset()[0]", PAIR), ("CustomDataset(x_data, y_data)[0]", PAIR)]


def names_of_batches(_size: int) -> Names:
    """Return those of three batches."""
    return [(f"batch {number}", PAIR) for number in (1, 2, 3)]


def names_of_epochs(*_args: Any) -> Names:
    """Return those of two epochs."""
    return [("the table of epoch 1", ()), ("the table of epoch 2", ())]


def names_of_empty() -> Names:
    """Return those of a length and a count."""
    return [("the length", ()), ("the number of items in the loop", ())]


def names_of_separate(*_data: Any) -> Names:
    """Return those of three data sets side by side."""
    each = [("length", ()), ("item 0", PAIR)]
    return [(f"the {which} data set", each) for which in ("first", "second", "third")]
