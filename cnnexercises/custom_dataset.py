"""Exercise 07: a Dataset of one's own, for a DataLoader."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import numpy as np

from cnnexercises import custom_dataset_answers as answers
from cnnexercises.custom_dataset_mistakes import MISTAKES
from cnnexercises.custom_dataset_usages import USAGES
from cnnexercises.exercise import Call, Case, DatasetTask, Exercise, Names, Observation, call
from cnnexercises.inputs import normal

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
_ARRAYS = "NumPy arrays give the same items as lists, whatever their dtype: float32 tensors."
_EPOCHS = "Each epoch asks for every item once, in any order: an item must be the same each time."
_EMPTY = "An empty list is a data set of length 0. It is falsy like None: ask `x_data is None`."
_SHARED = "Each object keeps its own data in self. What stands in the class or in a default value is shared."
_TRAINING = "It is what training does: items that differ from one time to the next have many causes, and fail here."
_SUBCLASS = (
    "A DataLoader takes any object with a length and items. Deriving from torch.utils.data.Dataset says "
    "that the class is meant for one, and is what other tools ask for."
)


Answer = Callable[..., Any]


def _ask(case: Case, shown: str, answer: Answer, names: Callable[..., Names], probe: str = "") -> Observation:
    public = not re.search(r"x_data|own", shown)
    return Observation(case, probe or answer.__name__, shown, answer, names, public)


_TABLE, _OWN = "CustomDataset()", "CustomDataset(x_data, y_data)"
_FIRST = f"{_TABLE}[0] and {_OWN}[0]"

_OBSERVATIONS = (
    _ask(
        Case("length of the lecture's table", 1, _fixed()),
        f"len({_TABLE})", answers.length, answers.no_names,
    ),
    _ask(
        Case("items of the lecture's table", 1, _fixed([0, 1, 2, 3, 4]), "Item idx is (x, y) of row idx."),
        f"{_TABLE} at 0 to 4", answers.items, answers.names_of_items,
    ),
    _ask(
        Case("your own data, as lists", 1, _own_lists, "Data that is given replaces the lecture's table."),
        f"{_OWN}, its length and its items", answers.contents, answers.names_of_contents,
    ),
    _ask(
        Case("shapes (3,) and (1,)", 1, _short_lists, "x is a row of three, y a row of one."),
        _FIRST, answers.shapes, answers.names_of_two,
    ),
    _ask(
        Case("float32 tensors", 1, _short_lists, _FLOAT32),
        _FIRST, answers.dtypes, answers.names_of_two,
    ),
    _ask(
        Case("NumPy arrays of float64", 1, _real_arrays, _ARRAYS),
        _OWN, answers.items, answers.names_of_items, "exact_items",
    ),
    _ask(
        Case("NumPy arrays of whole numbers", 0.5, _whole_arrays, _ARRAYS),
        _OWN, answers.items, answers.names_of_items, "exact_items",
    ),
    _ask(
        Case("DataLoader with batch_size=2", 1, _fixed(2), "Five items make batches of 2, 2 and 1."),
        f"list(DataLoader({_TABLE}, batch_size=2))", answers.batches, answers.names_of_batches,
    ),
    _ask(
        Case("two shuffled epochs of a DataLoader", 0.5, _epochs, _EPOCHS, _TRAINING),
        f"DataLoader({_OWN}, batch_size=3, shuffle=True), twice through", answers.epochs, answers.names_of_epochs,
    ),
    _ask(
        Case("index from the end", 0.5, _from_the_end, "dataset[-1] is the last item, as in a list."),
        f"{_OWN} at -1, -2 and -len", answers.items, answers.names_of_items,
    ),
    _ask(
        Case("index past the end", 0.5, _past("end"), _END),
        f"{_OWN}[len]", answers.item, answers.item_names,
    ),
    _ask(
        Case("index before the start", 0.5, _past("start"), _END),
        f"{_OWN}[-len - 1]", answers.item, answers.item_names,
    ),
    _ask(
        Case("a for loop ends", 0.5, _loop, _END),
        f"The items of `for item in {_OWN}` were counted, up to 3 * len: the number", answers.loop, answers.no_names,
    ),
    _ask(
        Case("empty lists", 0.5, _fixed(), _EMPTY),
        "CustomDataset([], []), its length and a for loop", answers.empty, answers.names_of_empty,
    ),
    _ask(
        Case("None, said out loud", 0.5, _fixed([0, 4], None, None), "None means the lecture's table."),
        "CustomDataset(None, None) at 0 and 4", answers.items, answers.names_of_items,
    ),
    _ask(
        Case("data sets side by side", 1, _two, _SHARED),
        "two data sets of your own, then CustomDataset(), all three at once",
        answers.separate, answers.names_of_separate,
    ),
    _ask(
        Case("a subclass of Dataset", 0, _fixed(), _SUBCLASS),
        "issubclass(CustomDataset, Dataset)", answers.is_dataset, answers.no_names,
    ),
)  # fmt: skip

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
            usages=USAGES,
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
