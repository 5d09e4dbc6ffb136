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

_LONGEST_NAME = 255
"""Characters of a student's name, as of a file's. An index entry of PostgreSQL has room for 2,700 bytes."""

_COUNTING = ("graded", "not_started")
"""A fault costs no points, and a file that cannot be read is no attempt: neither is ever a 0."""


def check_storable(what: str, value: str) -> None:
    """Raise UsageError for text that a database cannot hold as it is."""
    try:
        value.encode()
    except UnicodeEncodeError:
        raise UsageError(f"{what} {visible(value, 80)!r} is no text that can be stored.") from None
    if "\0" in value:
        raise UsageError(f"{what} {visible(value, 80)!r} holds a NUL, which cannot be stored.")


def check_names(student: str, exercise: str) -> None:
    for what, name in (("The student's name", student), ("The exercise's name", exercise)):
        check_storable(what, name)
        if len(name) > _LONGEST_NAME:
            raise UsageError(f"{what} {visible(name, 40)!r} is longer than {_LONGEST_NAME} characters.")


@dataclass(frozen=True, order=True)
class Key:
    """What a report is of: whose attempt (from 1) at which exercise, the sha256 of the file, the version of the
    exercise (`catalog.Entry.version`), and the seed. Raises UsageError for a name that cannot be stored."""

    student: str
    exercise: str
    attempt: int
    sha256: str
    version: str
    seed: int

    def __post_init__(self) -> None:
        check_names(self.student, self.exercise)


@dataclass(frozen=True)
class Entry:
    """A stored report. ``json`` is what ``model_dump_json`` gave, to the byte; ``identifier`` is the student's in the
    learning platform, where that is known; ``stored_at`` is in UTC."""

    key: Key
    status: Status
    score: float
    max_score: float
    stored_at: datetime
    identifier: str | None
    json: str

    def report(self) -> Report:
        """Return the report. Raises UsageError when it was stored by a version that wrote other fields."""
        try:
            return Report.model_validate_json(self.json)
        except ValidationError:
            raise UsageError(
                f"The report of {visible(self.key.student)} on {visible(self.key.exercise)} (attempt "
                f"{self.key.attempt}) was not written by this version: grade it again with --regrade."
            ) from None


@dataclass(frozen=True)
class Adjustment:
    """Points that a person gave (or took, when negative) beside the automatic score; ``when`` is in UTC."""

    student: str
    exercise: str
    points: float
    comment: str
    who: str
    when: datetime


@dataclass(frozen=True)
class Grade:
    """The grade of a student in an exercise.

    ``key`` is that of the report that counts, with its ``score``; both are None where none does. ``status`` is that
    of the report that counts, else of the last attempt ("fault" or "unreadable"), else None: nothing was handed in.
    ``passed_over`` are the attempts that do not count, because the grader failed or the file could not be read.
    """

    student: str
    exercise: str
    key: Key | None
    status: Status | None
    score: float | None
    max_score: float
    adjustments: tuple[Adjustment, ...] = ()
    passed_over: tuple[int, ...] = ()
    identifier: str | None = None

    @property
    def adjusted(self) -> float:
        """The sum of the adjustments."""
        return math.fsum(adjustment.points for adjustment in self.adjustments)

    @property
    def total(self) -> float | None:
        """The score with the adjustments, never clipped; None while nothing is graded.

        Points that a person gave stand alone where nothing was graded; a deduction alone is not yet a grade.
        """
        if self.score is None:
            return self.adjusted if self.adjusted > 0 else None
        return self.score + self.adjusted


def grade_of(
    student: str, exercise: str, entries: Sequence[Entry], adjustments: tuple[Adjustment, ...], policy: Policy
) -> Grade:
    """Return the grade that follows from all stored reports of a student in an exercise, in any order."""
    ordered = sorted(entries, key=lambda entry: (entry.stored_at, entry.key))
    counting = {entry.key.attempt: entry for entry in ordered if entry.status in _COUNTING}
    last = max(ordered, key=lambda entry: entry.key.attempt, default=None)
    if counting:
        chosen = counting[max(counting)] if policy == "last" else max(counting.values(), key=_merit)
    else:
        chosen = None
    return Grade(
        student=student,
        exercise=exercise,
        key=chosen and chosen.key,
        status=(chosen or last) and (chosen or last).status,
        score=chosen and chosen.score,
        max_score=max_score,
        adjustments=adjustments,
        passed_over=tuple(sorted({entry.key.attempt for entry in ordered} - counting.keys())),
        identifier=identifier,
    )
