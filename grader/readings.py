"""Answers that are right for other arguments: "it answers as if padding were twice as large"."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial
from inspect import signature
from typing import Any

import numpy as np

from cnnexercises.exercise import FunctionTask, Misconception

Reading = tuple[str, Callable[[Any], Any]]
"""What an argument is taken for, in words that go on "as if x were ...", and how to make that of it."""


def _each(change: Callable[[int], int]) -> Callable[[Any], Any]:
    """Change an int, or both numbers of a pair."""
    return lambda value: tuple(map(change, value)) if isinstance(value, tuple) else change(value)


_NUMBERS: tuple[Reading, ...] = (
    ("0", _each(lambda _: 0)),
    ("1", _each(lambda _: 1)),
    ("one more", _each(lambda n: n + 1)),
    ("one less", _each(lambda n: n - 1)),
    ("twice as much", _each(lambda n: 2 * n)),
    ("half as much", _each(lambda n: n // 2)),
    ("squared", _each(lambda n: n * n)),
    ("(width, height)", lambda value: value[::-1] if isinstance(value, tuple) else value),
    ("its first number on both axes", lambda value: (value[0],) * 2 if isinstance(value, tuple) else value),
    ("its second number on both axes", lambda value: (value[1],) * 2 if isinstance(value, tuple) else value),
)
_FLAGS: tuple[Reading, ...] = (("True always", lambda _: True), ("False always", lambda _: False))
_LISTS: tuple[Reading, ...] = (
    ("in reverse order", lambda values: values[::-1]),
    ("sorted", sorted),
    ("without its last entry", lambda values: values[:-1]),
    ("without its first entry", lambda values: values[1:]),
)
_VECTORS: tuple[Reading, ...] = (
    ("None", lambda _: None),
    ("in reverse order", lambda a: a[::-1]),
    ("negative", lambda a: -a),
    ("its first entry throughout", lambda a: np.broadcast_to(a[:1], a.shape)),
)
_IMAGES: tuple[Reading, ...] = (
    ("turned by 180 degrees", lambda a: a[..., ::-1, ::-1]),
    ("flipped left to right", lambda a: a[..., ::-1]),
    ("flipped upside down", lambda a: a[..., ::-1, :]),
    ("transposed", lambda a: a.swapaxes(-1, -2)),
    ("turned by 90 degrees", lambda a: np.rot90(a, 1, (-2, -1))),
    ("turned by 90 degrees clockwise", lambda a: np.rot90(a, -1, (-2, -1))),
    ("negative", lambda a: -a),
    ("rounded down", np.floor),
    ("in another order along its first axis, the last first", lambda a: a[::-1]),
    ("its first entry throughout, along its first axis", lambda a: np.broadcast_to(a[:1], a.shape)),
)
_LAYERS: tuple[Reading, ...] = (
    ("with its first two axes exchanged", lambda a: a.swapaxes(0, 1)),
    ("in another order along its second axis, the last first", lambda a: a[:, ::-1]),
    ("the first of its second axis throughout", lambda a: np.broadcast_to(a[:, :1], a.shape)),
    ("reshaped to have its last two axes exchanged", lambda a: a.reshape(*a.shape[:-2], a.shape[-1], a.shape[-2])),
)


def _fitting(value: Any) -> tuple[Reading, ...]:
    """Return the readings for a value of this kind."""
    match value:
        case bool():
            return _FLAGS
        case int() | (int(), int()):
            return _LISTS if isinstance(value, list) else _NUMBERS
        case list():
            return _LISTS
        case np.ndarray():
            return _VECTORS if value.ndim == 1 else _IMAGES if value.ndim < 4 else _IMAGES + _LAYERS
    return ()


def _as_if(task: FunctionTask, name: str, words: str, *args: Any, **kwargs: Any) -> Any:
    """Answer as the reference does, with one argument read in another way."""
    given = arguments(task, args, kwargs)
    change = dict(_fitting(given[name])).get(words)
    return task.reference(**given | ({name: change(given[name])} if change else {}))


def arguments(task: FunctionTask, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> dict[str, Any]:
    """Return the arguments of a call by their names, the defaults included."""
    bound = signature(task.reference).bind(*args, **kwargs)
    bound.apply_defaults()
    return bound.arguments


@cache
def readings(task: FunctionTask) -> tuple[Misconception, ...]:
    """Return what a task answers with each of its arguments read in each way that fits it."""
    return tuple(_told(task, name, words) for name, words in dict.fromkeys(_ways(task)))


def _ways(task: FunctionTask) -> Iterator[tuple[str, str]]:
    for rung in task.ladder():
        for name, value in arguments(task, rung.args, rung.kwargs).items():
            yield from ((name, words) for words, _ in _fitting(value))


def _told(task: FunctionTask, name: str, words: str) -> Misconception:
    return Misconception(
        f"{name}_read_otherwise",
        f"It answers as if {name} were {words}",
        f"In every case the answer is the right one for such a {name}.",
        f"Where {name} comes in.",
        partial(_as_if, task, name, words),
    )
