"""The words that all formats share: points, states, and the one finding of a task, also as plain text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from grader.report import CaseResult, Counterexample, Report, TaskResult, Training
from grader.show.arrays import MARK
from grader.show.untrusted import visible

CaseState = Literal["passed", "failed", "not run", "no points"]

_TEXT = 20_000  # characters; arrays that are drawn need far fewer
_PLANES = range(0, 0x110000, 0x10000)
_NONCHARACTERS = re.compile(
    "[\ufdd0-\ufdef" + "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in _PLANES) + "]"
)

DIFFERS = re.compile(rf"[^\s,()\[\]{{}}]*[^\s,(\[{{]{re.escape(MARK)}(?=[\s,)\]}}]|$)")
"""An entry of a drawn value with its mark; the product sign in an error's text is none."""

OUTCOMES = {
    "returned": "the result is not the expected one",
    "raised": "it raised an error",
    "timed_out": "it did not end within its time limit",
    "out_of_memory": "it needed more memory than its limit",
    "died": "the process ended during the call",
    "missing": "the file does not define it",
    "not_started": "it is not written yet",
    "skipped": "it was not run",
}
"""What is said of a lost case that has no message."""


def clean(text: str) -> str:
    """Return untrusted text so that a document can hold it: visible, and without what XML and HTML forbid.

    Unicode's noncharacters, such as U+FFFE, become escapes; no character reference may stand for them.
    """
    return _NONCHARACTERS.sub(lambda match: ascii(match[0])[1:-1], visible(text, _TEXT))


# --- the whole ----------------------------------------------------------------------------------------------


def points(scored: Report | TaskResult | CaseResult) -> str:
    """Return points as "3.5 / 6"."""
    return f"{round(scored.score, 2):g} / {round(scored.max_score, 2):g}"


def headline(report: Report) -> str:
    """Return "7.5 / 10, 1 of 2 passed", or only "not graded" after a fault, which costs no points."""
    state = standing(report)
    return state if report.status == "fault" else f"{points(report)}, {state}"


def standing(report: Report) -> str:
    """Return how far a submission got, in a few words."""
    if report.status != "graded":
        return {"fault": "not graded", "unreadable": "could not be read"}.get(report.status, "not started")
    if report.full_marks:
        return "full marks"
    return f"{sum(task.status == 'passed' for task in report.tasks)} of {len(report.tasks)} passed"


def hint_command(report: Report) -> str:
    """Return the command that shows the first hint."""
    number = report.exercise.split("_")[0]
    return f"cnnex hint {int(number) if number.isdecimal() else report.exercise}"


def training_line(training: Training) -> str:
    """Return the brief training in one line."""
    state = "passed" if training.passed else "failed"
    accuracy, threshold = (f"{100 * share:.2f} %" for share in (training.accuracy, training.threshold))
    return f"training {state}: accuracy {accuracy}, needs {threshold} ({training.dataset}, {training.device})"


# --- one task -----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Finding:
    """What to say first about a task that lost points. ``others`` are further mistakes that fit as well."""

    title: str
    explanation: str
    look_at: str | None = None
    others: tuple[str, ...] = ()


def finding(task: TaskResult) -> Finding | None:
    """Return the diagnosis, else the first case that lost points, else None."""
    if task.diagnosis is not None:
        found = task.diagnosis
        others = tuple(re.sub("[-_]", " ", slug) for slug in found.alternatives)
        return Finding(found.title, found.explanation, found.look_at, others)
    case = next((case for case in task.cases if lost(case)), None)
    return Finding(case.name, case.message or OUTCOMES[case.outcome]) if case else None


def lost(case: CaseResult) -> bool:
    """Whether a case was run, and its points were lost."""
    return case_state(case) == "failed"


def case_state(case: CaseResult) -> CaseState:
    """Return how a case went. A case worth no points never fails a task: it is told, and costs nothing."""
    if case.passed:
        return "passed"
    if case.outcome == "skipped":
        return "not run"
    return "failed" if case.max_score > 0 else "no points"


def tally(task: TaskResult) -> str:
    """Return "12 of 15 cases passed, 1 not run"; cases worth no points are not counted."""
    states = [case_state(case) for case in task.cases if case.max_score > 0]
    skipped = states.count("not run")
    passed = f"{states.count('passed')} of {len(states)} cases passed"
    return f"{passed}, {skipped} not run" if skipped else passed


def returned_heading(example: Counterexample) -> str:
    """Return the heading over what came back; it explains the mark where there is one."""
    return "What came back" + (f" ({MARK} differs)" if DIFFERS.search(example.returned) else "")


def explained(task: TaskResult) -> str:
    """Return the finding and the counterexample of a task as plain text, safe to show; "" without either."""
    parts = [*_finding_text(task), *_example_text(task)]
    return clean("\n\n".join(parts))


def _finding_text(task: TaskResult) -> Iterator[str]:
    found = finding(task)
    if found is None:
        return
    lines = [found.title, found.explanation]
    if found.look_at:
        lines.append(f"Where to look: {found.look_at}")
    if found.others:
        lines.append(f"It may also be: {', '.join(found.others)}")
    yield "\n".join(lines)


def _example_text(task: TaskResult) -> Iterator[str]:
    if task.counterexample is None:
        return
    shown = task.counterexample
    yield f"Call\n{shown.call}"
    yield f"{returned_heading(shown)}\n{shown.returned}"
    yield f"Expected\n{shown.expected}"
