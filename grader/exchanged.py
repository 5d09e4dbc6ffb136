"""The mistake that any function may have: two of its parameters in each other's place."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache, partial
from itertools import combinations
from typing import Any

from cnnexercises.exercise import FunctionTask, Misconception
from grader.answered import Answered
from grader.outcome import Returned


def exchanged(task: FunctionTask, answered: Sequence[Answered]) -> tuple[Misconception, ...]:
    """Return the mistakes of two exchanged parameters, where they may explain the calls.

    Calls by keyword are right then. Some wrong call must have returned a value: crashes alone have other reasons.
    """
    by_keyword = any(one.verdict.passed and one.call.kwargs for one in answered)
    returned = any(isinstance(one.outcome, Returned) and not one.verdict.passed for one in answered)
    return _exchanges(task) if by_keyword and returned else ()


@lru_cache(maxsize=64)
def _exchanges(task: FunctionTask) -> tuple[Misconception, ...]:
    pairs = combinations(range(len(task.parameters)), 2)
    return tuple(_exchange(task, first, second) for first, second in pairs)


def _exchange(task: FunctionTask, first: int, second: int) -> Misconception:
    names = task.parameters[first], task.parameters[second]
    return Misconception(
        slug="parameters_exchanged",
        title=f"The parameters {names[0]} and {names[1]} stand in the other order",
        explanation=f"The order is {', '.join(task.parameters)}. A call that does not name its arguments goes by it.",
        look_at="The line with def.",
        wrong=partial(_answer, task, first, second),
    )


def _answer(task: FunctionTask, first: int, second: int, *args: Any, **kwargs: Any) -> Any:
    """Answer as the reference does with two parameters in each other's place; the first one of them has no default."""
    given = list(args)
    if second < len(given):
        given[first], given[second] = given[second], given[first]
    elif first < len(given):
        raise TypeError
    return task.reference(*given, **kwargs)
