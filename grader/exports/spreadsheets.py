"""Grades as CSV: a plain table, and the tables that Canvas and Moodle take. No cell is ever read as a formula."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

from grader.gradebook import Grade, Gradebook, Policy
from grader.show.untrusted import visible

Cell = str | float | None

_STARTS_FORMULA = tuple("=+-@\uff1d\uff0b\uff0d\uff20\t\r\n")
"""What a spreadsheet program may take for the start of a formula (https://owasp.org/www-community/attacks/
CSV_Injection), in its full width too, as spreadsheets of East Asia do."""

_COLUMNS = ("student", "identifier", "exercise", "attempt", "status", "score", "max_score", "adjustment", "total")
_ORIGIN = ("comments", "not_graded_attempts", "sha256", "seed")

_CANVAS = ("Student", "ID", "SIS User ID", "SIS Login ID", "Section")
_POINTS_POSSIBLE = "    Points Possible"
"""The second line of Canvas's own file: how many points each assignment has."""

_MOODLE = ("Identifier", "Full name", "Email address", "Status", "Grade", "Maximum grade", "Last modified (grade)")


# --- tables -------------------------------------------------------------------------------------------------


def write_csv(book: Gradebook, policy: Policy, path: Path) -> None:
    """Write a line for each student and exercise. What was not graded has an empty score, and never a 0."""
    _write(path, [*_COLUMNS, *_ORIGIN], map(_line, book.grades(policy)))


def _line(grade: Grade) -> Sequence[Cell]:
    attempt, sha256, seed = (grade.key.attempt, grade.key.sha256, grade.key.seed) if grade.key else (None, None, None)
    comments = "; ".join(f"{one.points:+g} {one.who}: {one.comment}" for one in grade.adjustments)
    return (
        grade.student,
        grade.identifier,
        grade.exercise,
        attempt,
        grade.status,
        grade.score,
        grade.max_score,
        grade.adjusted,
        grade.total,
        comments,
        " ".join(map(str, grade.passed_over)),
        sha256,
        seed,
    )


def write_canvas(book: Gradebook, policy: Policy, path: Path) -> None:
    """Write what Canvas imports under Grades: a line for each student, a column for each exercise.

    Canvas finds a student by the number in ID, which the names of its downloads have, else by name. It asks for each
    new column which assignment it is, and leaves a grade as it is where a cell is empty.
    """
    grades = tuple(book.grades(policy))
    exercises = sorted({grade.exercise for grade in grades})
    possible = {grade.exercise: grade.max_score for grade in grades if grade.max_score}
    lines: list[Sequence[Cell]] = [(_POINTS_POSSIBLE, "", "", "", "", *(possible.get(name) for name in exercises))]
    for student, identifier, totals in _by_student(grades):
        lines.append((student, identifier, "", "", "", *(totals.get(name) for name in exercises)))
    _write(path, [*_CANVAS, *exercises], lines)


def write_moodle(book: Gradebook, policy: Policy, path: Path) -> None:
    """Write what Moodle imports.

    For one exercise that is the grading worksheet of its assignment (Identifier, Grade and "Last modified (grade)" are
    what Moodle reads; https://docs.moodle.org/en/Assignment_settings, "Offline grading worksheet"). A participant's
    number belongs to one assignment, so that several exercises make a file for the import of the course's grades,
    with a column for each.
    """
    grades = tuple(book.grades(policy))
    exercises = sorted({grade.exercise for grade in grades})
    if len(exercises) == 1:
        _write(path, _MOODLE, map(_worksheet_line, grades))
        return
    lines = ((student, *(totals.get(name) for name in exercises)) for student, _, totals in _by_student(grades))
    _write(path, ["Full name", *exercises], lines)


def _worksheet_line(grade: Grade) -> Sequence[Cell]:
    participant = f"Participant {grade.identifier}" if grade.identifier else ""
    status = "Submitted for grading" if grade.status else "No submission"
    return participant, grade.student, "", status, grade.total, grade.max_score, "-"


def _by_student(grades: Iterable[Grade]) -> Iterable[tuple[str, str | None, dict[str, float | None]]]:
    """Return each student with the identifier and the total of each exercise."""
    totals: dict[str, dict[str, float | None]] = {}
    identifiers: dict[str, str] = {}
    for grade in grades:
        totals.setdefault(grade.student, {})[grade.exercise] = grade.total
        if grade.identifier:
            identifiers[grade.student] = grade.identifier
    return ((student, identifiers.get(student), of) for student, of in totals.items())


# --- cells --------------------------------------------------------------------------------------------------


def _write(path: Path, header: Sequence[str], lines: Iterable[Sequence[Cell]]) -> None:
    """Write UTF-8 with a comma between cells and CRLF between lines (RFC 4180)."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        writer.writerows(map(_cell, line) for line in lines)


def _cell(value: Cell) -> str:
    """Return a cell: a number as it is, text so that no spreadsheet program takes it for a formula."""
    if value is None:
        return ""
    if isinstance(value, (int, float)):
        return f"{round(value, 6):.12g}"
    text = visible(value)
    risky = text != "-" and text.lstrip(" ").startswith(_STARTS_FORMULA)  # a dash alone is what Moodle writes itself
    return f"'{text}" if risky else text
