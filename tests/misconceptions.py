"""Compares the misconceptions of a task with its reference and with each other, as a diagnosis does."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from cnnexercises.exercise import Call, FunctionTask, Misconception
from grader.compare import compare
from grader.diagnosis import Mistaken, agrees, mistaken_answer, raises_alike
from grader.verdict import Expected, answer

Asked = list[tuple[Call, Expected]]


@lru_cache(maxsize=64)
def pointed(task: FunctionTask, seed: int) -> Asked:
    """Return the calls of the cases that are worth points, with the right answers."""
    calls = [case.inputs(np.random.default_rng(seed)) for case in task.cases if case.points]
    return [(question, answer(task.reference, question)) for question in calls]


def answers(known: Misconception, asked: Asked) -> list[Mistaken]:
    """Return what a misconception answers to each call."""
    return [mistaken_answer(known.wrong, question) for question, _ in asked]


def right(given: Mistaken, expected: Expected) -> bool:
    """Whether a mistaken answer is the right one."""
    if given.raised or expected.error is not None:
        return expected.error in given.raised
    return compare(expected.value, given.value).difference is None


def alike(one: Mistaken, other: Mistaken, expected: Expected) -> bool:
    """Whether a diagnosis cannot tell two answers apart."""
    if one.raised or other.raised:
        return raises_alike(one.raised, other.raised, "AssertionError" in other.raised, expected.error)
    return agrees(one.value, other.value)


def without_loss(task: FunctionTask, seed: int) -> list[str]:
    """Return the misconceptions that lose no points."""
    asked = pointed(task, seed)
    return [
        known.slug
        for known in task.misconceptions
        if all(right(given, expected) for given, (_, expected) in zip(answers(known, asked), asked, strict=True))
    ]


def not_told_apart(task: FunctionTask, seed: int) -> set[frozenset[str]]:
    """Return the pairs of misconceptions that answer every case alike."""
    asked = pointed(task, seed)
    given = {known.slug: answers(known, asked) for known in task.misconceptions}

    def same(one: Sequence[Mistaken], other: Sequence[Mistaken]) -> bool:
        return all(alike(a, b, expected) for a, b, (_, expected) in zip(one, other, asked, strict=True))

    slugs = list(given)
    return {frozenset((a, b)) for i, a in enumerate(slugs) for b in slugs[:i] if same(given[a], given[b])}


def without_rung(task: FunctionTask) -> list[str]:
    """Return the misconceptions that answer every rung of the ladder rightly."""
    asked = [(rung, answer(task.reference, rung)) for rung in task.ladder()]
    return [
        known.slug
        for known in task.misconceptions
        if all(right(given, expected) for given, (_, expected) in zip(answers(known, asked), asked, strict=True))
    ]
