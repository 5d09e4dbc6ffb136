"""A wrong array that no misconception explains is told by how it differs from the right one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from cnnexercises.catalog import exercises
from cnnexercises.exercise import FunctionTask
from grader.answered import Answered
from grader.grading import questions
from grader.outcome import Returned, TimedOut
from grader.patterns import observe
from grader.report import Diagnosis
from grader.submission import Submission
from grader.verdict import judge

LAYER = next(t for e in exercises() for t in e.tasks if isinstance(t, FunctionTask) and t.name == "conv2d_backward")
NOWHERE = Submission.__new__(Submission)
"""Only asked where an exception has a place, and there are none."""
Gradients = tuple[Any, Any, Any]


def observed(change: Callable[..., Gradients], changes: tuple[int, ...] = ()) -> Diagnosis:
    """Return what is observed where the right gradients (dx, dweight, dbias) of x are changed."""
    answered = []
    for question in questions(LAYER, 0):
        x = question.call.args[1] if question.call.args else question.call.kwargs["x"]
        outcome = Returned(change(x, *question.expected.value), changes)
        answered.append(Answered(question.call, question.expected, outcome, judge(
            question.expected, outcome, NOWHERE, LAYER)))
    found = observe(LAYER, answered, [one for one in answered if not one.verdict.passed])
    assert found is not None
    return found


def _channel_0(gradient: Any) -> Any:
    return np.where(np.arange(gradient.shape[1])[:, None, None] == 0, gradient, -7.0)


def _without_last_row(gradient: Any) -> Any:
    return np.where(np.arange(gradient.shape[2])[:, None] < gradient.shape[2] - 1, gradient, 5.0)


@pytest.mark.parametrize(
    ("change", "slug", "title"),
    [
        (lambda x, dx, dw, db: (dx * x.shape[1] * x.shape[2], dw, db), "scaled_by_size",
         "dx is x.shape[1] * x.shape[2] times too large"),
        (lambda x, dx, dw, db: (dx, dw / x.shape[2], db), "scaled_by_size",
         "dweight is too small by the factor x.shape[2]"),
        (lambda _x, dx, dw, db: (dx, dw / 4, db / 4), "scaled", "dweight and dbias are 0.25 times the right values"),
        (lambda _x, dx, dw, db: (_channel_0(dx), dw, db), "right_in_one_place",
         "dx is right in the first channel only"),
        (lambda _x, dx, dw, db: (_without_last_row(dx), dw, db), "wrong_in_one_place",
         "dx is wrong in the last row only"),
        (lambda _x, dx, dw, db: (dx * 0, dw, db), "all_zero", "dx is all zero"),
        (lambda _x, dx, dw, db: (dx, dw[..., ::-1, ::-1], db), "flipped", "dweight is flipped"),
    ],
)  # fmt: skip
def test_the_difference_is_put_in_words(change: Callable[..., Gradients], slug: str, title: str) -> None:
    """The title says which part is wrong, and how; the explanation clears the others."""
    found = observed(change)
    assert (found.slug, found.title, found.certainty) == (slug, title, "pattern")
    assert "right." in found.explanation


def test_an_argument_that_is_changed_is_told_when_the_answer_is_wrong_too() -> None:
    """An argument changed in place comes before the wrong values, which it often causes."""
    found = observed(lambda _x, dx, dw, db: (dx, dw + 1, db), changes=(2,))
    assert (found.slug, found.title) == ("input_changed", "weight is changed in place")
    assert "wrong" in found.explanation


def test_a_call_without_an_end_is_told() -> None:
    """A submission that never comes back is told to look at its loops."""
    asked = questions(LAYER, 0)[:3]
    ended = TimedOut(1.0)
    answered = [Answered(q.call, q.expected, ended, judge(q.expected, ended, NOWHERE, LAYER)) for q in asked]
    found = observe(LAYER, answered, answered)
    assert found is not None
    assert found.slug == "no_end"
