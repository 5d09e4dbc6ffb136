"""Search for calls that show every misconception of a task, and tell each pair of them apart.

    python benchmarks/search_cases.py TASK [--draws N]

Draws calls, finds which misconceptions answer alike to each, and prints the few that together tell the most
apart (each line is the call that tells the most pairs which no line above it told), beside what the written
cases do. The right answer counts as one more: what is told from it is caught. Then write cases down.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from input_spaces import SPACES  # beside this file

from cnnexercises import catalog
from cnnexercises.exercise import Call, FunctionTask
from grader.diagnosis import Mistaken, agrees, mistaken_answer, raises_alike, rightly
from grader.grading import questions
from grader.verdict import answer

Told = npt.NDArray[np.bool_]


def told_apart(task: FunctionTask, asked: Call) -> Told:
    """Return which pairs a call tells apart: (M + 1, M + 1), above the diagonal, the right answer first."""
    right = answer(task.reference, asked)
    groups, labels = [Mistaken(right.value)], [0]
    for known in task.misconceptions:
        given = mistaken_answer(known.wrong, asked)
        alike = (i for i, other in enumerate(groups) if i and _alike(other, given, right.error))
        labels.append(0 if rightly(right, given) else next(alike, len(groups)))
        if labels[-1] == len(groups):
            groups.append(given)
    return np.triu(np.not_equal.outer(labels, labels))


def _alike(one: Mistaken, other: Mistaken, error: str | None) -> bool:
    if one.raised or other.raised:
        return raises_alike(one.raised, other.raised, "AssertionError" in other.raised, error)
    return agrees(one.value, other.value)


def few(told: Sequence[Told]) -> Iterator[tuple[int, int]]:
    """Yield which to take, and how many pairs it tells that none before it did: the most each time."""
    left = np.logical_or.reduce(told)
    while left.any():
        gains = [int((one & left).sum()) for one in told]
        best = int(np.argmax(gains))
        left &= ~told[best]
        yield best, gains[best]


def summary(task: FunctionTask, asked: Call) -> str:
    """Return a call with shapes in place of arrays."""
    pairs: list[tuple[str, Any]] = [*zip(task.parameters, asked.args, strict=False), *asked.kwargs.items()]
    return ", ".join(f"{name}={v.shape if isinstance(v, np.ndarray) else v}" for name, v in pairs)


def lines(task: FunctionTask, draws: int) -> Iterator[str]:
    """Yield what the written cases do, what draws and rungs do, and the few of each that do it all."""
    rng, written = np.random.default_rng(0), [q for q in questions(task, 0) if q.case.points]
    calls = [*task.ladder(), *(SPACES[task.name](rng) for _ in range(draws))]
    refusing = any(question.expected.error for question in written)
    calls = [one for one in calls if refusing or not answer(task.reference, one).error]
    slugs = ["the right answer", *(known.slug for known in task.misconceptions)]
    by_cases = [told_apart(task, question.call) for question in written]
    by_calls = [told_apart(task, one) for one in calls]
    for label, told in ((f"{len(written)} cases", by_cases), (f"{len(calls)} draws and rungs", by_calls)):
        total = np.logical_or.reduce(told)
        yield f"{label}: {total[0].sum()} of {len(slugs) - 1} caught, {total[1:].sum()} pairs told apart"
    missed = np.logical_or.reduce(by_calls) & ~np.logical_or.reduce(by_cases)
    yield from (f"no case tells {slugs[i]} from {slugs[j]}" for i, j in np.argwhere(missed))
    yield "the cases that do it:"
    yield from (f"{gain:6} {written[i].case.name}" for i, gain in few(by_cases))
    yield "the draws and rungs that do it:"
    yield from (f"{gain:6} {summary(task, calls[i])}" for i, gain in few(by_calls))


def main() -> None:
    """Search for one task."""
    parser = argparse.ArgumentParser(description="Search for calls that tell misconceptions apart.")
    parser.add_argument("task", choices=SPACES)
    parser.add_argument("--draws", type=int, default=200)
    arguments = parser.parse_args()
    tasks = (task for exercise in catalog.exercises() for task in exercise.tasks)
    for task in tasks:
        if isinstance(task, FunctionTask) and task.name == arguments.task:
            print(*lines(task, arguments.draws), sep="\n")


if __name__ == "__main__":
    main()
