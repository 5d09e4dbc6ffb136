"""Small uses of a CustomDataset, the simplest first: what a student types to see what goes wrong."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from cnnexercises import custom_dataset_answers as answers
from cnnexercises.custom_dataset_item_mistakes import (
    BATCHES,
    BEFORE,
    EMPTY,
    EPOCHS,
    FLOAT32,
    LENGTH,
    LOOP,
    NEGATIVE,
    NONE,
    OWN,
    PAST,
    REAL,
    SHAPES,
    SIDE,
    TABLE,
    WHOLE,
)  # fmt: skip
from cnnexercises.exercise import Tensor, Usage

Answer = Callable[[], Any]

# --- the data ---

_X, _Y = [[9, 8, 7], [4, 5, 6], [3, 1, 2]], [[30], [20], [10]]
_HALF_X, _HALF_Y = [[9.5, 8, 7], [4, 5, 6.5], [3, 1.5, 2]], [[30.5], [20], [10.5]]
_LONG_X, _LONG_Y = [[n, n + 1, n + 2] for n in range(7)], [[n] for n in range(7)]


def _made(x: str, y: str) -> str:
    return f"x_data = {x}\ny_data = {y}\ndataset = CustomDataset(x_data, y_data)"


_LISTS = _made(f"{_X}", f"{_Y}")
_FLOATS = _made(f"np.array({_HALF_X})", f"np.array({_HALF_Y})")
_WHOLES = _made(f"np.array({_X})", f"np.array({_Y})")
_LONG = _made("[[n, n + 1, n + 2] for n in range(7)]", "[[n] for n in range(7)]")
_TOGETHER = f"first = CustomDataset({_X[:2]}, {_Y[:2]})\nsecond = CustomDataset({_X[2:]}, {_Y[2:]})"


def _count(dataset: str) -> str:
    """Return a loop that counts items, and leaves a data set that has no end."""
    return f"count = 0\nfor item in {dataset}:\n    count += 1\n    if count == 10:\n        break"


def _item(index: int, x: Any = None, y: Any = None) -> Answer:
    return lambda: answers.item(index, x, y)


# --- the uses ---


def _use(cases: tuple[str, ...], lines: str, asked: str, answer: Any) -> Usage:
    """Make a usage from an answer, or from a function that gives it."""
    return Usage(cases, lines, asked, answer if callable(answer) else lambda: answer)


def _sorted_y() -> Tensor:
    return Tensor(np.sort(answers.rows()[1], axis=0))


def _first_item() -> Any:
    return answers.item(0)


_DEFAULTS = (TABLE, SHAPES, FLOAT32, BATCHES, EPOCHS)
_EPOCHS = "\n".join(
    [
        "loader = DataLoader(CustomDataset(), batch_size=2, shuffle=True)",
        "once = torch.cat([y for x, y in loader])",
        "again = torch.cat([y for x, y in loader])",
    ]
)
_OF_LISTS, _OF_FLOATS, _OF_WHOLES = (OWN, SHAPES, FLOAT32, LOOP, EPOCHS), (REAL, EPOCHS), (WHOLE,)

USAGES = (
    _use((LENGTH, BATCHES, EPOCHS), "", "len(CustomDataset())", 5),
    *(_use(_DEFAULTS, "dataset = CustomDataset()", f"dataset[{index}]", _item(index)) for index in range(5)),
    _use(
        _DEFAULTS, "dataset = CustomDataset()", "[dataset[i] for i in range(5)]", lambda: answers.items([*range(5)])
    ),
    _use(_DEFAULTS, "dataset = CustomDataset()\nonce = dataset[0]", "dataset[0]", _first_item),
    _use((OWN, LOOP, EPOCHS), _LISTS, "len(dataset)", 3),
    *(_use(_OF_LISTS, _LISTS, f"dataset[{index}]", _item(index, _X, _Y)) for index in range(3)),
    *(
        _use(_OF_FLOATS, _FLOATS, f"dataset[{index}]", _item(index, _HALF_X, _HALF_Y))
        for index in range(3)
    ),
    *(_use(_OF_WHOLES, _WHOLES, f"dataset[{index}]", _item(index, _X, _Y)) for index in range(3)),
    _use((NEGATIVE,), _LISTS, "dataset[-1]", _item(-1, _X, _Y)),
    _use((NEGATIVE,), _LISTS, "dataset[-3]", _item(-3, _X, _Y)),
    _use((PAST, LOOP), _LISTS, "dataset[3]", _item(3, _X, _Y)),
    _use((BEFORE,), _LISTS, "dataset[-4]", _item(-4, _X, _Y)),
    _use((EMPTY,), "", "len(CustomDataset([], []))", 0),
    _use((EMPTY,), _count("CustomDataset([], [])"), "count", 0),
    _use((NONE,), "dataset = CustomDataset(None, None)", "dataset[0]", _first_item),
    _use((NONE,), "dataset = CustomDataset(None, None)", "dataset[4]", _item(4)),
    _use((LOOP,), f"{_LISTS}\n{_count('dataset')}", "count", 3),
    _use((BATCHES,), "loader = DataLoader(CustomDataset(), batch_size=2)", "list(loader)", lambda: answers.batches(2)),
    _use((OWN, REAL, WHOLE, LOOP, EPOCHS), _LONG, "len(dataset)", 7),
    _use((OWN, REAL, WHOLE, LOOP, EPOCHS), _LONG, "dataset[6]", _item(6, _LONG_X, _LONG_Y)),
    _use((OWN, LOOP, NEGATIVE), f"{_LISTS}\nfirst = dataset[0]", "x_data", _X),
    _use((REAL, WHOLE, EPOCHS), f"{_FLOATS}\nfirst = dataset[0]", "x_data", lambda: np.array(_HALF_X)),
    _use((REAL, WHOLE, EPOCHS), f"{_WHOLES}\nfirst = dataset[0]", "x_data", lambda: np.array(_X)),
    _use((SIDE, OWN), _TOGETHER, "len(first)", 2),
    _use((SIDE, OWN, NONE), _TOGETHER, "first[0]", _item(0, _X, _Y)),
    _use((SIDE, OWN), _TOGETHER, "second[0]", _item(2, _X, _Y)),
    _use((SIDE, OWN, NONE, BATCHES), f"{_LISTS}\ntable = CustomDataset()", "len(table)", 5),
    _use((SIDE, OWN, NONE, BATCHES), f"{_LISTS}\ntable = CustomDataset()", "table[0]", _first_item),
    _use((EPOCHS,), _EPOCHS, "again.sort(dim=0).values", _sorted_y),
)  # fmt: skip
"""Every use. The first that goes wrong, of a case that failed, is shown."""
