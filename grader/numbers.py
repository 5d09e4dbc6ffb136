"""Wrong counts beside the right ones: a factor or a term, among the arguments, that is missing or one too many."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np

from cnnexercises.exercise import FunctionTask
from grader.answered import Answered
from grader.crashes import pattern
from grader.outcome import Returned
from grader.readings import arguments
from grader.report import Diagnosis

_TOLD: tuple[tuple[str, str, str, Callable[[int, int, int], bool]], ...] = (
    (
        "too_large_by", "{part} is too large by {quantity}", "Is {quantity} added where it should not be, or counted "
        "twice?", lambda given, right, n: given == right + n,
    ),
    (
        "too_small_by", "{part} is too small by {quantity}", "Is {quantity} to be added, or taken away once too often?",
        lambda given, right, n: given == right - n,
    ),
    (
        "factor_too_many", "{part} has the factor {quantity} once too often", "It is the right number times "
        "{quantity}. Is it multiplied in twice?", lambda given, right, n: given == right * n,
    ),
    (
        "factor_missing", "{part} lacks the factor {quantity}", "Times {quantity}, it would be the right number. Is it "
        "left out?", lambda given, right, n: n != 0 and given * n == right,
    ),
)  # fmt: skip
"""Slug, title, explanation, and the relation of what was given to what is right, by a quantity."""


def miscounted(task: FunctionTask, answered: Sequence[Answered], failed: Sequence[Answered]) -> Diagnosis | None:
    """Name the quantity that is missing or one too many in the only wrong number, the same in all calls."""
    kept = [one for one in answered if isinstance(one.outcome, Returned) and one.expected.error is None]
    rows = [(one, _whole(one.outcome.value), _whole(one.expected.value)) for one in kept]  # type: ignore[union-attr]
    lengths = {len(numbers) for _, given, right in rows for numbers in (given, right)}
    if not failed or len(lengths) != 1 or not all(any(one is row for row in kept) for one in failed):
        return None
    wrong = [part for part in range(lengths.pop()) if any(given[part] != right[part] for _, given, right in rows)]
    if len(wrong) != 1:
        return None
    part = wrong[0]
    numbers = [
        (given[part], right[part], dict([*_quantities(task, one), *_beside(task, part, right)]))
        for one, given, right in rows
    ]
    common = [name for name in numbers[0][2] if all(name in quantities for _, _, quantities in numbers)]
    for slug, title, explanation, holds in _TOLD:
        for name in common:
            if all(holds(given, right, quantities[name]) for given, right, quantities in numbers):
                words = {"part": _name(task, part, len(rows[0][2])), "quantity": name}
                return pattern(slug, title.format(**words), f"So it is in every case. {explanation.format(**words)}")
    return None


def _whole(value: Any) -> tuple[int, ...]:
    """Return an int, or several, as a tuple; nothing for anything else."""
    values = value if isinstance(value, tuple) else (value,)
    whole = all(isinstance(one, (int, np.integer)) and not isinstance(one, bool) for one in values)
    return tuple(map(int, values)) if whole else ()


def _name(task: FunctionTask, part: int, count: int) -> str:
    if task.results:
        return task.results[part]
    return "The result" if count == 1 else f"Number {part + 1} of the result"


def _beside(task: FunctionTask, part: int, right: tuple[int, ...]) -> Iterator[tuple[str, int]]:
    """Yield the other numbers of the right answer."""
    for index, number in enumerate(right):
        if index != part:
            yield _name(task, index, len(right)), number


def _quantities(task: FunctionTask, one: Answered) -> Iterator[tuple[str, int]]:
    """Yield what may be missing or one too many, the simpler first."""
    yield from (("1", 1), ("2", 2))
    for name, value in arguments(task, one.call.args, one.call.kwargs).items():
        match value:
            case bool():
                continue
            case int() | (int(), int()):
                height, width = value if isinstance(value, tuple) else (value, value)
                yield from ((name, value),) if isinstance(value, int) else ()
                yield f"the height of {name}", height
                yield f"the width of {name}", width
                yield f"height * width of {name}", height * width
