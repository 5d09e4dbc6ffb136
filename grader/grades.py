"""What a gradebook holds, as frozen values, and the grade that follows from reports and adjustments."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from pydantic import ValidationError

from grader.errors import UsageError
from grader.report import Report, Status
from grader.show.untrusted import visible

Policy = Literal["last", "best"]
"""Which of several attempts counts."""

_COUNTING = ("graded", "not_started")
"""A fault costs no points, and a file that cannot be read is no attempt: neither is ever a 0."""

_LONGEST_NAME = 255
"""Characters of a student's name, as of a file's: an index entry of PostgreSQL has room for 2,700 bytes."""


@dataclass(frozen=True, order=True)
class Key:
    """What a report is of: whose attempt (from 1) at which exercise, the sha256 of the file, the version of the
    exercise (``catalog.Entry.version``), and the seed. Raises UsageError for a name that cannot be stored."""

    student: str
    exercise: str
    attempt: int
    sha256: str
    version: str
    seed: int

    def __post_init__(self) -> None:
        check_names(self.student, self.exercise)


@dataclass(frozen=True)
class Mark:
    """What a stored report comes to.

    ``stored_at`` is in UTC. ``identifier`` is the student's in the learning platform, where that is known.
    ``fingerprint`` is the same for the same code (``similarity.fingerprint``); None where nothing was graded.
    """

    key: Key
    status: Status
    score: float
    max_score: float
    stored_at: datetime
    identifier: str | None
    fingerprint: str | None


@dataclass(frozen=True)
class Entry(Mark):
    """A stored report, with its JSON as ``model_dump_json`` gave it, to the byte."""

    json: str

    def report(self) -> Report:
        """Return the report. Raises UsageError when a version that wrote other fields stored it."""
        try:
            return Report.model_validate_json(self.json)
        except ValidationError:
            raise UsageError(
                f"The report of {visible(self.key.student)} on {visible(self.key.exercise)} (attempt "
                f"{self.key.attempt}) is not of this version: grade it again with --regrade."
            ) from None


@dataclass(frozen=True)
class Adjustment:
    """Points that a person gave (or took, when negative) beside the automatic score; ``when`` is in UTC.

    Raises UsageError for what cannot be stored, and for points that are no number.
    """

    student: str
    exercise: str
    points: float
    comment: str
    who: str
    when: datetime

    def __post_init__(self) -> None:
        if not math.isfinite(self.points):
            raise UsageError(f"{self.points} is no number of points.")
        check_names(self.student, self.exercise)
        _check("The comment", self.comment)
        _check("The name", self.who)


@dataclass(frozen=True)
class Grade:
    """The grade of a student in an exercise.

    ``key`` is that of the report that counts, and ``score`` its score; both are None where none counts. ``shown`` and
    ``status`` are those of the report that counts, else of the last attempt ("fault" or "unreadable"), else None:
    nothing was handed in. ``max_score`` is 0 where nothing tells it. ``passed_over`` are the attempts that do not
    count, because the grader failed or the file could not be read.
    """

    student: str
    exercise: str
    key: Key | None
    shown: Key | None
    status: Status | None
    score: float | None
    max_score: float
    adjustments: tuple[Adjustment, ...]
    passed_over: tuple[int, ...]
    identifier: str | None

    @property
    def adjusted(self) -> float:
        """The sum of the adjustments."""
        return math.fsum(adjustment.points for adjustment in self.adjustments)

    @property
    def total(self) -> float | None:
        """The score with the adjustments, never clipped; None while there is no grade.

        Where no report counts, points that a person gave stand alone; a deduction alone is no grade.
        """
        if self.score is None:
            return self.adjusted if self.adjusted > 0 else None
        return self.score + self.adjusted


def grade_of(
    student: str, exercise: str, marks: Sequence[Mark], adjustments: Sequence[Adjustment], policy: Policy
) -> Grade:
    """Return the grade that follows from all marks of a student in an exercise, whatever their order.

    Of the marks of one attempt the one that was stored last counts. Of the attempts, "last" takes the highest, "best"
    the one with the highest share of its points, and of equal ones the first.
    """
    ordered = sorted(marks, key=lambda mark: (mark.stored_at, mark.key))
    counting = {mark.key.attempt: mark for mark in ordered if mark.status in _COUNTING}
    attempts = {mark.key.attempt: mark for mark in ordered}
    chosen = _chosen(counting, policy)
    shown = chosen or _chosen(attempts, "last")
    return Grade(
        student=student,
        exercise=exercise,
        key=chosen.key if chosen else None,
        shown=shown.key if shown else None,
        status=shown.status if shown else None,
        score=chosen.score if chosen else None,
        max_score=shown.max_score if shown else 0.0,
        adjustments=tuple(adjustments),
        passed_over=tuple(sorted(attempts.keys() - counting.keys())),
        identifier=next((mark.identifier for mark in reversed(ordered) if mark.identifier), None),
    )


def _chosen(attempts: dict[int, Mark], policy: Policy) -> Mark | None:
    if not attempts:
        return None
    return attempts[max(attempts)] if policy == "last" else max(attempts.values(), key=_merit)


def _merit(mark: Mark) -> tuple[float, int]:
    share = mark.score / mark.max_score if mark.max_score > 0 else 0.0
    return share, -mark.key.attempt


# --- what a database can hold -------------------------------------------------------------------------------


def check_names(student: str, exercise: str) -> None:
    """Raise UsageError for names that a database cannot hold, or not in a key."""
    for what, name in (("The student's name", student), ("The exercise's name", exercise)):
        _check(what, name)
        if len(name) > _LONGEST_NAME:
            raise UsageError(f"{what} {visible(name, 40)!r} is longer than {_LONGEST_NAME} characters.")


def _check(what: str, value: str) -> None:
    """Raise UsageError for a NUL or half a character (a lone surrogate), which no database takes."""
    if "\0" in value or any("\ud800" <= char <= "\udfff" for char in value):
        raise UsageError(f"{what} {visible(value, 80)!r} holds a character that cannot be stored.")
