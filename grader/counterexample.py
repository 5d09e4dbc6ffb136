"""The smallest call that a submission gets wrong, as text to paste and read, and the script that replays it."""

from __future__ import annotations

import time
from typing import Any

from cnnexercises.exercise import Call, FunctionTask
from grader.replay import script
from grader.report import Counterexample
from grader.sandbox.runner import Session
from grader.show.arrays import draw, paste
from grader.submission import Submission
from grader.verdict import Expected, Verdict, answer, judge

SEARCH_SECONDS, SEARCH_CALLS = 2.0, 100


def smallest(task: FunctionTask, session: Session, submission: Submission, first: Verdict) -> Counterexample | None:
    """Return the first rung of the task's ladder that fails, within the budget; preferably in the same way as the
    first failing case, so that the picture fits the finding.

    It fails as the first call of a fresh process, as it does in its script, where nothing is left of earlier calls:
    neither what a function keeps between calls, nor the held-back values that it was given.
    """
    stop = time.monotonic() + SEARCH_SECONDS
    spare: Counterexample | None = None
    session.close()
    for number, rung in zip(range(SEARCH_CALLS), task.ladder(), strict=False):
        if time.monotonic() > stop:
            break
        expected = answer(task.reference, rung)
        verdict = _asked(task, rung, expected, session, submission)
        if number and not verdict.passed:
            session.close()
            verdict = _asked(task, rung, expected, session, submission)
        if verdict.passed:
            continue
        found = _counterexample(task, rung, expected, verdict, submission)
        if verdict.kind == first.kind:
            return found
        spare = spare or found
    return spare


def _asked(task: FunctionTask, rung: Call, expected: Expected, session: Session, submission: Submission) -> Verdict:
    return judge(expected, session.call(task.name, rung.args, rung.kwargs, seconds=1.0), submission, task)


def _counterexample(
    task: FunctionTask, rung: Call, expected: Expected, verdict: Verdict, submission: Submission
) -> Counterexample:
    value = None if expected.error else paste(expected.value, len("expected = "))
    return Counterexample(
        call=_written(task, rung),
        returned=verdict.shown,
        expected=f"{expected.error} raised" if expected.error else draw(expected.value, task.results),
        replay=script(task.name, submission.path, _setting(task, rung), value, expected.error),
    )


def _named(task: FunctionTask, call: Call) -> list[tuple[str, Any]]:
    return [*zip(task.parameters, call.args, strict=False), *call.kwargs.items()]


def _is_array(value: Any) -> bool:
    return not isinstance(value, (int, float, str, tuple, list, type(None)))


def _assignments(task: FunctionTask, call: Call) -> list[str]:
    return [f"{name} = {paste(value, len(name) + 3)}" for name, value in _named(task, call) if _is_array(value)]


def _references(task: FunctionTask, call: Call) -> list[str]:
    """Return the arguments as source: arrays by their names, everything else written out."""
    return [name if _is_array(value) else paste(value) for name, value in _named(task, call)]


def _written(task: FunctionTask, call: Call) -> str:
    """Return a call as a person writes it, with a line for each array above it."""
    arguments = _references(task, call)
    count = len(call.args)
    keywords = [f"{name}={text}" for name, text in zip(call.kwargs, arguments[count:], strict=True)]
    made = f"{task.name}({', '.join([*arguments[:count], *keywords])})"
    return "\n".join([*_assignments(task, call), made])


def _setting(task: FunctionTask, call: Call) -> str:
    arguments = _references(task, call)
    count = len(call.args)
    keywords = ", ".join(f"{name!r}: {text}" for name, text in zip(call.kwargs, arguments[count:], strict=True))
    bound = [f"arguments = [{', '.join(arguments[:count])}]", f"keywords = {{{keywords}}}"]
    return "\n".join([*_assignments(task, call), *bound])
