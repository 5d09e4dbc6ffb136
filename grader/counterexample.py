"""The smallest call that a submission gets wrong, as text to paste and read, and the script that replays it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import Any

from cnnexercises import inputs
from cnnexercises.exercise import Call, FunctionTask, Misconception
from grader.answered import Answered
from grader.diagnosis import mistaken_answer, rightly
from grader.replay import script
from grader.report import Counterexample
from grader.sandbox.runner import Session
from grader.show.arrays import draw, paste
from grader.submission import Submission
from grader.verdict import Expected, Verdict, answer, judge

SEARCH_SECONDS, SEARCH_CALLS, CALL_SECONDS = 2.0, 100, 1.0
_REORDERED = 16
"""So many rungs are tried again in other memory orders when no rung fails as it stands."""


@dataclass(frozen=True)
class Search:
    """What is searched: the task, the session to call, the first failed case, and the mistake if one was named."""

    task: FunctionTask
    session: Session
    submission: Submission
    first: Answered
    named: Misconception | None = None


def smallest(search: Search) -> Counterexample | None:
    """Return the smallest call that fails, preferably in the same way as the first failed case.

    A named mistake carries its own: one call confirms it. Otherwise the rungs of the ladder are called in order, the
    smallest first, then some in other memory orders, then calls like the failed case; for two seconds at most.

    It fails as the first call of a fresh process, as it does in its script: neither what a function keeps between
    calls nor a held-back value that it was given before has a part in it.
    """
    stop = time.monotonic() + SEARCH_SECONDS
    spare: Counterexample | None = None
    search.session.close()
    for number, call in enumerate(_candidates(search)):
        expected = answer(search.task.reference, call)
        verdict = _asked(search, call, expected)
        if number and not verdict.passed:
            search.session.close()
            verdict = _asked(search, call, expected)
        if not verdict.passed:
            found = _counterexample(search, call, expected, verdict)
            if search.named is not None or verdict.kind == search.first.verdict.kind:
                return found
            spare = spare or found
        if time.monotonic() > stop:
            break
    return spare


def _asked(search: Search, call: Call, expected: Expected) -> Verdict:
    outcome = search.session.call(search.task.name, call.args, call.kwargs, seconds=CALL_SECONDS)
    return judge(expected, outcome, search.submission, search.task)


def _candidates(search: Search) -> Iterator[Call]:
    task = search.task
    if search.named is not None:
        rung = telling_rung(task, search.named)
        if rung is not None:
            yield rung
    yield from islice(task.ladder(), SEARCH_CALLS)
    for order in (inputs.fortran, inputs.strided):
        reordered = (_in_order(rung, order) for rung in task.ladder())
        yield from islice((call for call in reordered if call is not None), _REORDERED)
    yield _whole(search.first.call)


def _in_order(rung: Call, order: Callable[[Any], Any]) -> Call | None:
    """Return a rung with its arrays in another memory order, or None when they are too small to have another."""
    args = tuple(order(value) if _is_array(value) and value.ndim else value for value in rung.args)
    other = any(_is_array(value) and not value.flags.c_contiguous for value in args)
    return Call(args, rung.kwargs) if other else None


def _whole(call: Call) -> Call:
    """Return a call like one that failed, in which no held-back value is left: small whole numbers in its shapes."""
    return Call(
        tuple(inputs.scattered(*v.shape).astype(v.dtype) if _is_array(v) else v for v in call.args), call.kwargs
    )


@cache
def telling_rung(task: FunctionTask, misconception: Misconception) -> Call | None:
    """Return the smallest rung of the ladder that shows a misconception, or None when none does."""
    for rung in task.ladder():
        if not rightly(answer(task.reference, rung), mistaken_answer(misconception.wrong, rung)):
            return rung
    return None


def _counterexample(search: Search, call: Call, expected: Expected, verdict: Verdict) -> Counterexample:
    task = search.task
    value = None if expected.error else paste(expected.value, len("expected = "))
    return Counterexample(
        call=_written(task, call),
        returned=verdict.shown,
        expected=f"{expected.error} raised" if expected.error else draw(expected.value, task.results),
        replay=script(task.name, search.submission.path, _setting(task, call), value, expected.error),
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
