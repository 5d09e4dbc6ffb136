"""Inputs that a submission cannot take, such as pairs: they are set aside, and the mistake is sought in the rest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from inspect import Parameter, signature
from itertools import combinations

import numpy as np

from cnnexercises.exercise import FunctionTask
from grader import patterns
from grader.answered import Answered
from grader.crashes import GENERAL, crash, pattern
from grader.features import features
from grader.outcome import Raised, Returned
from grader.report import Diagnosis

Limit = tuple[str, str]
"""An argument, and what stops the submission: ("stride", "differs in height and width")."""

Name = Callable[[Sequence[Answered]], Diagnosis | None]

_PAIR = (
    "An int stands for both axes; of a pair, the first is for the height and the second for the width. Turn it into "
    "a pair first, and use its parts."
)
_SIDES = "Rows go with the height and columns with the width: neither tells the size of the other."
_STOPS = {"is a pair": _PAIR, "differs in height and width": _PAIR, "is not square": _SIDES}
_SAYS_LITTLE = (*GENERAL, "pair_as_number", "float_index")
_OF_SIZES = (*_SAYS_LITTLE, "array_to_scalar")
_OTHER = frozenset(("NameError", "AttributeError", "ZeroDivisionError"))
_FOLLOWS = "dout"
"""An argument whose shape follows from the others': what it has says nothing of its own."""


def name_beyond(
    task: FunctionTask, answered: Sequence[Answered], name: Name, most: bool = False
) -> Diagnosis | None:
    """Name the mistakes behind all calls but those that the submission cannot take, or return None.

    ``name`` is tried with every choice of limits; where ``most`` is asked for, only with what all limits leave, which
    are all calls where there is no limit. What is set aside crashes, and nothing more is known of it: so this is an
    observation, though the other calls may agree with a misconception to the last. Where nothing else is wrong, the
    limits are the mistake.
    """
    aside = [(chosen, rest) for chosen, rest in _set_aside(task, answered) if _tells_enough(rest)]
    for chosen, rest in aside:
        if all(one.verdict.passed for one in rest):
            return pattern("limits", f"It stops where {_words(chosen)}", f"All else is right. {_advice(chosen)}")
    if most and not aside:
        return name(answered)
    for chosen, rest in aside[-1:] if most else aside:
        if (found := name(rest)) is not None:
            return _with(found, f"Besides, it stops where {_words(chosen)}. {_advice(chosen)}")
    return None


def begin_with(
    task: FunctionTask, answered: Sequence[Answered], name: Name, found: Diagnosis | None
) -> Diagnosis | None:
    """Name the mistake behind the calls without stride, padding and the like, where no more than ``found`` is known.

    That is where a student begins; what else is wrong with such settings is for later.
    """
    if found is not None and found.slug not in _SAYS_LITTLE:
        return found
    *_, (chosen, rest) = [((), answered), *_set_aside(task, answered)]
    plain = [one for one in rest if not _settings(task, one)]
    values = sum(isinstance(one.outcome, Returned) and not one.verdict.passed for one in plain)
    if values > 1 and _optional(task) and (first := name(plain) or _said_of(task, plain)) is not None:
        return _with(first, f"Begin with this, and look at calls with {_optional(task)} later.")
    if chosen and (seen := _said_of(task, rest)) is not None:
        return _with(seen, f"Besides, it stops where {_words(chosen)}. {_advice(chosen)}")
    if not chosen or found is None or found.slug in GENERAL or not any(one.verdict.passed for one in rest):
        return found
    return pattern("limits", f"It stops where {_words(chosen)}", f"{_advice(chosen)} Other calls go wrong as well.")


def _with(found: Diagnosis, said: str) -> Diagnosis:
    return found.model_copy(update={"explanation": f"{found.explanation} {said}", "certainty": "pattern"})


def _said_of(task: FunctionTask, rest: Sequence[Answered]) -> Diagnosis | None:
    """Observe what wrong calls have in common. With two of them, that may be chance, but for where they go wrong."""
    failed = [one for one in rest if not one.verdict.passed]
    seen = patterns.observe(task, rest, failed) if len(failed) > 1 else None
    if seen is None or seen.slug in _SAYS_LITTLE or (len(failed) == 2 and seen.slug != "setting"):
        return None
    return seen


def _settings(task: FunctionTask, one: Answered) -> bool:
    """Whether an argument that may be left out is something else than its default."""
    defaults = signature(task.reference).parameters
    given = {**dict(zip(task.parameters, one.call.args, strict=False)), **one.call.kwargs}
    return any(
        not isinstance(value, np.ndarray) and value is not None and value != defaults[key].default
        for key, value in given.items()
        if defaults[key].default is not Parameter.empty
    )


def _optional(task: FunctionTask) -> str:
    left_out = signature(task.reference).parameters.values()
    return " or ".join(one.name for one in left_out if isinstance(one.default, int) or one.name == "stride")


def _set_aside(
    task: FunctionTask, answered: Sequence[Answered]
) -> Iterator[tuple[Sequence[Limit], Sequence[Answered]]]:
    """Yield limits, the fewest first, and the calls that they leave: all but those that crash with one of them."""
    has = {id(one): _stops(task, one) for one in answered}
    limits = _limits(answered, has)
    for count in range(1, len(limits) + 1):
        for chosen in combinations(limits, count):
            yield chosen, [one for one in answered if not _crashes(one) or has[id(one)].isdisjoint(chosen)]


def _tells_enough(rest: Sequence[Answered]) -> bool:
    """Whether some call is right, or several are wrong with a value: crashes alone fit too many mistakes."""
    return any(one.verdict.passed for one in rest) or sum(isinstance(one.outcome, Returned) for one in rest) > 2


def _stops(task: FunctionTask, one: Answered) -> frozenset[Limit]:
    return frozenset((name, has) for name, has in features(task, one) if has in _STOPS and name != _FOLLOWS)


def _limits(answered: Sequence[Answered], has: dict[int, frozenset[Limit]]) -> Sequence[Limit]:
    """Return what all calls that have it crash with, or all of several but one: that may be right by chance.

    Of an argument only what stops it most surely, and then most often: any pair, or only one of unequal parts.
    """
    having, crashing = (
        Counter(limit for one in calls for limit in has[id(one)])
        for calls in (answered, [one for one in answered if _crashes(one)])
    )
    found = [one for one in crashing if having[one] - crashing[one] <= (crashing[one] > 2)]
    found.sort(key=lambda one: (crashing[one] / having[one], crashing[one], one))
    return sorted({one[0]: one for one in found}.values())


def _crashes(one: Answered) -> bool:
    """Whether a call crashes as it does on sizes and pairs, and not because a name is unknown or a value is None."""
    if not isinstance(one.outcome, Raised) or one.verdict.passed:
        return False
    family = crash([one])
    return not _OTHER.intersection(one.outcome.bases) and (family is None or family.slug in _OF_SIZES)


def _words(chosen: Sequence[Limit]) -> str:
    """Return "stride or padding is a pair, or weight is not square"."""
    by_feature: dict[str, list[str]] = {}
    for name, has in chosen:
        by_feature.setdefault(has, []).append(name)
    return ", or ".join(f"{' or '.join(names)} {has}" for has, names in by_feature.items())


def _advice(chosen: Sequence[Limit]) -> str:
    return " ".join(dict.fromkeys(_STOPS[has] for _, has in chosen))
