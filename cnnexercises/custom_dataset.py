"""Exercise 07: a Dataset of one's own, for a DataLoader."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from cnnexercises.custom_dataset_mistakes import MISTAKES
from cnnexercises.exercise import Call, Case, DatasetTask, Exercise, Observation, Tensor, call
from cnnexercises.inputs import normal

Array = npt.NDArray[np.float32]

X_TABLE = ((73, 80, 75), (93, 88, 93), (89, 91, 90), (96, 98, 100), (73, 66, 70))
Y_TABLE = ((152,), (185,), (180,), (196,), (142,))
"""The lecture's table: the scores of three tests, and that of the final examination."""


# --- the answers, in NumPy ---


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


# --- the cases ---

Draw = Callable[[np.random.Generator], Call]


def _fixed(*args: Any) -> Draw:
    return lambda _rng: call(*args)


def _scores(rng: np.random.Generator, n: int) -> tuple[list[list[int]], list[list[int]]]:
    """Draw n rows of whole numbers as lists, no two of them alike."""
    drawn = rng.permutation(np.arange(1, 201))[: 4 * n].reshape(n, 4)
    return drawn[:, :3].tolist(), drawn[:, 3:].tolist()


def _count(rng: np.random.Generator) -> int:
    """Draw a length that is not that of the lecture's table."""
    return int(rng.choice([4, 6, 7, 8]))


def _own_lists(rng: np.random.Generator) -> Call:
    n = _count(rng)
    return call([*range(n), 1, 0], *_scores(rng, n))


def _short_lists(rng: np.random.Generator) -> Call:
    return call(*_scores(rng, 3))


def _real_arrays(rng: np.random.Generator) -> Call:
    n = _count(rng)
    return call(list(range(n)), 50 + 20 * normal(rng, n, 3), 100 + 50 * normal(rng, n, 1))


def _whole_arrays(rng: np.random.Generator) -> Call:
    n = _count(rng)
    x, y = _scores(rng, n)
    return call(list(range(n)), np.array(x), np.array(y))


def _from_the_end(rng: np.random.Generator) -> Call:
    n = _count(rng)
    return call([-1, -2, -n], *_scores(rng, n))


def _past(side: str) -> Draw:
    def draw(rng: np.random.Generator) -> Call:
        n = int(rng.integers(6, 9))
        return call(n if side == "end" else -n - 1, *_scores(rng, n))

    return draw


def _loop(rng: np.random.Generator) -> Call:
    n = _count(rng)
    return call(3 * n, *_scores(rng, n))


def _epochs(rng: np.random.Generator) -> Call:
    n = _count(rng)
    return call(3, 50 + 20 * normal(rng, n, 3), 100 + 50 * normal(rng, n, 1))


def _two(rng: np.random.Generator) -> Call:
    return call(list(_scores(rng, 3)), list(_scores(rng, 6)))


_END = (
    "Past either end comes IndexError: that is how a for loop over the data set learns that it is over. "
    "Lists and tensors raise it by themselves; take care when you change an index before (idx % n, idx + n)."
)
_FLOAT32 = (
    "A network's weights are float32, and multiply float32 only. torch.tensor keeps the kind of numbers "
    "that it gets (int64 from whole numbers, float64 from NumPy); its argument dtype says what you want."
)
_ARRAYS = "Rows of a NumPy array hold float64 or int64 numbers; the items are float32 all the same."
_EPOCHS = "Each epoch asks for every item, in any order: an item must be the same each time."
_EMPTY = "An empty list is a data set of length 0. It is falsy like None: ask `x_data is None`."
_SHARED = "Each object keeps its own data in self. What stands in the class or in a default value is shared."
_SUBCLASS = (
    "A DataLoader takes any object with a length and items. Deriving from torch.utils.data.Dataset says "
    "that the class is meant for one, and is what other tools ask for."
)


def _ask(shown: str, probe: str, answer: Callable[..., Any], case: Case) -> Observation:
    return Observation(case, probe, shown, answer)


_TABLE, _OWN = "CustomDataset()", "CustomDataset(x_data, y_data)"
_FIRST = f"{_TABLE}[0] and {_OWN}[0]"

_OBSERVATIONS = (
    _ask(f"len({_TABLE})", "length", length, Case("length of the lecture's table", 1, _fixed())),
    _ask(
        f"{_TABLE} at 0 to 4",
        "items",
        items,
        Case("items of the lecture's table", 1, _fixed([0, 1, 2, 3, 4]), "Item idx is (x, y) of row idx."),
    ),
    _ask(
        f"{_OWN}, its length and its items",
        "contents",
        contents,
        Case("your own data, as lists", 1, _own_lists, "Data that is given replaces the lecture's table."),
    ),
    _ask(
        _FIRST,
        "shapes",
        shapes,
        Case("shapes (3,) and (1,)", 1, _short_lists, "x is a row of three, y a row of one."),
    ),
    _ask(_FIRST, "dtypes", dtypes, Case("float32 tensors", 1, _short_lists, _FLOAT32)),
    _ask(_OWN, "exact_items", items, Case("NumPy arrays of float64", 1, _real_arrays, _ARRAYS)),
    _ask(_OWN, "exact_items", items, Case("NumPy arrays of whole numbers", 0.5, _whole_arrays, _ARRAYS)),
    _ask(
        f"list(DataLoader({_TABLE}, batch_size=2))",
        "batches",
        batches,
        Case("DataLoader with batch_size=2", 1, _fixed(2), "Five items make batches of 2, 2 and 1."),
    ),
    _ask(
        f"DataLoader({_OWN}, batch_size=3, shuffle=True), twice through",
        "epochs",
        epochs,
        Case("two shuffled epochs of a DataLoader", 0.5, _epochs, _EPOCHS),
    ),
    _ask(
        f"{_OWN} at -1, -2 and -len",
        "items",
        items,
        Case("index from the end", 0.5, _from_the_end, "dataset[-1] is the last item, as in a list."),
    ),
    _ask(f"{_OWN}[len]", "item", item, Case("index past the end", 0.5, _past("end"), _END)),
    _ask(f"{_OWN}[-len - 1]", "item", item, Case("index before the start", 0.5, _past("start"), _END)),
    _ask(f"for item in {_OWN}", "loop", loop, Case("a for loop ends", 0.5, _loop, _END)),
    _ask(
        "CustomDataset([], []), its length and a for loop",
        "empty",
        empty,
        Case("empty lists", 0.5, _fixed(), _EMPTY),
    ),
    _ask(
        "CustomDataset(None, None) at 0 and 4",
        "items",
        items,
        Case("None, said out loud", 0.5, _fixed([0, 4], None, None), "None means the lecture's table."),
    ),
    _ask(
        "three data sets, their lengths and first items",
        "separate",
        separate,
        Case("data sets side by side", 1, _two, _SHARED),
    ),
    _ask(
        "issubclass(CustomDataset, Dataset)",
        "is_dataset",
        lambda: True,
        Case("a subclass of Dataset", 0, _fixed(), _SUBCLASS),
    ),
)

EXERCISE = Exercise(
    number=7,
    slug="custom_dataset",
    title="A data set of your own",
    topic="what a DataLoader needs: a length, and items that are float32 tensors",
    difficulty=2,
    minutes=25,
    profile="torch",
    statement="""\
A network is trained on batches. A `DataLoader` makes them: it asks a data set for its length and for its
items, in order or shuffled, and stacks the items. So a data set is a class with three methods:

    class CustomDataset(Dataset):
        def __init__(self, x_data=None, y_data=None): ...   keeps the data
        def __len__(self): ...                              how many items there are
        def __getitem__(self, idx): ...                     item idx, the pair (x, y)

The lecture's data set is a table of five students: the scores of three tests, and the score to predict.

    x                y
    73   80   75     152
    93   88   93     185
    89   91   90     180
    96   98  100     196
    73   66   70     142

Write the class. Without arguments (or with None) it holds the lecture's table. Given x_data with N rows of
three numbers and y_data with N rows of one, as lists or as NumPy arrays, it holds those; N may be 0. An
item is a pair of float32 tensors, x of shape (3,) and y of shape (1,), so that `DataLoader(CustomDataset(),
batch_size=2)` gives batches of 2, 2 and 1 rows: x (2, 3) and y (2, 1), at last x (1, 3) and y (1, 1).
Indices are those of a list: -1 is the last item, and beyond either end comes IndexError. The data that was
given stays as it is.
""",
    corrections=(
        "The lecture's `torch.FloatTensor(row)` is an old way to write it, and has a trap: for one number "
        "n instead of a row it makes n values of whatever was in memory. `torch.tensor(row, "
        "dtype=torch.float32)` says what is meant.",
    ),
    tasks=(
        DatasetTask(
            name="CustomDataset",
            summary="the lecture's table, or your own, as a data set for a DataLoader",
            probes="dataset.py",
            observations=_OBSERVATIONS,
            mistakes=MISTAKES,
            hints=(
                "Three questions, three methods: what is kept (self.x_data, self.y_data), how many are "
                "there, and what is item idx? A list can already answer the last two.",
                "Is an empty list the same as nothing? `if not x_data` and `x_data or table` think so, and "
                "fail on NumPy arrays. Ask `if x_data is None`.",
                "An item is made of row idx of both tables. Rows of whole numbers become int64 tensors, "
                "rows of NumPy float64 ones: say which dtype you want when you make the tensor.",
                "If you leave the index alone, the list does the rest: negative indices work, and IndexError "
                "comes by itself where the data ends.",
                "`return torch.tensor(self.x_data[idx], dtype=torch.float32), torch.tensor(self.y_data[idx], "
                "dtype=torch.float32)`, and `len(self.x_data)` for the length.",
            ),
        ),
    ),
)
