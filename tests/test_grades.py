"""The grade that follows from the reports and adjustments of a student in an exercise."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from storing import a_key

from grader.gradebook import Mark
from grader.grades import grade_of

NOON = datetime(2026, 11, 25, 12, tzinfo=timezone.utc)


def a_mark(attempt: int, score: float, minute: int = 0, **fields: Any) -> Mark:
    """Return the mark of an attempt, out of 10 points, stored some minutes after noon."""
    content: dict[str, Any] = {
        "key": a_key(attempt=attempt, version=fields.pop("version", "1")),
        "status": "graded",
        "max_score": 10.0,
        "stored_at": NOON + timedelta(minutes=minute),
        "identifier": None,
        "fingerprint": None,
    }
    return Mark(score=score, **content | fields)


def test_last_and_best_choose_an_attempt() -> None:
    """ "last" takes the highest attempt, "best" the best share of points, and of equal ones the first."""
    marks = [a_mark(1, 6), a_mark(2, 9), a_mark(3, 9), a_mark(10, 7), a_mark(4, 9.5, max_score=20)]
    attempts = {}
    for policy in ("last", "best"):
        grade = grade_of("kim", "04", marks, (), policy)
        assert grade.key is not None
        attempts[policy] = (grade.key.attempt, grade.score)
    assert attempts == {"last": (10, 7), "best": (2, 9)}


def test_an_attempt_has_the_report_that_was_stored_last() -> None:
    """A later version's report counts, even where an earlier one was better."""
    marks = [a_mark(1, 5, minute=9, version="2"), a_mark(1, 8, minute=3, version="3")]
    assert grade_of("kim", "04", marks, (), "best").score == 5


@pytest.mark.parametrize("status", ["fault", "unreadable"])
def test_what_was_not_graded_is_never_a_zero(status: str) -> None:
    """A fault or an unreadable file leaves the grade to the other attempts, and is named; alone it is no grade."""
    lost = a_mark(2, 0, minute=5, status=status)
    graded = grade_of("kim", "04", [a_mark(1, 8), lost], (), "last")
    assert (graded.score, graded.total, graded.status, graded.passed_over) == (8, 8, "graded", (2,))
    alone = grade_of("kim", "04", [lost], (), "last")
    assert (alone.score, alone.total, alone.status, alone.passed_over) == (None, None, status, (2,))
    again = grade_of("kim", "04", [a_mark(2, 8), lost], (), "best")
    assert (again.score, again.passed_over) == (8, ())


def test_not_started_is_a_zero() -> None:
    """An untouched stub that was handed in counts: 0 of 10 points."""
    grade = grade_of("kim", "04", [a_mark(1, 0, status="not_started")], (), "last")
    assert (grade.score, grade.max_score, grade.status) == (0, 10, "not_started")


@given(st.data(), st.sampled_from(["last", "best"]))
def test_grades_do_not_depend_on_the_order_of_storing(data: st.DataObject, policy: Any) -> None:
    """Workers end in any order: the same reports give the same grade."""
    statuses = st.sampled_from(["graded", "not_started", "fault", "unreadable"])
    part = st.tuples(st.integers(1, 3), st.integers(0, 10), st.integers(0, 2), statuses, st.sampled_from("12"))
    drawn = data.draw(st.lists(part, unique_by=lambda mark: (mark[0], mark[4])))
    marks = [a_mark(a, score, minute, status=status, version=v) for a, score, minute, status, v in drawn]
    shuffled = data.draw(st.permutations(marks))
    assert grade_of("kim", "04", shuffled, (), policy) == grade_of("kim", "04", marks, (), policy)
