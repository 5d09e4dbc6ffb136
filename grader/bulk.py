"""Grades a class: submissions go over an executor to warm workers, and each report is stored as soon as it exists."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Future, wait
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from cnnexercises import catalog
from grader.api import Options
from grader.errors import UsageError
from grader.grades import Key, Policy
from grader.intake import Found, Refused
from grader.recognition import entry_by_name, entry_of, recognise
from grader.report import Report, SubmissionInfo
from grader.spread import Workers
from grader.submission import read_submission
from grader.work import Work, grade_work

if TYPE_CHECKING:
    from grader.gradebook import Gradebook

SEED = 0
"""The seed of a class, unless another is given: all are asked the same, and a class graded again gets the same."""

_IN_FLIGHT = 4
"""Submissions handed out per worker: enough that none waits, few enough that memory stays flat."""


@dataclass(frozen=True)
class Done:
    """A stored report, and whether it was there already."""

    work: Work
    report: Report | None
    graded: bool


# --- planning ------------------------------------------------------------------------------------------------


def plan(
    found: Sequence[Found], options: Options, exercise: str | None, attempts: Policy
) -> tuple[list[Work], list[Refused]]:
    """Return what there is to grade, in the order found, and what is no submission.

    With the policy "last" only the last attempt of a student at an exercise is graded.
    """
    works: list[Work] = []
    refused: list[Refused] = []
    for one in found:
        try:
            works.append(_work(one, options, exercise))
        except UsageError as error:
            refused.append(Refused(one.shown, str(error).replace(str(one.path), one.shown)))
    if attempts == "last":
        newest = {(work.key.student, work.key.exercise): work for work in sorted(works, key=_attempt)}
        works = [work for work in works if newest[work.key.student, work.key.exercise] is work]
    return works, refused


def _attempt(work: Work) -> int:
    return work.key.attempt


def _work(one: Found, options: Options, exercise: str | None) -> Work:
    entry = entry_of(exercise) if exercise is not None else entry_by_name(one.path)
    if entry is None:
        entry = catalog.entry(recognise(read_submission(one.path)).name)
    content = one.path.read_bytes()
    seed = SEED if options.seed is None else options.seed
    key = Key(one.student, entry.name, one.attempt, hashlib.sha256(content).hexdigest(), entry.version(), seed)
    return Work(key, one.name, one.shown, content, one.identifier, replace(options, seed=seed))


# --- grading ------------------------------------------------------------------------------------------------


def grade_class(
    works: Sequence[Work], gradebook: Gradebook, workers: Workers, regrade: bool
) -> Iterator[Done]:
    """Grade what the gradebook does not have yet (all with ``regrade``), and yield each as it is stored.

    What fails through a fault of the grader, or a worker that died, is graded once more, in a fresh worker, when
    everything else is done; a second fault is stored as such, and costs no points.
    """
    known = set() if regrade else gradebook.known(work.key for work in works)
    yield from (Done(work, None, False) for work in works if work.key in known)
    again: list[Work] = []
    for work, report, code in _graded([work for work in works if work.key not in known], workers):
        if report is None or report.status == "fault":
            again.append(work)
            continue
        gradebook.store(report, work.key, work.identifier, code, regraded=regrade)
        yield Done(work, report, True)
    for work in again:  # one at a time: whoever kills a worker takes nobody with it
        ((_, report, code),) = _graded([work], workers)
        report = report or _lost(work)
        gradebook.store(report, work.key, work.identifier, code, regraded=regrade)
        yield Done(work, report, True)


def _graded(works: Sequence[Work], workers: Workers) -> Iterator[tuple[Work, Report | None, str | None]]:
    """Yield each submission with its report, or None when its worker died, and its fingerprint."""
    waiting = list(reversed(works))
    executor = workers.executor() if works else None
    flying: dict[Future[tuple[str, str | None]], Work] = {}
    while executor is not None and (waiting or flying):
        try:
            while waiting and len(flying) < _IN_FLIGHT * max(workers.count(), 1):
                flying[executor.submit(grade_work, waiting[-1])] = waiting[-1]
                waiting.pop()
        except BrokenExecutor:
            executor = workers.executor()
        landed, _ = wait(flying, return_when=FIRST_COMPLETED)
        for future in landed:
            yield flying.pop(future), *_graded_in(future)


def _graded_in(future: Future[tuple[str, str | None]]) -> tuple[Report | None, str | None]:
    try:
        report, code = future.result()
        return Report.model_validate_json(report), code
    except Exception:  # whatever ended the worker, or the connection to it, is no fault of the student's
        return None, None


def _lost(work: Work) -> Report:
    from grader.grading import report_fault

    info = SubmissionInfo(path=work.shown, sha256=work.key.sha256, student=work.key.student)
    return report_fault(catalog.entry(work.key.exercise).load(), info, work.key.seed, "its worker died twice")
