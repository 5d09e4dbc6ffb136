"""What an author is told of an exercise: which cases no mistake needs, and the reasons that such cases give."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from types import ModuleType

import pytest

from cnnexercises.catalog import exercises
from cnnexercises.exercise import (
    Call,
    Case,
    DatasetMistake,
    DatasetTask,
    Exercise,
    FunctionTask,
    Misconception,
    call,
)
from grader.authoring import Matrix, Recognised, matrices

DATA_SETS = [task for exercise in exercises() for task in exercise.tasks if isinstance(task, DatasetTask)]


def _case(number: int, points: float = 1, stays: str | None = None) -> Case:
    return Case(f"of {number}", points, lambda _rng: call(number), stays=stays)


def _ladder() -> Iterator[Call]:
    yield from map(call, (-2, 0, 3))


def _matrix(monkeypatch: pytest.MonkeyPatch, *cases: Case) -> Matrix:
    """Return the matrix of abs with two mistakes: a sign that stays, and 3 at the most."""
    module = ModuleType("cnnexercises.abs_mistakes")
    module.MISTAKES = (  # type: ignore[attr-defined]
        Misconception("signed", "The sign stays", "No sign.", "The return.", lambda number: number),
        Misconception("limited", "3 at the most", "No limit.", "The return.", lambda number: min(abs(number), 2)),
    )
    monkeypatch.setitem(sys.modules, module.__name__, module)
    task = FunctionTask("abs", ("number",), "", abs, cases, _ladder, (), mistakes="abs_mistakes:MISTAKES")
    (matrix,) = matrices(Exercise(1, "tiny", "", "", 1, 1, "numpy", "", (), (task,)), 0)
    return matrix


def test_a_case_that_no_mistake_needs_has_to_say_why_it_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    """An idle case with points is a problem, unless it gives a reason; one without points is none."""
    needed, idle, marked = (_case(-1), _case(5)), _case(1), _case(0, points=0)
    assert list(_matrix(monkeypatch, *needed, marked).problems()) == []
    (problem,) = _matrix(monkeypatch, *needed, idle, marked).problems()
    assert problem == "abs: no mistake needs the case 'of 1', and nothing says why it stays."
    assert list(_matrix(monkeypatch, *needed, _case(1, stays="It is the plainest.")).problems()) == []


def test_cases_of_one_kind_are_idle_together(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of two cases that catch the same mistakes none is needed; each alone is."""
    assert _matrix(monkeypatch, _case(-1), _case(-2), _case(5)).idle == ("of -1", "of -2")
    assert _matrix(monkeypatch, _case(-1), _case(5)).idle == ()


def test_reasons_are_printed_below_the_matrix(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each idle case is printed with its reason, and each case that is needed after all with the reason it gives."""
    cases = (_case(-1, stays="It is the first."), _case(5), _case(1, stays="It is the plainest."), _case(2))
    assert list(_matrix(monkeypatch, *cases).lines()) == [
        "abs: 2 misconceptions, 4 cases",
        "  x...  signed",
        "  .x..  limited",
        "  needed with these inputs: of -1. Otherwise: It is the first.",
        "  idle: of 1. It is the plainest.",
        "  idle: of 2. Nothing says why it stays.",
    ]


def test_a_case_of_a_data_set_is_needed_when_a_mistake_is_recognised_by_it() -> None:
    """A data set's case with points by which no mistake is recognised has to say why it stays."""
    whole = DATA_SETS[0]
    first, second = (replace(o, case=_case(n)) for o, n in zip(whole.observations[:2], (1, 2), strict=True))
    mistake = DatasetMistake("off", "", "", "", {"of 1": ""})
    found = Recognised(replace(whole, observations=(first, second), mistakes=(mistake,)))
    (problem,) = found.problems()
    assert problem == f"{whole.name}: no mistake needs the case 'of 2', and nothing says why it stays."
    assert list(found.lines()) == [
        f"{whole.name}: 1 mistakes, 2 cases",
        "    1  of 1",
        "    0  of 2",
        "  idle: of 2. Nothing says why it stays.",
    ]


@pytest.mark.parametrize("task", DATA_SETS, ids=lambda task: task.name)
def test_the_cases_of_data_sets_are_needed_or_say_why_they_stay(task: DatasetTask) -> None:
    """Each case of a data set has a mistake that is recognised by it, or a reason."""
    assert list(Recognised(task).problems()) == []
