"""Names the mistake: the misconception whose answers a submission gives, or two at once, or a pattern."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import combinations, islice
from typing import Any

import numpy as np

from cnnexercises.exercise import Call, FunctionTask, Misconception
from grader import patterns
from grader.answered import Answered
from grader.compare import compare
from grader.crashes import GENERAL, crash, pattern
from grader.exchanged import exchanged
from grader.limits import begin_with, name_beyond
from grader.outcome import Raised, Returned
from grader.readings import readings
from grader.report import Diagnosis
from grader.verdict import Expected

MAX_PAIRS = 250
"""So many pairs that may explain the answers are tried: a number, not a time, so that a report repeats."""

OWN_MISTAKES = ("NameError", "AttributeError", "ZeroDivisionError")
"""Exceptions that are never the way in which another mistake shows."""


def diagnose(task: FunctionTask, answered: Sequence[Answered]) -> Diagnosis | None:
    """Name the mistake behind the failed calls, or return None.

    "exact" means that a misconception gives the submission's answers on every call: where it is wrong, and where
    it is right. What does not come back (time-outs, deaths) is explained by no misconception.
    """
    failed = [one for one in answered if not one.verdict.passed]
    if not failed or not all(isinstance(one.outcome, (Returned, Raised)) for one in answered):
        return patterns.observe(task, answered, failed) if failed else None
    # A failed call tells most candidates apart, and the smaller, the sooner.
    order = [*sorted(failed, key=_size), *(one for one in answered if one.verdict.passed)]
    if named := _single(task, order):
        return named
    crashed = crash(failed)
    single = partial(_single, task)
    if crashed is not None and crashed.slug not in GENERAL:
        return name_beyond(task, order, single) or patterns.with_setting(crashed, task, answered)
    named = name_beyond(task, order, single) or name_beyond(task, order, partial(_pair, task), most=True)
    named = named or _read_otherwise(task, order) or _nearly(task, order) or _by_part(task, order)
    named = named or patterns.with_setting(crashed, task, answered) or patterns.observe(task, answered, failed)
    return begin_with(task, order, single, named)


def _size(one: Answered) -> int:
    return sum(value.size for value in one.call.args if isinstance(value, np.ndarray))


def _single(task: FunctionTask, order: Sequence[Answered]) -> Diagnosis | None:
    """Name the misconceptions that each explain all the calls."""
    known = (*task.misconceptions, *exchanged(task, order))
    fitting = [m for m in known if _explains(m.wrong, order)]
    if not fitting:
        return None
    first, *others = fitting
    return Diagnosis(
        slug=first.slug,
        title=first.title,
        explanation=first.explanation,
        look_at=first.look_at,
        certainty="exact",
        alternatives=tuple(other.slug for other in others),
    )


def _read_otherwise(task: FunctionTask, order: Sequence[Answered]) -> Diagnosis | None:
    """Say for which other arguments the answers would be right, where one and the same reading explains every call."""
    if not any(isinstance(one.outcome, Returned) for one in order if not one.verdict.passed):
        return None
    known = next((one for one in readings(task) if _explains(one.wrong, order)), None)
    return pattern(known.slug, known.title, known.explanation, known.look_at) if known else None


def _nearly(task: FunctionTask, order: Sequence[Answered]) -> Diagnosis | None:
    """Name a mistake that explains what came back, but crashes in some other calls than the submission does.

    The same mistake crashes with slices where loops give a value, so this is an observation. At least three in four
    of the failed calls must be explained, and half of them by a value: crashes alone fit too many mistakes.
    """
    failed = [one for one in order if not one.verdict.passed]
    if sum(isinstance(one.outcome, Returned) for one in failed) * 2 < len(failed):
        return None
    for known in task.misconceptions:
        room = len(failed) // 4
        for one in order:
            mistaken = _mistaken(known.wrong, one.call)
            if not _gives(mistaken, one):
                room -= 1
                if room < 0 or bool(mistaken.raised) == isinstance(one.outcome, Raised):
                    break
        else:
            return Diagnosis(
                slug=known.slug,
                title=known.title,
                explanation=f"It looks like this mistake, though not in every case. {known.explanation}",
                look_at=known.look_at,
                certainty="pattern",
            )
    return None


def _by_part(task: FunctionTask, order: Sequence[Answered]) -> Diagnosis | None:
    """Name a mistake for each part of the answers that one explains, whatever is wrong with the other parts."""
    if not all(_comparable(_value(one), one.expected.value) for one in order):
        return None
    rights = [_kept(one.expected.value, one) for one in order]
    wrong = [index for index in range(len(task.results)) if not all(right[index] for right in rights)]
    found: dict[str, Misconception] = {}
    parts: dict[str, list[str]] = {}
    for index in wrong:
        one = _of_part(task, index, order)
        found |= {} if one is None else {one.slug: one}
        parts.setdefault("" if one is None else one.slug, []).append(task.results[index])
    if not found:
        return None
    others = " and ".join(parts.pop("", ()))
    names = {slug: " and ".join(of) for slug, of in parts.items()}
    said = [f"{names[slug]}: {_lowered(one.title)}. {one.explanation}" for slug, one in found.items()]
    known = list(found.values())
    several = f"{len(known)} mistakes at once: in {', in '.join(names.values())}"
    return Diagnosis(
        slug="+".join(found),
        title=known[0].title if len(known) == 1 else several,
        explanation=" ".join([*said, *([f"And {others}: wrong in another way."] if others else [])]),
        look_at=" ".join(one.look_at for one in known),
        certainty="pattern",
    )


def _of_part(task: FunctionTask, index: int, order: Sequence[Answered]) -> Misconception | None:
    """Return the mistake that gives one part of each answer, preferably one that leaves the other parts right."""
    spare: Misconception | None = None
    for known in task.misconceptions:
        alone = True
        for one in order:
            mistaken, expected = _mistaken(known.wrong, one.call), one.expected.value
            if mistaken.raised or not _comparable(mistaken.value, expected):
                break
            if not agrees(_parts(mistaken.value)[index], _parts(_value(one))[index]):
                break
            rights = list(map(agrees, _parts(expected), _parts(mistaken.value)))
            alone = alone and all(rights[:index] + rights[index + 1 :])
        else:
            if alone:
                return known
            spare = spare or known
    return spare


def _value(one: Answered) -> Any:
    """Return what came back, or None."""
    return one.outcome.value if isinstance(one.outcome, Returned) else None


def _lowered(title: str) -> str:
    return f"{title[:1].lower()}{title[1:]}"


# --- two mistakes at once ------------------------------------------------------------------------------------


def _pair(task: FunctionTask, order: Sequence[Answered]) -> Diagnosis | None:
    """Name two mistakes that explain the calls together. Where every wrong call crashed, too many would do."""
    if any(one.verdict.kind == "changed input" for one in order):
        return None
    if all(isinstance(one.outcome, Raised) and not one.verdict.refused for one in order if not one.verdict.passed):
        return None
    for first, second, both in islice(_together(task.misconceptions, _sieve(order)), MAX_PAIRS):
        if _explains(both, order):
            return Diagnosis(
                slug=f"{first.slug}+{second.slug}",
                title=f"Two mistakes at once: {_lowered(first.title)}, and {_lowered(second.title)}",
                explanation=" ".join(dict.fromkeys((first.explanation, second.explanation))),
                look_at=" ".join(dict.fromkeys((first.look_at, second.look_at))),
                certainty="exact",
            )
    return None


def _sieve(order: Sequence[Answered]) -> Sequence[Answered]:
    """Return a few calls, small ones that failed and some that passed: enough to rule out most pairs.

    Values come before crashes, which tell less.
    """
    failed = sorted((one for one in order if not one.verdict.passed), key=lambda one: isinstance(one.outcome, Raised))
    return [*failed[:3], *sorted((one for one in order if one.verdict.passed), key=_size)][:6]


def _together(
    known: Sequence[Misconception], calls: Sequence[Answered]
) -> Iterator[tuple[Misconception, Misconception, Callable[..., Any]]]:
    """Yield pairs of mistakes in different steps of one computation, and the computation with both.

    Left out are pairs that cannot explain the calls unless they work on each other: where only one of the two is
    wrong, their answer is its answer, and where neither is, it is the right one. They may work on each other in one
    part. First come those of which one alone gives most of what came back.
    """
    ranked: list[tuple[int, tuple[Misconception, Misconception, Callable[..., Any]]]] = []
    right = [kept for one in calls for kept in _right(one)]
    traces = {known_one.slug: _trace(known_one.wrong, calls) for known_one in known}
    for first, second in combinations(known, 2):
        one, two = first.wrong, second.wrong
        if not (isinstance(one, partial) and isinstance(two, partial) and one.func is two.func):
            continue
        if one.keywords.keys() & two.keywords.keys():
            continue
        both = list(zip(right, traces[first.slug], traces[second.slug], strict=True))
        amiss = sum(not _may_hold(*part) for part in both)
        if amiss <= 1:
            rank = 2 * amiss - sum(a[1] or b[1] for _, a, b in both)
            ranked.append((rank, (first, second, partial(one.func, **one.keywords, **two.keywords))))
    yield from (together for _, together in sorted(ranked, key=lambda pair: pair[0]))


_Part = tuple[bool, bool]
"""Whether a part of a mistaken answer is right, and whether it is what the submission gave."""


def _may_hold(right: bool, first: _Part, second: _Part) -> bool:
    """Whether two mistakes together may give what came back in one part of an answer."""
    if first[0] and second[0]:
        return right
    if first[0] or second[0]:
        return second[1] if first[0] else first[1]
    return True


def _trace(wrong: Callable[..., Any], calls: Sequence[Answered]) -> list[_Part]:
    """Return how each part of each answer of a mistake compares."""
    trace: list[_Part] = []
    for one in calls:
        mistaken = _mistaken(wrong, one.call)
        if mistaken.raised or not _comparable(mistaken.value, one.expected.value):
            trace += [(rightly(one.expected, mistaken), _gives(mistaken, one))] * _count(one.expected.value)
        else:
            rights = map(agrees, _parts(one.expected.value), _parts(mistaken.value))
            trace += zip(rights, _kept(mistaken.value, one), strict=True)
    return trace


def _right(one: Answered) -> list[bool]:
    """Return for each part of the right answer whether the submission gave it; an exception is one part."""
    return _kept(one.expected.value, one) if one.expected.error is None else [one.verdict.passed]


def _kept(value: Any, one: Answered) -> list[bool]:
    """Return for each part of a value whether the submission gave it."""
    given = one.outcome.value if isinstance(one.outcome, Returned) else None
    if not isinstance(one.outcome, Returned) or not _comparable(value, given):
        return [_gives(Mistaken(value), one)] * _count(one.expected.value)
    return list(map(agrees, _parts(value), _parts(given)))


def _parts(value: Any) -> Sequence[Any]:
    return value if isinstance(value, (tuple, list)) else (value,)


def _count(value: Any) -> int:
    return len(_parts(value))


def _comparable(one: Any, other: Any) -> bool:
    """Whether two values have the same number of parts, that of the answer which is asked for."""
    return isinstance(one, (tuple, list)) == isinstance(other, (tuple, list)) and _count(one) == _count(other)


# --- what a mistake answers ----------------------------------------------------------------------------------


def _explains(wrong: Callable[..., Any], order: Sequence[Answered]) -> bool:
    return all(_gives(_mistaken(wrong, one.call), one) for one in order)


@dataclass(frozen=True)
class Mistaken:
    """What a misconception answers: a value, or an exception, by the names of its classes, its own first."""

    value: Any = None
    raised: tuple[str, ...] = ()


@lru_cache(maxsize=8192)  # a class is graded with one seed: the same questions, asked of the same mistakes
def _remembered(wrong: Callable[..., Any], asked: _Identity) -> Mistaken:
    return mistaken_answer(wrong, asked.call)


@dataclass(frozen=True)
class _Identity:
    """A call, compared by identity: its arrays cannot be hashed."""

    call: Call

    def __hash__(self) -> int:
        return id(self.call)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Identity) and other.call is self.call


def _mistaken(wrong: Callable[..., Any], call: Call) -> Mistaken:
    return _remembered(wrong, _Identity(call))


def mistaken_answer(wrong: Callable[..., Any], call: Call) -> Mistaken:
    """Return what a misconception answers to a call; the arguments are not changed by it."""
    arguments = [value.copy(order="K") if isinstance(value, np.ndarray) else value for value in call.args]
    try:
        with np.errstate(all="ignore"), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return Mistaken(wrong(*arguments, **call.kwargs))
    except Exception as error:
        return Mistaken(raised=tuple(base.__name__ for base in type(error).__mro__))


def _gives(mistaken: Mistaken, one: Answered) -> bool:
    outcome = one.outcome
    if mistaken.raised or isinstance(outcome, Raised):
        raised = outcome.bases if isinstance(outcome, Raised) else ()
        if one.checks_shapes and _other_shape(mistaken, one.expected):
            return True  # as good as its value
        return raises_alike(mistaken.raised, raised, one.verdict.refused, one.expected.error)
    if not isinstance(outcome, Returned) or one.verdict.kind == "changed input":
        return False
    return agrees(mistaken.value, outcome.value)


def _other_shape(mistaken: Mistaken, expected: Expected) -> bool:
    pairs = zip(_parts(mistaken.value), _parts(expected.value), strict=False)
    return not mistaken.raised and any(np.shape(given) != np.shape(wanted) for given, wanted in pairs)


def raises_alike(wanted: tuple[str, ...], given: tuple[str, ...], refused: bool, asked: str | None) -> bool:
    """Whether two exceptions count as the same, by the names of their classes (none: no exception).

    Crashes are alike, whatever their classes: the same mistake crashes in one way with loops, in another with
    slices; only OWN_MISTAKES tell of mistakes of their own. But a crash is none where
    the submission ``refused`` an input on purpose, with an assert or a raise: for a misconception, that is an
    AssertionError. Where an exception is ``asked`` for, it is right or it is not.
    """
    if not (wanted and given):
        return False
    if asked is not None:
        return (asked in wanted) == (asked in given)
    if any((name in wanted) != (name in given) for name in OWN_MISTAKES):
        return False
    return ("AssertionError" in wanted) == refused


def rightly(expected: Expected, given: Mistaken) -> bool:
    """Whether a misconception gives the expected answer."""
    if expected.error is not None or given.raised:
        return expected.error in given.raised
    return agrees(expected.value, given.value)


def agrees(wanted: Any, given: Any) -> bool:
    """Whether a submission's value is the mistaken one; NaN and infinity are equal to themselves here."""
    if isinstance(wanted, (tuple, list)) and isinstance(given, (tuple, list)):
        return len(wanted) == len(given) and all(map(agrees, wanted, given))
    if isinstance(wanted, np.ndarray) and isinstance(given, (np.ndarray, np.generic)):
        return _arrays_agree(wanted, np.asarray(given))
    if _whole(wanted) or _whole(given):
        return _whole(wanted) and _whole(given) and int(wanted) == int(given)
    if isinstance(wanted, (float, np.floating)) and isinstance(given, (float, np.floating)):
        return _arrays_agree(np.asarray(wanted, np.float64), np.asarray(given, np.float64))
    return type(wanted) is type(given) and compare(wanted, given).difference is None


def _whole(value: Any) -> bool:
    return isinstance(value, (int, np.integer)) and not isinstance(value, bool)


def _arrays_agree(wanted: Any, given: Any) -> bool:
    if wanted.size == given.size == 0:
        return True  # nothing came out, in whatever shape
    if wanted.shape != given.shape or wanted.dtype.kind != given.dtype.kind or wanted.dtype.kind not in "biuf":
        return False
    wanted, given = wanted.astype(np.float64, copy=False), given.astype(np.float64, copy=False)
    scale = float(np.max(np.abs(wanted), where=np.isfinite(wanted), initial=0.0)) or 1.0
    with np.errstate(invalid="ignore"):
        near = np.abs(given - wanted) <= 1e-5 * scale  # np.allclose takes ten times as long
    return bool(near.all()) or bool((near | (given == wanted) | (np.isnan(given) & np.isnan(wanted))).all())


