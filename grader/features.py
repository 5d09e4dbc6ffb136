"""What a call has, in words: "stride is more than 1", "x is not square"; and what failed calls have in common."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from cnnexercises.exercise import FunctionTask
from grader.answered import Answered


def telling(
    task: FunctionTask, answered: Sequence[Answered], failed: Sequence[Answered], most: float
) -> Sequence[str]:
    """Return at most two features, of two arguments, that all failed calls and few others have, the rarest first."""
    passed = [features(task, one) for one in answered if one.verdict.passed]
    if not passed:
        return ()
    common = set.intersection(*(features(task, one) for one in failed))
    count = {feature: sum(feature in has for has in passed) for feature in common}
    few = [feature for feature in common if count[feature] <= most * len(passed)]
    rare = sorted(few, key=lambda feature: (count[feature], _VAGUE.get(feature[1], 0), feature))
    best: dict[str, str] = {}
    for name, feature in rare:
        best.setdefault(name, f"{name} {feature}")
    return list(best.values())[:2]


_VAGUE = {"is more than 1": 1, "is more than 0": 2, "is given": 3}
"""Features that say less than others, and how much less."""


def features(task: FunctionTask, one: Answered) -> set[tuple[str, str]]:
    """Return what a call has, each with the name of the argument: ("stride", "is more than 1")."""
    named = {**dict(zip(task.parameters, one.call.args, strict=False)), **one.call.kwargs}
    found = {(name, feature) for name, value in named.items() for feature in _of_value(value)}
    return found | {("stride", feature) for feature in _of_windows(named)}


def _of_windows(named: Mapping[str, Any]) -> Iterator[str]:
    """Say how windows lie side by side."""
    kernel, stride = named.get("kernel", named.get("weight")), named.get("stride")
    sides = kernel.shape[-2:] if isinstance(kernel, np.ndarray) else _pair(kernel)
    for side, step in zip(sides, _pair(stride), strict=False):
        if step != side:
            yield "is smaller than the kernel" if step < side else "is larger than the kernel"


def _pair(value: Any) -> tuple[Any, ...]:
    return value if isinstance(value, tuple) else () if value is None else (value, value)


def _of_value(value: Any) -> Iterator[str]:
    if value is not None:
        yield "is given"
    match value:
        case np.ndarray():
            yield from _of_array(value)
        case list():
            yield f"has {len(value)} entries"
            if len(value) > 2:
                yield "has more than two entries"
        case tuple() if value:
            yield "is a pair"
            yield from (f"is more than {least}" for least in (0, 1) if max(value) > least)
            if any(side != value[0] for side in value):
                yield "differs in height and width"
        case bool():
            return
        case float():
            yield f"is {value:g}"
            if not value.is_integer():
                yield "is no whole number"
        case int():
            yield "is more than 0" if value > 0 else "is negative" if value < 0 else "is 0"
            if value > 1:
                yield "is more than 1"


def _of_array(value: npt.NDArray[Any]) -> Iterator[str]:
    if value.ndim >= 2 and value.shape[-1] != value.shape[-2]:
        yield "is not square"
    if value.ndim == 4 and value.shape[0] > 1:
        yield "has several images or filters"
    if value.ndim == 4 and value.shape[1] > 1:
        yield "has several channels"
    if value.dtype == np.float32:
        yield "is float32"
