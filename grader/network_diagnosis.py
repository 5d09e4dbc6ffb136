"""Names the mistake of a network with the right parameters: the wrong network that gives the same logits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np
import numpy.typing as npt

from cnnexercises.exercise import ModelTask, NetworkMistake
from grader.bench import Bench, Known
from grader.outcome import Returned
from grader.report import Diagnosis
from grader.transplant import Layout, alike

Array = npt.NDArray[Any]
Ways = tuple[Layout, ...]
Mistakes = tuple[NetworkMistake, ...]

MISTAKEN = "Mistaken"
"""The name of the class in a reference's file that takes the steps of a mistake."""

FEW = (2, 5)
"""Which of the drawn images are asked for first: one with negative values, which tells most networks apart, and one
without."""


CONFIRMED = 6
"""On so many images what is named is confirmed: two with few values, two with negative ones, two without."""


@dataclass(frozen=True)
class Tried:
    """A way to lay out the first drawn weights, and the logits that a student's network gives with them for a few
    images."""

    ways: Ways
    logits: Array


def name_mistake(bench: Bench, known: Known, tried: Sequence[Tried]) -> Diagnosis | None:
    """Name the mistake, or the two mistakes at once, whose networks give the student's logits; or return None.

    One image only finds candidates. What is named gives the same logits for six images, with both sets of weights.
    """
    if not bench.task.mistakes:
        return None
    for candidates in (_single(bench.task), _pairs(bench.task)):
        fitting = list(_confirmed(bench, known, _fitting(bench, tried, candidates)))
        if fitting:
            return _exact(fitting)
    return None


def _single(task: ModelTask) -> list[Mistakes]:
    return [(mistake,) for mistake in task.mistakes]


def _pairs(task: ModelTask) -> list[Mistakes]:
    """Return pairs of frequent mistakes in different steps."""
    frequent = (mistake for mistake in task.mistakes if mistake.frequent)
    return [pair for pair in combinations(frequent, 2) if not pair[0].steps.keys() & pair[1].steps.keys()]


def mistaken_logits(bench: Bench, candidates: Sequence[Mistakes], weights: Sequence[Array], images: Array) -> Array:
    """Return the logits of wrong networks, (candidates, N, classes). Raises GraderFault when they do not answer."""
    sequences = [bench.task.taken(*mistakes) for mistakes in candidates]
    answer: Array = bench.expect("taken", list(weights), images, sequences, entry=MISTAKEN)
    return answer


def _fitting(
    bench: Bench, tried: Sequence[Tried], candidates: Sequence[Mistakes]
) -> tuple[list[Mistakes], Ways | None]:
    """Return the candidates that one image does not refute in the first way of laying out weights that has any."""
    logits = mistaken_logits(bench, candidates, bench.inputs.weights[0], bench.inputs.images[[FEW[0]]])
    for one in tried:
        given = one.logits[:1]
        found = [mistakes for mistakes, wanted in zip(candidates, logits, strict=True) if alike(given, wanted)]
        if found:
            return found, one.ways
    return [], None


def _confirmed(bench: Bench, known: Known, fitting: tuple[list[Mistakes], Ways | None]) -> Iterator[Mistakes]:
    """Yield the candidates that give the student's logits for images of each kind, with each of the drawn weights."""
    candidates, ways = fitting
    if ways is None:
        return
    images, close = bench.inputs.images[:CONFIRMED], np.ones(len(candidates), bool)
    for weights in bench.inputs.weights:
        outcome = bench.ask("outputs", known.placed(weights, ways), images)
        given = outcome.value if isinstance(outcome, Returned) else None
        wanted = mistaken_logits(bench, candidates, weights, images)
        if not isinstance(given, np.ndarray) or given.shape != wanted.shape[1:]:
            return
        close &= [alike(given, one) for one in wanted]
    yield from (mistakes for mistakes, same in zip(candidates, close, strict=True) if same)


def _exact(fitting: Sequence[Mistakes]) -> Diagnosis:
    (first, *second), *others = fitting
    titles = "; ".join(mistake.title for mistake in (first, *second))
    return Diagnosis(
        slug=_slug(fitting[0]),
        title=f"Two mistakes at once: {titles}" if second else titles,
        explanation=" ".join(mistake.explanation for mistake in fitting[0]),
        look_at=" ".join(dict.fromkeys(mistake.look_at for mistake in fitting[0])),
        certainty="exact",
        alternatives=tuple(map(_slug, others)),
    )


def _slug(mistakes: Mistakes) -> str:
    return "+".join(mistake.slug for mistake in mistakes)
