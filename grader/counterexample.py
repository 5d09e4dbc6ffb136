"""The smallest call that a submission gets wrong, as text to paste and read, and the script that replays it."""

from __future__ import annotations

import time
from collections.abc import Callable

from cnnexercises.exercise import Call, FunctionTask
from grader.report import Counterexample
from grader.sandbox.runner import Session
from grader.submission import Submission
from grader.verdict import Expected, Verdict, answer, judge

SEARCH_SECONDS, SEARCH_CALLS = 2.0, 100


def smallest(
    task: FunctionTask, session: Session, submission: Submission, first: Verdict
) -> Counterexample | None:
    """Return the first rung of the task's ladder that fails, within the budget; preferably in the same way as the
    first failing case, so that the picture fits the finding."""
    stop = time.monotonic() + SEARCH_SECONDS
    spare: Counterexample | None = None
    for _, rung in zip(range(SEARCH_CALLS), task.ladder(), strict=False):
        if time.monotonic() > stop:
            break
        expected = answer(task.reference, rung)
        outcome = session.call(task.name, rung.args, rung.kwargs, seconds=1.0)
        verdict = judge(expected, outcome, submission, task)
        if verdict.passed:
            continue
        found = _counterexample(task, rung, expected, verdict, submission)
        if verdict.kind == first.kind:
            return found
        spare = spare or found
    return spare


def _counterexample(
    task: FunctionTask, rung: Call, expected: Expected, verdict: Verdict, submission: Submission
) -> Counterexample:
    from grader.show.arrays import draw

    wanted = f"{expected.error} raised" if expected.error else draw(expected.value, task.results)
    return Counterexample(
        call=written(task, rung),
        returned=verdict.shown,
        expected=wanted,
        replay="",
    )


def written(task: FunctionTask, call: Call) -> str:
    """Return a call as source: arrays get a line each, under the names of the task's parameters."""
    from grader.show.arrays import paste

    lines: list[str] = []
    arguments: list[str] = []
    named = [(name, value, False) for name, value in zip(task.parameters, call.args, strict=False)]
    for name, value, keyword in (*named, *((name, value, True) for name, value in call.kwargs.items())):
        text = paste(value)
        if len(text) > 12 and not isinstance(value, (int, float, str, tuple, list)):
            lines.append(f"{name} = {paste(value, len(name) + 3)}")
            text = name
        arguments.append(f"{name}={text}" if keyword else text)
    return "\n".join([*lines, f"{task.name}({', '.join(arguments)})"])


_ = Callable
