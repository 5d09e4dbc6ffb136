"""The commands for a class: `cnnex bulk`, what it tells while it grades, and `cnnex adjust`."""

from __future__ import annotations

import os
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cnnexercises import catalog
from grader.api import Options
from grader.bulk import Done, grade_class, plan
from grader.errors import UsageError
from grader.grades import Mark, Policy
from grader.intake import Refused, open_intake
from grader.recognition import entry_of
from grader.show.untrusted import visible
from grader.similarity import alike
from grader.spread import dask_workers, own_workers
from grader.work import Work

if TYPE_CHECKING:
    from grader.gradebook import Gradebook
    from grader.report import Report

Advance = Callable[[Done], None]


def run_bulk(
    paths: Sequence[Path],
    gradebook: str,
    options: Options,
    *,
    exercise: str | None,
    workers: int | None,
    scheduler: str | None,
    student_pattern: str | None,
    attempts: Policy,
    regrade: bool,
    limit: int | None,
    dry_run: bool,
) -> int:
    """Grade a class into a gradebook, tell how it goes, and return the exit code."""
    with open_intake(paths, student_pattern, exercise) as intake:
        works, odd = plan(intake.found, options, exercise, attempts)
        refused = [*intake.refused, *odd]
        works = works[:limit]
        if not works:
            _tell_refused(refused)
            raise UsageError(f"There is no submission in {' or '.join(map(str, paths))}.")
        if dry_run:
            _list(works)
            _tell_refused(refused)
            return 0
        if scheduler is None:
            profile = catalog.entry(works[0].key.exercise).profile
            spread = own_workers(workers or os.cpu_count() or 1, works[0].options, profile)
        else:
            spread = dask_workers(scheduler)
        tally: Counter[str] = Counter()
        faults: list[Report] = []
        # The workers first: they get ready while the database is imported.
        with spread as pool, _opened(gradebook, create=True) as book, _progress(len(works)) as advance:
            for done in grade_class(works, book, pool, regrade):
                advance(done)
                tally[_outcome(done)] += 1
                if done.report is not None and done.report.status == "fault":
                    faults.append(done.report)
            keys = {work.key for work in works}
            marks = [mark for mark in book.marks() if mark.key in keys]
    _tell_refused(refused)
    _summarise(tally, faults, gradebook)
    _tell_alike(marks)
    return _exit_code(marks, bool(refused))


def _opened(gradebook: str, *, create: bool = False) -> Gradebook:
    from grader.gradebook import open_gradebook  # a fourth of a second, for SQLAlchemy

    return open_gradebook(gradebook, create=create)


def run_adjust(gradebook: str, student: str, exercise: str, points: float, comment: str, who: str) -> None:
    """Give a student points beside the automatic score, and tell what the grade is now.

    Raises UsageError for a student of whom the gradebook has nothing: it is a slip of the pen.
    """
    name = entry_of(exercise).name
    with _opened(gradebook) as book:
        students = sorted({grade.student for grade in book.grades("last")})
        if student not in students:
            near = get_close_matches(student, students, 1)
            advice = f"Did you mean {visible(near[0])}?" if near else "Its names are those that `cnnex bulk` showed."
            raise UsageError(f"{book.shown} has no student {visible(student)}. {advice}")
        book.adjust(student, name, points, comment, who)
        grade = next(g for g in book.grades("last") if (g.student, g.exercise) == (student, name))
    graded = "nothing graded" if grade.score is None else f"{grade.score:g} / {grade.max_score:g} graded"
    given = ", ".join(f"{one.points:+g} by {visible(one.who)}" for one in grade.adjustments)
    total = "no grade" if grade.total is None else f"{grade.total:g}"
    click.echo(f"{visible(student)}  {name}  {total}  ({graded}, {given})")


def run_report(gradebook: str, attempts: Policy, folder: Path) -> None:
    """Write the pages of a class, and tell where they are."""
    from grader.show.pages import OVERVIEW, write_pages

    try:
        with _opened(gradebook) as book:
            count = write_pages(book, attempts, folder)
    except OSError as error:
        raise UsageError(f"{visible(str(folder))} cannot be written: {error.strerror}.") from None
    students = "1 student" if count == 1 else f"{count} students"
    click.echo(f"Pages for {students}: open {visible(str(folder / OVERVIEW))} in a browser.")


def run_export(gradebook: str, form: str | None, attempts: Policy, output: Path) -> None:
    """Write a gradebook in a format, or the autograder for Gradescope where none is given, and tell where it is."""
    from grader.exports import exporter
    from grader.exports.autograder import write_autograder

    try:
        if form is None:
            write_autograder(output)
        else:
            with _opened(gradebook) as book:
                exporter(form)(book, attempts, output)
    except OSError as error:
        raise UsageError(f"{visible(str(output))} cannot be written: {error.strerror}.") from None
    click.echo(f"{visible(str(output))} is written.", err=True)


def _outcome(done: Done) -> str:
    if done.report is None:
        return "in the gradebook already"
    if done.report.status != "graded":
        return done.report.status.replace("_", " ")
    return "full marks" if done.report.full_marks else "points lost"


def _exit_code(marks: Sequence[Mark], refused: bool) -> int:
    """Return the exit code of what was asked for, whether this run graded it or one before."""
    states = {mark.status for mark in marks}
    if "fault" in states:
        return 3
    if "unreadable" in states or refused:
        return 2
    full = all(mark.status == "graded" and mark.score == mark.max_score for mark in marks)
    return 0 if full else 1


def _list(works: Iterable[Work]) -> None:
    for work in works:
        key = work.key
        click.echo(f"{visible(key.student)}  {key.exercise}  attempt {key.attempt}  {visible(work.shown)}")


def _tell_refused(refused: Iterable[Refused]) -> None:
    for one in refused:
        click.echo(f"not graded: {visible(one.shown)}: {visible(one.sentence)}", err=True)


def _summarise(tally: Counter[str], faults: Sequence[Report], gradebook: str) -> None:
    counts = ", ".join(f"{count} {what}" for what, count in sorted(tally.items()))
    where = gradebook if "://" not in gradebook else "the gradebook"
    total = "1 submission" if sum(tally.values()) == 1 else f"{sum(tally.values())} submissions"
    click.echo(f"{total}: {counts}. Reports are in {where}.")
    if faults:
        click.echo("Not graded, through a fault of the grader; run the same command again:")
        for report in faults:
            click.echo(f"  {visible(report.submission.path)}: {visible(report.message or '')}")


def _tell_alike(marks: Sequence[Mark]) -> None:
    for exercise, students in alike(marks):
        names = ", ".join(visible(student) for student in students)
        click.echo(f"The same code but for names and layout, for a person to look at: {exercise}: {names}")


@contextmanager
def _progress(total: int) -> Iterator[Advance]:
    """Yield what is told of each submission: a bar on a terminal, a line for each otherwise."""
    if not sys.stderr.isatty():
        yield _line
        return
    from rich.console import Console
    from rich.markup import escape
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), TextColumn("{task.description}"))
    with Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task("", total=total)
        started = time.monotonic()

        def advance(done: Done) -> None:
            bar.advance(task)
            rate = bar.tasks[0].completed / (time.monotonic() - started)
            bar.update(task, description=escape(f"{rate:.1f}/s  {visible(done.work.key.student, 30)}"))

        yield advance


def _line(done: Done) -> None:
    key, report = done.work.key, done.report
    if report is None:
        return
    score = f"{report.score:g} / {report.max_score:g}" if report.status == "graded" else report.status
    first = next((task for task in report.tasks if task.diagnosis), None)
    finding = f"; {first.name}: {first.diagnosis.title}" if first and first.diagnosis else ""
    if report.status in ("unreadable", "fault") and report.message:
        finding = f": {report.message}"
    click.echo(f"{visible(key.student)}  {key.exercise}  {score}{visible(finding)}", err=True)
