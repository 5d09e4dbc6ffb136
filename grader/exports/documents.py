"""Stored reports as documents: JSON lines, Gradescope's results.json, JUnit XML."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from grader.errors import UsageError
from grader.gradebook import Grade, Gradebook, Policy
from grader.report import Report
from grader.show import gradescope, junit
from grader.show.filenames import stems


def write_jsonl(book: Gradebook, policy: Policy, path: Path) -> None:  # noqa: ARG001
    """Write every stored report, one a line, to the byte as it was stored; all attempts, whatever the policy."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for entry in book.entries():
            file.write(entry.json + "\n")


def write_junit(book: Gradebook, policy: Policy, path: Path) -> None:
    """Write one document with a suite for each report that counts."""
    reports = [report for grade in book.grades(policy) for report in _counting(book, grade)]
    path.write_text(junit.write(reports), "utf-8")


def write_gradescope(book: Gradebook, policy: Policy, path: Path) -> None:
    """Write PATH/STUDENT/results.json for each student; points by hand are a test of their own.

    For a single student PATH may be the file itself, with the suffix .json. Raises UsageError for several.
    """
    grades = tuple(book.grades(policy))
    folders = stems(grade.student for grade in grades)
    alone = path.suffix == ".json"
    if alone and len(folders) > 1:
        raise UsageError(f"{path} would hold the results of {len(folders)} students: name a folder for one file each.")
    for student, own in groupby(grades, lambda grade: grade.student):
        given = list(own)
        reports = [report for grade in given for report in _shown(book, grade)]
        file = path if alone else path / folders[student] / "results.json"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(gradescope.write(reports, [one for grade in given for one in grade.adjustments]), "utf-8")


def _counting(book: Gradebook, grade: Grade) -> Iterator[Report]:
    if grade.key is not None:
        yield book.entry(grade.key).report()


def _shown(book: Gradebook, grade: Grade) -> Iterator[Report]:
    """Yield the report that counts, else that of the last attempt: it says why there is no grade."""
    if grade.shown is not None:
        yield book.entry(grade.shown).report()
