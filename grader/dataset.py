"""What a student reads of a data set that goes wrong: a sentence for each case, and the smallest use that fails."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from cnnexercises.exercise import Call, DatasetTask, Names, Observation, Tensor, Usage
from grader.answered import Answered
from grader.compare import compare, described
from grader.dataset_replay import script
from grader.outcome import NotStarted, Opaque, Outcome, Raised, Returned, TimedOut, TorchTensor
from grader.report import Counterexample
from grader.sandbox.runner import Session
from grader.show.arrays import draw, draw_pair, paste
from grader.submission import Submission
from grader.verdict import Expected, Verdict, answer, judge, located

_SEARCH_SECONDS, _CALL_SECONDS = 2.0, 2.0
_LONGEST = 160  # characters of an exception's text
_LARGE, _MANY = 10**9, 9  # from here on numbers, and the numbers of a tensor, are not told


# --- a sentence for each case --------------------------------------------------------------------------------


def messages(task: DatasetTask, answered: Sequence[Answered], submission: Submission) -> list[str | None]:
    """Return a sentence for each failed observation, and None for the others. ``answered`` goes with the observations.

    What a failure tells is added once for each kind of difference: what fails after it mostly fails for the same
    reason.
    """
    said: list[str | None] = []
    kinds = {"passed"}
    for observation, one in zip(task.observations, answered, strict=True):
        text = None if one.verdict.passed else _sentence(observation, one, submission)
        if text and observation.case.why and isinstance(one.outcome, Returned) and one.verdict.kind not in kinds:
            text = f"{text} {observation.case.why}"
        kinds.add(one.verdict.kind)
        said.append(text)
    return said


def _sentence(observation: Observation, one: Answered, submission: Submission) -> str:
    shown, verdict = observation.shown, one.verdict
    if isinstance(one.outcome, Raised):
        return f"{shown}: {_exception(one.outcome, one.expected, submission)}"
    if verdict.outcome == "not_started":
        return f"{shown}: a method that this needs still raises NotImplementedError."
    if not isinstance(one.outcome, Returned) or verdict.kind == "changed input":
        return f"{shown}: {verdict.message}"
    given, expected = one.outcome.value, one.expected
    if expected.error is not None:
        return f"{shown}: {described(given)} came back, expected {expected.error}."
    names = observation.names(*one.call.args)
    place = _first(_Place(expected.value, given, names, ()))
    others = dict(_pairs(expected.value, names, ())) if names else {}
    words = _words(place, _Shown(observation.public, others))
    return f"{shown}: {_of(place.path)}{words}." if place.path else f"{shown}{words}."


def _exception(raised: Raised, expected: Expected, submission: Submission) -> str:
    text = " ".join(raised.text.partition(", but expected one of")[0].split())
    text = text if len(text) <= _LONGEST else f"{text[:_LONGEST]} ..."
    wanted = f" {expected.error} was expected." if expected.error else ""
    return f"{raised.name}{': ' if text else ''}{text}{located(raised.place, submission)}.{wanted}"


@dataclass(frozen=True)
class _Place:
    """A part of an answer, what came back for it, what its parts are called, and the names that lead to it."""

    expected: Any
    given: Any
    names: Names
    path: tuple[str, ...]


@dataclass(frozen=True)
class _Shown:
    """Whether values may be told, and the parts of every item by their names."""

    public: bool
    items: Mapping[str, Tensor]


def _of(path: Sequence[str]) -> str:
    return " of ".join(reversed(path))


def _first(place: _Place) -> _Place:
    """Return the first part that differs, as deep as there are parts."""
    alike = isinstance(place.expected, (tuple, list)) and isinstance(place.given, (tuple, list))
    if not alike or len(place.expected) != len(place.given):
        return place
    for (name, inner), wanted, given in zip(place.names, place.expected, place.given, strict=True):
        if compare(wanted, given).difference is not None:
            return _first(_Place(wanted, given, inner, (*place.path, name) if name else place.path))
    return place


def _pairs(expected: Any, names: Names, path: tuple[str, ...]) -> Iterator[tuple[str, Tensor]]:
    """Yield each tensor of an answer with its name, such as "y of item 3"."""
    for (name, inner), part in zip(names, expected, strict=True):
        here = (*path, name) if name else path
        if inner:
            yield from _pairs(part, inner, here)
        elif isinstance(part, Tensor):
            yield _of(here), part


def _words(place: _Place, shown: _Shown) -> str:
    """Say how a part differs, such as " has 152 numbers, expected 1"."""
    given, wanted = place.given, place.expected
    if isinstance(wanted, Tensor):
        if not isinstance(given, TorchTensor):
            return f" is {described(given)}, expected a torch tensor"
        return _tensor_words(given, wanted, shown)
    if isinstance(wanted, (tuple, list)):
        return f" is {described(given)}, expected {'a pair (x, y)' if _is_pair(wanted) else described(wanted)}"
    whole = isinstance(given, (int, np.integer)) and not isinstance(given, bool) and abs(int(given)) < _LARGE
    return f" is {given if whole else described(given)}, expected {wanted}"


def _is_pair(value: Any) -> bool:
    return isinstance(value, tuple) and len(value) == 2 and all(isinstance(part, Tensor) for part in value)


def _tensor_words(given: TorchTensor, wanted: Tensor, shown: _Shown) -> str:
    got, right = given.array, wanted.array
    if got.shape != right.shape:
        if got.ndim == right.ndim and got.shape[1:] == right.shape[1:]:
            what = ("number" if got.ndim == 1 else "row") + ("s" if len(got) != 1 else "")
            return f" has {len(got)} {what}, expected {len(right)}"
        return f" has shape {got.shape}, expected {right.shape}"
    if got.dtype != right.dtype:
        return f" is {got.dtype}, expected {right.dtype}"
    other = next((name for name, part in shown.items.items() if np.array_equal(part.array, got)), None)
    if shown.public and right.ndim == 1:
        return f" is {_numbers(got)}{f' (that is {other})' if other else ''}, expected {_numbers(right)}"
    return f" has the values of {other}" if other else f": {compare(wanted, given).difference}"


def _numbers(array: npt.NDArray[Any]) -> str:
    return f"[{', '.join(f'{number:.6g}' for number in array.tolist())}]"


# --- the smallest use that fails -----------------------------------------------------------------------------


@dataclass(frozen=True)
class Search:
    """What is searched: the task, the session to call, the seed that it starts from, and the cases that failed."""

    task: DatasetTask
    session: Session
    submission: Submission
    seed: int
    failed: frozenset[str]


def smallest(search: Search) -> Counterexample | None:
    """Return the simplest use that goes wrong, of a case that failed if there is one; searched for two seconds at most.

    It goes wrong in a fresh process, as it does in its script: what a class keeps from earlier calls has no part in it.
    """
    stop = time.monotonic() + _SEARCH_SECONDS
    search.session.close()
    ranked = sorted(search.task.usages, key=lambda usage: search.failed.isdisjoint(usage.cases))
    for number, usage in enumerate(ranked):
        outcome, verdict = _tried(search, usage)
        if number and not verdict.passed:
            search.session.close()
            outcome, verdict = _tried(search, usage)
        if not verdict.passed:
            return _counterexample(search, usage, outcome)
        if time.monotonic() > stop:
            break
    return None


def _tried(search: Search, usage: Usage) -> tuple[Outcome, Verdict]:
    arguments = (usage.lines, usage.asked)
    name = search.task.name
    outcome = search.session.call(name, arguments, probe="typed", seconds=_CALL_SECONDS)
    return outcome, judge(answer(usage.answer, Call()), outcome, search.submission, search.task)


def _counterexample(search: Search, usage: Usage, outcome: Outcome) -> Counterexample:
    expected = answer(usage.answer, Call())
    value = _torch(expected.value)
    source = None if expected.error else paste(value, len("expected = "))
    parts = ("x", "y") if isinstance(value, tuple) else ()
    return Counterexample(
        call="\n".join(filter(None, [usage.lines, usage.asked])),
        returned=_drawn(search, expected, outcome, parts),
        expected=f"{expected.error} raised" if expected.error else draw(value, parts),
        replay=script(
            search.task.name, search.submission.path, usage, expected=source, error=expected.error, seed=search.seed,
            hangs=isinstance(outcome, TimedOut),
        ),
    )  # fmt: skip


def _drawn(search: Search, expected: Expected, outcome: Outcome, parts: tuple[str, ...]) -> str:
    if isinstance(outcome, Raised):
        return _exception(outcome, Expected(), search.submission)
    if isinstance(outcome, Returned):
        value = _told(outcome.value)
        paired = isinstance(value, tuple) and len(value) == 2
        if expected.error:
            return draw(value, ("x", "y") if paired else ())
        return draw_pair(value, _torch(expected.value), parts)
    if isinstance(outcome, NotStarted):
        return "NotImplementedError: a method is not written yet."
    return judge(expected, outcome, search.submission, search.task).shown


def _told(value: Any) -> Any:
    """Return a value with what is much too large named: of torch.FloatTensor(152) the numbers come out of nowhere."""
    if isinstance(value, TorchTensor) and value.array.size > _MANY:
        return Opaque("tensor", f"of {value.array.size} numbers")
    return type(value)(map(_told, value)) if isinstance(value, (tuple, list)) else value


def _torch(value: Any) -> Any:
    """Return an expected value as it would come back from torch."""
    if isinstance(value, Tensor):
        return TorchTensor(value.array)
    return type(value)(map(_torch, value)) if isinstance(value, (tuple, list)) else value
