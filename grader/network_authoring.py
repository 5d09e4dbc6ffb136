"""For authors: how far the wrong networks of an exercise are from the right one, and from one another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from cnnexercises.exercise import Exercise, ModelTask
from grader.api import Grader
from grader.bench import Bench, reference_program
from grader.network_diagnosis import Mistakes, mistaken_logits
from grader.sandbox.runner import Limits, SandboxRunner
from grader.submission import Submission
from grader.transplant import LOGITS, centred, difference

Array = npt.NDArray[Any]

_SECONDS = 60.0


@dataclass(frozen=True)
class Spread:
    """The largest relative distances of the logits of a task's networks, over all images and sets of weights.

    ``apart[i][j]`` is that of networks i and j; 0 is the right one, the others are ``task.mistakes`` in order.
    ``steps`` is how far the right one, taken step by step, is from the reference itself.
    """

    task: ModelTask
    apart: Array
    steps: float

    @property
    def names(self) -> tuple[str, ...]:
        """The networks."""
        return ("the right one", *(mistake.slug for mistake in self.task.mistakes))

    def lines(self) -> Iterator[str]:
        """Yield what an author wants to see: a network a line, with the one that is nearest to it."""
        yield f"{self.task.name}: {len(self.task.mistakes)} wrong networks, told apart from {LOGITS:g} on"
        others = self.apart + np.diag(np.full(len(self.apart), np.inf))
        for name, row in zip(self.names, others, strict=True):
            yield f"  {row.min():.1e}  {name}: the nearest is {self.names[int(row.argmin())]}"

    def problems(self) -> Iterator[str]:
        """Yield a sentence for each wrong network that is right, and each two that are alike."""
        if self.steps > LOGITS:
            yield f"{self.task.name}: step by step, the reference gives other logits than as a whole."
        for first, second in combinations(range(len(self.names)), 2):
            if self.apart[first, second] <= LOGITS:
                yield f"{self.task.name}: nothing tells {self.names[first]} from {self.names[second]}."


def spreads(exercise: Exercise, seed: int) -> Iterator[Spread]:
    """Yield the distances of each network of an exercise that has mistakes."""
    for task in exercise.tasks:
        if isinstance(task, ModelTask) and task.mistakes:
            with Grader() as grader:
                runner = SandboxRunner(grader.warm_up(exercise.profile))
                session = runner.open(reference_program(task, seed), Limits(_SECONDS))
                nobody = Submission(Path(task.reference), "", ())
                yield spread(Bench(task, session, session, nobody, seed))
                session.close()


def spread(bench: Bench) -> Spread:
    """Measure the distances of a task's networks; the student's network on the bench is not asked."""
    inputs, task = bench.inputs, bench.task
    networks: list[Mistakes] = [(), *((mistake,) for mistake in task.mistakes)]
    apart, steps = np.zeros((len(networks), len(networks))), 0.0
    for weights in inputs.weights:
        logits = [centred(one) for one in mistaken_logits(bench, networks, weights, inputs.images)]
        steps = max(steps, difference(logits[0], centred(bench.expect("outputs", weights, inputs.images))))
        for first, second in combinations(range(len(networks)), 2):
            distance = max(difference(logits[first], logits[second]), apart[first, second])
            apart[first, second] = apart[second, first] = distance
    return Spread(task, apart, steps)
