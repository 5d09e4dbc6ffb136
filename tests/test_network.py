"""Networks are judged by structure and function: tests of the checks of exercise 06 without the training."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest
from network_variants import RIGHT, WRONG

from cnnexercises.exercise import ModelTask
from cnnexercises.mnist_cnn import EXERCISE
from grader.bench import REFERENCE, Bench
from grader.network import CHECKS, Judgement, judge_network
from grader.sandbox import worker
from grader.sandbox.runner import Limits, Program, Runner, SandboxRunner
from grader.submission import Submission, Unit

PACKAGE = files("cnnexercises")
PROBE = PACKAGE.joinpath("probes/network.py").read_text("utf-8")


def the_task() -> ModelTask:
    """Return the task of exercise 06."""
    (task,) = EXERCISE.tasks
    assert isinstance(task, ModelTask)
    return task


@pytest.fixture(scope="module")
def runner() -> Iterator[Runner]:
    """The sandbox with torch."""
    sandbox = SandboxRunner(worker.launcher("torch", "auto"))
    yield sandbox
    sandbox.close()


def judged(runner: Runner, source: str, seed: int = 7) -> Judgement:
    """Judge a network without training it."""
    submission = Submission(Path("06_mnist_cnn.py"), "", (Unit("06_mnist_cnn.py", source),))
    reference = PACKAGE.joinpath("networks", the_task().reference).read_text("utf-8")
    limits = Limits(seconds=2.0)
    student = runner.open(Program((("06_mnist_cnn.py", source),), ("CNN",), PROBE), limits)
    trusted = runner.open(Program((("reference", reference),), (REFERENCE,), PROBE), limits)
    try:
        student.load()
        return judge_network(Bench(the_task(), student, trusted, submission, seed))
    finally:
        student.close()
        trusted.close()


@pytest.mark.parametrize("name", RIGHT)
def test_a_right_network_passes_in_any_style(runner: Runner, name: str) -> None:
    """Whatever computes the network that was asked for passes each check."""
    found = judged(runner, RIGHT[name])
    assert [case.message for case in found.cases[:-1] if not case.passed] == []


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_network_fails_and_is_told_why(runner: Runner, name: str) -> None:
    """A network with one mistake fails the check that the mistake concerns, with a message that names it."""
    wrong = WRONG[name]
    found = judged(runner, wrong.source)
    first = next(case for case in found.cases if not case.passed)
    assert (first.name, first.score) == (CHECKS[wrong.check], 0), first.message
    assert first.message is not None
    assert wrong.says in first.message
