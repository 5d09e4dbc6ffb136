"""Pages for a class: an overview for the instructor, and a self-contained page for each student."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from grader.gradebook import Grade, Gradebook, Policy
from grader.overview import ExerciseOverview, Tally
from grader.report import Report
from grader.show.filenames import stems
from grader.show.html import page
from grader.similarity import alike

OVERVIEW = "index.html"


@dataclass(frozen=True)
class Shown:
    """A grade, and the report that it shows: the one that counts, else the last attempt's; None where there is none."""

    grade: Grade
    report: Report | None


@dataclass(frozen=True)
class Row:
    """A student in the overview: the page's file name, and the grade of each exercise in which there is one."""

    student: str
    file: str
    grades: dict[str, Grade]


def write_pages(book: Gradebook, policy: Policy, folder: Path) -> int:
    """Write index.html and a page for each student into a folder, and return the number of students.

    Pages are written one after another, so that a class of any size fits into memory. Raises OSError, and UsageError
    for a stored report of another version.
    """
    folder.mkdir(parents=True, exist_ok=True)
    grades = tuple(book.grades(policy))
    files = stems((grade.student for grade in grades), reserved=[Path(OVERVIEW).stem])
    tallies: dict[str, Tally] = {}
    rows = []
    for student, own in groupby(grades, lambda grade: grade.student):
        shown = [Shown(grade, _report(book, grade)) for grade in own]
        for one in shown:
            tallies.setdefault(one.grade.exercise, Tally(one.grade.exercise)).add(one.grade, one.report)
        file = f"{files[student]}.html"
        (folder / file).write_text(page("student.html.j2", student=student, shown=shown), "ascii")
        rows.append(Row(student, file, {one.grade.exercise: one.grade for one in shown}))
    overviews = [tallies[name].overview() for name in sorted(tallies)]
    (folder / OVERVIEW).write_text(_overview(rows, overviews, book), "ascii")
    return len(rows)


def _report(book: Gradebook, grade: Grade) -> Report | None:
    return None if grade.shown is None else book.entry(grade.shown).report()


def _overview(rows: Iterable[Row], overviews: Iterable[ExerciseOverview], book: Gradebook) -> str:
    return page("overview.html.j2", rows=rows, exercises=overviews, alike=alike(book.marks()))
