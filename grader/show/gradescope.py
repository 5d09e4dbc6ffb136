"""Reports as the results.json that a Gradescope autograder writes: a test for each task."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import count
from typing import Any

from grader.grades import Adjustment
from grader.report import CaseResult, Report, TaskResult
from grader.show import wording

_NOT_GRADED = (
    "NOT GRADED. The grader failed, not the submission, and no points are lost: tell your instructor, who "
    "can run the autograder again."
)
_NOTHING = (
    "NOT GRADED. No file of an exercise was found: hand in a .py or .ipynb file, named as in the course."
)


def write(reports: Sequence[Report], adjustments: Sequence[Adjustment] = ()) -> str:
    """Return results.json for one submission to Gradescope: its exercises add up, in one list of tests.

    Points that a person gave or took come last, a test each.

    Fields and their meaning: https://gradescope-autograders.readthedocs.io/en/latest/specs/
    """
    results: dict[str, Any] = {
        "output": wording.clean("\n".join(_output(reports))),
        # The default of this field renders some HTML.
        "output_format": "text",
        "test_output_format": "text",
        "visibility": "visible",
        "stdout_visibility": "hidden",
        "execution_time": round(sum(report.duration_seconds for report in reports), 3),
        "extra_data": {"reports": [_origin(report) for report in reports]},
    }
    # The format has no word for "not graded". A score of 0 would cost points, and so would tests without a
    # score: Gradescope adds them up, and what the fault left out counts as lost. Its description asks for one
    # of the two. A file with neither is no result by that description, and holds no points that could be
    # recorded: a person has to look, and to run the autograder again.
    if reports and not any(report.status == "fault" for report in reports):
        given = sum(adjustment.points for adjustment in adjustments)
        results["score"] = round(sum(report.score for report in reports) + given, 6)
        results["tests"] = [test for at, report in enumerate(reports, 1) for test in _tests(at, report)]
        results["tests"] += map(_by_hand, count(len(reports) + 1), adjustments)
    return json.dumps(results, indent=1, allow_nan=False) + "\n"


def _output(reports: Sequence[Report]) -> Iterator[str]:
    if not reports:
        yield _NOTHING
    if any(report.status == "fault" for report in reports):
        yield _NOT_GRADED
    for report in reports:
        yield f"{report.exercise}: {wording.headline(report)}"
        if report.message:
            yield report.message
        if report.training:
            yield wording.training_line(report.training)


def _origin(report: Report) -> dict[str, Any]:
    """Return what it takes to repeat the grading."""
    origin = report.model_dump(mode="json", include={"exercise", "seed", "environment", "sandbox"})
    return {**origin, "sha256": report.submission.sha256}


def _tests(position: int, report: Report) -> Iterator[dict[str, Any]]:
    if not report.tasks:
        # Unreadable: the whole exercise is one test, so that its points stay visible.
        yield _test(f"{position}.1", report.exercise, report, False, report.message or "")
    for number, task in enumerate(report.tasks, 1):
        name, passed = f"{report.exercise}: {task.name}", task.status == "passed"
        yield _test(f"{position}.{number}", name, task, passed, "\n\n".join(_told(report, task)))


def _test(number: str, name: str, scored: Report | TaskResult, passed: bool, output: str) -> dict[str, Any]:
    return {
        "number": number,
        "name": wording.clean(name),
        "score": round(scored.score, 6),
        "max_score": round(scored.max_score, 6),
        "status": "passed" if passed else "failed",
        "output": wording.clean(output),
        "output_format": "text",
        "visibility": "visible",
    }


def _by_hand(number: int, adjustment: Adjustment) -> dict[str, Any]:
    return {
        "number": str(number),
        "name": wording.clean(f"{adjustment.exercise}: by {adjustment.who}"),
        "score": round(adjustment.points, 6),
        "max_score": 0,
        "output": wording.clean(adjustment.comment),
        "output_format": "text",
        "visibility": "visible",
    }


def _told(report: Report, task: TaskResult) -> Iterator[str]:
    if task.status == "not_started":
        yield "Not started: write this one."
    explained = wording.explained(task)
    if explained:
        yield explained
    yield from (f"Note: {note}" for note in task.notes)
    if task.cases:
        yield "\n".join([f"{wording.tally(task)}:", *map(_case_line, task.cases)])
    if task.status != "passed":
        yield f"A hint: {wording.hint_command(report)}"


def _case_line(case: CaseResult) -> str:
    return f"  {wording.case_state(case):<9}  {wording.points(case):>9}  {case.name}"
