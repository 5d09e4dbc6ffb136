"""A mistake is named for certain only when it explains every answer; two at once, and near misses, are told too."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import combinations
from typing import Any, cast

import numpy as np
import pytest

from cnnexercises.catalog import exercises
from cnnexercises.conv_layer_gradients import layer
from cnnexercises.exercise import FunctionTask, Misconception
from grader.answered import Answered
from grader.diagnosis import diagnose, mistaken_answer
from grader.grading import Question, questions
from grader.outcome import Outcome, Raised, Returned
from grader.report import Diagnosis
from grader.submission import Submission
from grader.verdict import judge

Function = Callable[..., Any]
NOWHERE = cast(Submission, None)
"""Only asked where an exception has a place, and these have none."""

TASKS = {task.name: task for exercise in exercises() for task in exercise.tasks if isinstance(task, FunctionTask)}
LAYER = TASKS["conv2d_backward"]


def asked(task: FunctionTask) -> list[Question]:
    """Return the questions to a task that are worth points."""
    return [question for question in questions(task, 0) if question.case.points]


def outcome(function: Function, question: Question) -> Outcome:
    """Call a function as if it had been submitted."""
    try:
        with np.errstate(all="ignore"):
            return Returned(function(*question.call.args, **question.call.kwargs))
    except Exception as error:
        return Raised(tuple(base.__name__ for base in type(error).__mro__), str(error))


def told(task: FunctionTask, function: Function) -> Diagnosis | None:
    """Return what a submission that answers as the function does is told."""
    answered = []
    for question in asked(task):
        came = outcome(function, question)
        verdict = judge(question.expected, came, NOWHERE, task)
        answered.append(Answered(question.call, question.expected, came, verdict))
    return diagnose(task, answered)


def misconception(slug: str) -> Misconception:
    """Return a misconception of conv2d_backward."""
    return next(known for known in LAYER.misconceptions if known.slug == slug)


def steps(*slugs: str) -> dict[str, Any]:
    """Return the exchanged steps of misconceptions of conv2d_backward, together."""
    return {name: step for slug in slugs for name, step in cast(Any, misconception(slug).wrong).keywords.items()}


@pytest.mark.parametrize("name", TASKS)
def test_a_known_mistake_is_named_for_certain(name: str) -> None:
    """A submission that answers as a misconception does, and refuses nothing on purpose, is told exactly that one."""
    task = TASKS[name]
    for known in task.misconceptions[::7]:
        if any("AssertionError" in mistaken_answer(known.wrong, question.call).raised for question in asked(task)):
            continue
        diagnosis = told(task, known.wrong)
        assert diagnosis is not None
        assert (diagnosis.slug, diagnosis.certainty, diagnosis.alternatives) == (known.slug, "exact", ())


@pytest.mark.parametrize(
    "pair",
    [*combinations(("dx_minus_slice", "stride_ignored", "dweight_transposed", "dbias_mean", "dx_kernel_turned"), 2)],
    ids="+".join,
)
def test_two_mistakes_at_once_are_both_named(pair: tuple[str, str]) -> None:
    """Two mistakes in different steps are named together."""
    diagnosis = told(LAYER, partial(layer, **steps(*pair)))
    assert diagnosis is not None
    assert diagnosis.certainty == "exact"
    assert sorted(diagnosis.slug.split("+")) == sorted(pair)
    assert diagnosis.title.startswith("Two mistakes at once: ")


def test_a_mistake_that_crashes_elsewhere_is_an_observation() -> None:
    """A mistake that explains all but a few crashes is named, and not for certain."""

    def turned(dout: Any, x: Any, weight: Any, stride: Any = 1, padding: Any = 0) -> Any:
        if len(x) == 3:
            raise IndexError
        return layer(dout, x, weight, stride, padding, **steps("dx_kernel_turned"))

    diagnosis = told(LAYER, turned)
    assert diagnosis is not None
    assert (diagnosis.slug, diagnosis.certainty) == ("dx_kernel_turned", "pattern")
    assert "not in every case" in diagnosis.explanation


@pytest.mark.parametrize("error", [ValueError, IndexError, NameError, TypeError, ZeroDivisionError])
def test_what_always_crashes_is_never_certain(error: type[Exception]) -> None:
    """Crashes in every call fit many mistakes at once, and prove none."""

    def crash(*_: Any, **__: Any) -> Any:
        raise error

    for task in TASKS.values():
        diagnosis = told(task, crash)
        assert diagnosis is None or diagnosis.certainty == "pattern"


def test_a_wrong_name_is_no_other_mistake() -> None:
    """A NameError where there is padding is told as such, and not as a mistake that crashes there."""

    def misspelt(dout: Any, x: Any, weight: Any, stride: Any = 1, padding: Any = 0) -> Any:
        if padding != 0:
            raise NameError("name 'pading' is not defined")
        return layer(dout, x, weight, stride, padding)

    diagnosis = told(LAYER, misspelt)
    assert diagnosis is not None
    assert (diagnosis.slug, diagnosis.certainty) == ("unknown_name", "pattern")


def test_where_a_crash_happens_is_said() -> None:
    """Shapes that do not fit where x has several images are told with that."""

    def batches(dout: Any, x: Any, weight: Any, stride: Any = 1, padding: Any = 0) -> Any:
        if len(x) > 1:
            raise ValueError("operands could not be broadcast together")
        return layer(dout, x, weight, stride, padding)

    diagnosis = told(LAYER, batches)
    assert diagnosis is not None
    assert diagnosis.slug == "broadcast"
    assert "x has several images" in diagnosis.explanation


def test_the_part_that_is_wrong_is_named() -> None:
    """Where one gradient of three is wrong in a way that nothing explains, that one is named and the others cleared."""

    def noisy(dout: Any, x: Any, weight: Any, stride: Any = 1, padding: Any = 0) -> Any:
        dx, dweight, dbias = layer(dout, x, weight, stride, padding)
        return dx, dweight + np.sin(np.arange(dweight.size)).reshape(dweight.shape), dbias

    diagnosis = told(LAYER, noisy)
    assert diagnosis is not None
    assert diagnosis.slug == "part_wrong"
    assert diagnosis.explanation == "In every case dweight is wrong, dx and dbias are right."


def test_right_answers_need_no_diagnosis() -> None:
    """A right submission is told nothing."""
    assert [told(task, task.reference) for task in TASKS.values()] == [None] * len(TASKS)
