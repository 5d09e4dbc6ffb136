"""Probe functions that run beside a submitted data set, and answer with what a user of it sees.

Each takes the submitted class first. "Values" of an item are its parts as flat float32 tensors, so that a
wrong dtype or shape is found where it is asked for, and costs nothing elsewhere. What is no tensor and
cannot become one is returned as it is: the grader says what it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import islice
from typing import Any

import numpy as np
import torch
from torch.utils.data import DataLoader, Dataset


def length(entry: Any, *data: Any) -> Any:
    """Return the length of a data set."""
    return len(entry(*data))


def items(entry: Any, indices: list[int], *data: Any) -> list[Any]:
    """Return the values of the items at some indices."""
    dataset = entry(*data)
    return [_parts(dataset[index], _values) for index in indices]


def item(entry: Any, index: int, *data: Any) -> Any:
    """Return the values of one item."""
    return _parts(entry(*data)[index], _values)


def contents(entry: Any, indices: list[int], *data: Any) -> tuple[Any, list[Any]]:
    """Return the length, and the values of the items at some indices."""
    return length(entry, *data), items(entry, indices, *data)


def dtypes(entry: Any, *data: Any) -> list[Any]:
    """Return the first items of the lecture's table and of the data, as zeros of the dtypes they have."""
    return [_parts(entry(*given)[0], _blank) for given in ((), data)]


def exact_items(entry: Any, indices: list[int], *data: Any) -> list[Any]:
    """Return the items at some indices, with the dtypes that they have."""
    dataset = entry(*data)
    return [_parts(dataset[index], _flat) for index in indices]


def shapes(entry: Any, *data: Any) -> list[Any]:
    """Return the first items of the lecture's table and of the data, as zeros of the shapes they have."""
    return [_parts(entry(*given)[0], _outline) for given in ((), data)]


def loop(entry: Any, most: int, *data: Any) -> int:
    """Return how many items a for loop gets, at the most ``most``: some data sets have no end."""
    return sum(1 for _ in islice(entry(*data), most))


def empty(entry: Any) -> tuple[Any, int]:
    """Return the length of a data set of empty lists, and how many items a for loop gets of it."""
    return len(entry([], [])), loop(entry, 5, [], [])


def batches(entry: Any, batch_size: int) -> list[Any]:
    """Return the batches of the lecture's table, in order, with the shapes that they have."""
    return [_parts(batch, _shaped) for batch in islice(DataLoader(entry(), batch_size), 10)]


def epochs(entry: Any, batch_size: int, *data: Any) -> list[Any]:
    """Return what two shuffled epochs over one data set give: rows of x and y side by side, sorted."""
    order = torch.Generator().manual_seed(0)
    loader = DataLoader(entry(*data), batch_size, shuffle=True, generator=order)
    return [_sorted_rows(loader) for _ in range(2)]


def separate(entry: Any, first: list[Any], second: list[Any]) -> list[Any]:
    """Return length and first item of three data sets: one of each argument, one of the lecture's table."""
    datasets = [entry(*first), entry(*second), entry()]
    return [(len(dataset), _parts(dataset[0], _values)) for dataset in datasets]


def typed(entry: Any, lines: str, asked: str) -> Any:
    """Return what an expression gives after some lines that use the class, typed by the course."""
    names = {"CustomDataset": entry, "DataLoader": DataLoader, "np": np, "torch": torch}
    exec(lines, names)
    return eval(asked, names)


def is_dataset(entry: Any) -> bool:
    """Return whether it is a torch Dataset."""
    return issubclass(entry, Dataset) if isinstance(entry, type) else isinstance(entry(), Dataset)


def _sorted_rows(loader: Iterable[Any]) -> Any:
    rows: list[list[float]] = []
    for batch in islice(loader, 100):
        parts = _parts(batch, _shaped)
        if not isinstance(parts, tuple | list) or not all(isinstance(part, torch.Tensor) for part in parts):
            return parts
        rows += torch.cat([part.reshape(len(part), -1) for part in parts], 1).tolist()
    return torch.tensor(sorted(rows))


def _parts(item: Any, view: Callable[[Any], Any]) -> Any:
    if isinstance(item, tuple | list):
        return tuple(map(view, item)) if isinstance(item, tuple) else [*map(view, item)]
    return item


def _shaped(part: Any) -> Any:
    try:
        return torch.as_tensor(part).detach().to(torch.float32)
    except Exception:  # whatever the object is: the grader names it
        return part


def _values(part: Any) -> Any:
    tensor = _shaped(part)
    return tensor.reshape(-1) if isinstance(tensor, torch.Tensor) else part


def _flat(part: Any) -> Any:
    return part.detach().reshape(-1) if isinstance(part, torch.Tensor) else part


def _outline(part: Any) -> Any:
    tensor = _shaped(part)
    return torch.zeros_like(tensor) if isinstance(tensor, torch.Tensor) else part


def _blank(part: Any) -> Any:
    if not isinstance(part, torch.Tensor):
        return part
    plain = torch.Tensor.as_subclass(part, torch.Tensor)  # a subclass may say what it likes of its dtype
    return torch.zeros(3, dtype=plain.dtype)
