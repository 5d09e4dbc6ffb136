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
from grader.crashes import pattern
from grader.diagnosis import mistaken_answer, rightly
from grader.replay import script
from grader.report import Counterexample
from grader.sandbox.runner import Session
from grader.show.arrays import draw, paste
from grader.submission import Submission
from grader.verdict import Expected, Verdict, answer, judge

SEARCH_SECONDS, SEARCH_CALLS, CALL_SECONDS = 2.0, 100, 1.0
_REORDERED = 16
"""So many rungs are tried again, in other memory orders and with other values, when no rung fails as it stands."""


KEPT = pattern(
    "kept_from_call_to_call",
    "A call depends on the calls before it",
    "The first call is right. Something is kept for the next one: a variable outside the function, or a list as a "
    "default (`result=[]` is made once, not at each call). Make it anew inside the function.",
    "Variables that are set outside the function, `global`, and the defaults in the line with `def`.",
)
"""What is said where a call fails only because of one before it."""


@dataclass(frozen=True)
class Search:
    """What is searched: the task, the session to call, the first failed case, and the mistake if one was named.

    ``sure`` says that the mistake explains every failure; otherwise a call may fail for another reason.
    """

    task: FunctionTask
    session: Session
    submission: Submission
    first: Answered
    named: Misconception | None = None
    sure: bool = True


def smallest(search: Search) -> Counterexample | None:
    """Return the smallest call that fails, preferably in the same way as the first failed case.

    A named mistake carries its own: one call confirms it. Otherwise the rungs of the ladder are called in order, the
    smallest first, then some in other memory orders and some with negative halves for values, then calls like the
    failed case; for two seconds at most.

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
            if _in_the_same_way(search, call, expected, verdict):
                return found
            spare = spare or found
        if time.monotonic() > stop:
            break
    return spare


def _in_the_same_way(search: Search, call: Call, expected: Expected, verdict: Verdict) -> bool:
    """Whether a call fails like the first failed case, or shows the named mistake: by a value, or by a crash."""
    if search.named is None:
        return verdict.kind == search.first.verdict.kind
    if search.sure or verdict.refused:
        return True
    mistaken = mistaken_answer(search.named.wrong, call)
    return not rightly(expected, mistaken) and bool(mistaken.raised) == (verdict.outcome == "raised")


def kept_from_call_to_call(search: Search) -> Counterexample | None:
    """Return two small calls of which the second fails only because of the first, or None when there are none.

    For a submission that `smallest` found no call for: each is right as the first call of a process.
    """
    first, *others = islice(search.task.ladder(), _REORDERED)
    for call in (first, *others):
        search.session.close()
        expected = answer(search.task.reference, call)
        _asked(search, first, expected)
        verdict = _asked(search, call, expected)
        if not verdict.passed:
            return _counterexample(search, call, expected, verdict, before=first)
    return None


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
    yield from map(_negative_halves, islice(task.ladder(), _REORDERED))
    yield _whole(search.first.call)


def _in_order(rung: Call, order: Callable[[Any], Any]) -> Call | None:
    """Return a rung with its arrays in another memory order, or None when they are too small to have another."""
    args = tuple(order(value) if _is_array(value) and value.ndim else value for value in rung.args)
    other = any(_is_array(value) and not value.flags.c_contiguous for value in args)
    return Call(args, rung.kwargs) if other else None


def _negative_halves(rung: Call) -> Call:
    """Return a rung whose decimals are negative and no whole numbers: what cuts them off shows there."""
    floats = (_is_array(value) and value.dtype.kind == "f" for value in rung.args)
    args = tuple(-0.5 * value if cut else value for value, cut in zip(rung.args, floats, strict=True))
    return Call(args, rung.kwargs)


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


def _counterexample(
    search: Search, call: Call, expected: Expected, verdict: Verdict, before: Call | None = None
) -> Counterexample:
    """Write a failing call down, and the call that must be made ``before`` it, if any."""
    task = search.task
    value = None if expected.error else paste(expected.value, len("expected = "))
    written, setting = _written(task, call), _setting(task, call)
    if before is not None:
        written = f"{_written(task, before)}\n{written}"
        setting = f"{_setting(task, before)}\ngetattr(module, {task.name!r})(*arguments, **keywords)\n{setting}"
    return Counterexample(
        call=written,
        returned=verdict.shown,
        expected=f"{expected.error} raised" if expected.error else draw(expected.value, task.results),
        replay=script(task.name, search.submission.path, setting, value, expected.error),
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
