"""Judges one call: an outcome against an expected answer becomes a verdict with a sentence for the student."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from cnnexercises.exercise import Call, DatasetTask, FunctionTask
from grader.compare import compare, described, right_parts
from grader.outcome import (
    Died,
    Missing,
    NotStarted,
    Outcome,
    OutOfMemory,
    Place,
    Raised,
    Returned,
    TimedOut,
)
from grader.report import OutcomeName
from grader.submission import Submission


@dataclass(frozen=True)
class Expected:
    """What a call must give: a value, or the name of an exception."""

    value: Any = None
    error: str | None = None


@dataclass(frozen=True)
class Verdict:
    """How a call went. ``kind`` is that of the difference, or the outcome's name; ``shown`` draws what came back;
    ``refused`` says that an exception was raised on purpose, by an assert or a raise in the submission; ``share`` is
    what a failed call earns of its points, through the parts of a tuple that are right."""

    passed: bool
    outcome: OutcomeName
    message: str | None = None
    notes: tuple[str, ...] = ()
    kind: str = "passed"
    shown: str = ""
    refused: bool = False
    share: float = 0.0


def answer(reference: Any, call: Call) -> Expected:
    """Return what a reference answers to a call. Raising ValueError or IndexError is an answer."""
    try:
        return Expected(reference(*call.args, **call.kwargs))
    except (ValueError, IndexError) as error:
        return Expected(error=type(error).__name__)


def judge(expected: Expected, outcome: Outcome, submission: Submission, task: FunctionTask | DatasetTask) -> Verdict:
    """Judge one outcome. Never raises for anything that a submission does."""
    match outcome:
        case Returned():
            return _judge_value(expected, outcome, task)
        case Raised():
            return _judge_exception(expected, outcome, submission)
        case TimedOut(seconds):
            return _ended("timed_out", f"the call did not end within {seconds:g} s: is there a loop without an end?")
        case OutOfMemory(limit):
            return _ended("out_of_memory", f"the call asked for more than {limit} MiB of memory.")
        case Died(how):
            return _ended("died", f"the call ended the whole process: it {how}.")
        case Missing():
            return _ended("missing", f"{task.name} is not defined.")
        case NotStarted():
            return _ended("not_started", f"{task.name} raises NotImplementedError here.")


def _ended(outcome: OutcomeName, message: str) -> Verdict:
    return Verdict(False, outcome, message, (), outcome, message)


def _judge_value(expected: Expected, outcome: Returned, task: FunctionTask | DatasetTask) -> Verdict:
    from grader.show.arrays import draw, draw_pair

    parts = task.results if isinstance(task, FunctionTask) else ()
    if expected.error is not None:
        message = f"{described(outcome.value)} came back, and {expected.error} was expected."
        return Verdict(False, "returned", message, (), "no exception", draw(outcome.value, parts))
    compared = compare(expected.value, outcome.value, parts)
    if compared.difference is not None:
        drawn = draw_pair(outcome.value, expected.value, parts)
        earned = _earned(expected, outcome, task)
        return Verdict(False, "returned", f"{compared.difference}.", (), compared.difference.kind, drawn, share=earned)
    if outcome.changed:
        names = " and ".join(_argument(key, task) for key in outcome.changed)
        message = f"the result is right, but the call changes {names} in place. Work on a copy: the caller needs it."
        return Verdict(False, "returned", message, (), "changed input", draw(outcome.value, parts))
    notes = compared.notes
    if outcome.shares_memory:
        notes += ("The result shares memory with an argument (a view): whoever changes one changes the other. "
                  "A copy is safer.",)  # fmt: skip
    return Verdict(True, "returned", None, notes)


def _earned(expected: Expected, outcome: Returned, task: FunctionTask | DatasetTask) -> float:
    """Return the share of the points for the parts that are right. Who changes an argument in place earns none."""
    if not isinstance(task, FunctionTask) or not task.shares or outcome.changed:
        return 0.0
    parts = zip(task.shares, right_parts(expected.value, outcome.value), strict=True)
    return sum(share for share, right in parts if right)


def _argument(key: int | str, task: FunctionTask | DatasetTask) -> str:
    names = task.parameters if isinstance(task, FunctionTask) else ()
    if isinstance(key, int):
        return f"its argument {names[key]}" if key < len(names) else "an argument"
    return f"its argument {key}"


def _judge_exception(expected: Expected, outcome: Raised, submission: Submission) -> Verdict:
    if expected.error in outcome.bases:
        return Verdict(True, "raised")
    if outcome.waits_for is not None:
        message = f"it calls {outcome.waits_for}, which is not written yet."
        return Verdict(False, "raised", message, (), "waits", message)
    message = f"{exception_text(outcome.name, outcome.text)}{located(outcome.place, submission)}"
    if expected.error is not None:
        message = f"{message}\n{expected.error} was expected."
    return Verdict(False, "raised", message, (), outcome.name, message, _on_purpose(outcome.place, submission))


_MAX_TEXT = 300


def exception_text(name: str, text: str) -> str:
    """Return an exception as its name and the start of its text."""
    short = text if len(text) <= _MAX_TEXT else text[:_MAX_TEXT] + " ..."
    return f"{name}: {short}" if short else name


def located(place: Place | None, submission: Submission) -> str:
    """Return " (line 12 of 04_conv_backprop.py, in conv2d_backward: `the line`)", or nothing without a place."""
    if place is None or place.unit >= len(submission.units):
        return ""
    unit = submission.units[place.unit]
    text = _line(place, submission)[:120]
    where = f", in {place.function}" if place.function and not place.function.startswith("<") else ""
    code = f": `{text}`" if text else ""
    return f" (line {place.line} of {unit.label}{where}{code})"


def where_to_look(place: Place | None, submission: Submission) -> str | None:
    """Return "Line 12 of 04_conv_backprop.py, in conv2d_backward: `the line`.", or None without a place."""
    found = located(place, submission)
    return f"L{found[3:-1]}." if found else None


def _line(place: Place, submission: Submission) -> str:
    lines = submission.units[place.unit].source.split("\n")
    return lines[place.line - 1].strip() if 0 < place.line <= len(lines) else ""


def _on_purpose(place: Place | None, submission: Submission) -> bool:
    if place is None or place.unit >= len(submission.units):
        return False
    return re.search(r"(?:^|:\s*)(?:raise|assert)\b", _line(place, submission)) is not None
