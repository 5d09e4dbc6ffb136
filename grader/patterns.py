"""Observations on a mistake that no misconception explains: what the wrong answers, or the crashes, have in common."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from cnnexercises.exercise import FunctionTask
from grader.answered import Answered
from grader.compare import LOOSE
from grader.crashes import crash, pattern
from grader.features import telling
from grader.outcome import Opaque, Raised, Returned
from grader.report import Diagnosis

Array = npt.NDArray[Any]


# --- values --------------------------------------------------------------------------------------------------


def observe(task: FunctionTask, answered: Sequence[Answered], failed: Sequence[Answered]) -> Diagnosis | None:
    """Return the first observation that holds for every failed call."""
    for look in _LOOKS:
        found = look(task, answered, failed)
        if found is not None:
            return found
    return None


def _nothing(_task: FunctionTask, _answered: Sequence[Answered], failed: Sequence[Answered]) -> Diagnosis | None:
    if not all(isinstance(one.outcome, Returned) and one.outcome.value is None for one in failed):
        return None
    if all(one.verdict.kind == "no exception" for one in failed):
        return None  # it returns where there is something to return
    return pattern("nothing_returned", "Nothing is returned", "The function ends without return, which gives None.")


def _unwritten(task: FunctionTask, _answered: Sequence[Answered], failed: Sequence[Answered]) -> Diagnosis | None:
    """Name the part of a tuple that is None."""
    values: list[Any] = [one.outcome.value for one in failed if isinstance(one.outcome, Returned)]
    if len(values) < len(failed) or not all(isinstance(value, (tuple, list)) for value in values):
        return None
    for index, name in enumerate(task.results):
        if all(len(value) == len(task.results) and value[index] is None for value in values):
            return pattern("part_is_none", f"{name} is None", f"Is the part that works out {name} still to be written?")
    return None


def _changed(_task: FunctionTask, _answered: Sequence[Answered], failed: Sequence[Answered]) -> Diagnosis | None:
    if sum(one.verdict.kind == "changed input" for one in failed) * 2 < len(failed):
        return None
    explanation = "The answer is right, but an argument is not what it was before. Work on a copy: x = x.copy()."
    return pattern("input_changed", "An argument is changed in place", explanation)


_LAZY = ("generator", "map", "zip", "filter", "reversed", "enumerate")


def _types(_task: FunctionTask, _answered: Sequence[Answered], failed: Sequence[Answered]) -> Diagnosis | None:
    """Name the type that comes back instead of the right one."""
    if not all(isinstance(one.outcome, Returned) for one in failed):
        return None
    values: list[Any] = [one.outcome.value for one in failed if isinstance(one.outcome, Returned)]
    names = {value.type_name if isinstance(value, Opaque) else type(value).__name__ for value in values}
    kinds = {one.verdict.kind for one in failed}
    if names <= set(_LAZY):
        explanation = "map, zip and `(... for ...)` compute nothing before they are asked. Put tuple(...) around it."
        return pattern("lazy", f"A {names.pop()} comes back, not its values", explanation)
    if all(name.endswith(("Error", "Exception")) for name in names):
        return pattern("error_returned", "The error is returned, not raised", "Write `raise`, not `return`.")
    if names == {"str"}:
        return pattern("text", "A text comes back", "Return the numbers themselves; text is for printing.")
    if kinds == {"no exception"}:
        explanation = "Raise ValueError: with a value the caller goes on, and the mistake shows up somewhere else."
        return pattern("no_error", "What makes no sense is answered with a value", explanation)
    if kinds == {"type"} and names <= {"list", "tuple"} and not _sequences(*(one.expected.value for one in failed)):
        return pattern("list_for_array", "A list comes back, not an array", "Write np.array(...) around it.")
    if kinds <= {"type", "values"} and all(_float_for_int(one) for one in failed):
        explanation = "A count is an int: divide with // instead of /, and write int(...) around np.floor."
        return pattern("float_for_int", "A float comes back where an int is asked for", explanation)
    if kinds == {"type"} and len(names) == 1:
        part = " in part" if _sequences(values[0], failed[0].expected.value) else ""
        explanation = f"{failed[0].verdict.message}"
        return pattern("other_type", f"The result has another type{part}", explanation[:1].upper() + explanation[1:])
    return None


def _float_for_int(one: Answered) -> bool:
    given: Any = one.outcome.value if isinstance(one.outcome, Returned) else None
    wanted = one.expected.value
    pairs = zip(given, wanted, strict=False) if _sequences(given, wanted) else [(given, wanted)]
    return any(isinstance(a, (float, np.floating)) and isinstance(b, int) for a, b in pairs)


def _count(task: FunctionTask, _answered: Sequence[Answered], failed: Sequence[Answered]) -> Diagnosis | None:
    if {one.verdict.kind for one in failed} != {"count"} or not task.results:
        return None
    values: list[Any] = [one.outcome.value for one in failed if isinstance(one.outcome, Returned)]
    title = f"{len(values[0])} values come back, and {len(task.results)} are asked for"
    return pattern("count", title, f"Return {', '.join(task.results)}, in this order.", "The return at the end.")


def _kinds(_task: FunctionTask, _answered: Sequence[Answered], failed: Sequence[Answered]) -> Diagnosis | None:
    kinds = {one.verdict.kind for one in failed}
    pairs = [pair for one in failed for pair in _wrong_arrays(one)]
    if kinds == {"dtype"}:
        title = "It holds integers" if any(given.dtype.kind in "iu" for given, _ in pairs) else "Its dtype is wrong"
        explanation = "An array made with dtype=int, or like an integer one, holds integers: decimals are cut off."
        return pattern("dtype_lost", title, explanation)
    if kinds != {"shape"} or not pairs:
        return None
    shapes = [(given.shape, wanted.shape) for given, wanted in pairs]
    if all(np.squeeze(given).shape == np.squeeze(wanted).shape for given, wanted in pairs):
        explanation = "The numbers may be right, but axes of length 1 are missing or added: keep every axis."
        return pattern("rank_lost", "An axis is lost or added", explanation)
    if all(given == wanted[::-1] or sorted(given) == sorted(wanted) for given, wanted in shapes):
        return pattern("axes_swapped", "The axes are in another order", "The lengths are right, their order is not.")
    if all(len(g) == len(w) and max(abs(a - b) for a, b in zip(g, w, strict=True)) == 1 for g, w in shapes):
        explanation = "A loop or a formula ends one too early or too late: is there a `+ 1`, and in the right place?"
        return pattern("off_by_one", "The shape is off by one", explanation)
    for slug, word, sign in (("too_large", "larger", 1), ("too_small", "smaller", -1)):
        if all(len(g) == len(w) and all((a - b) * sign >= 0 for a, b in zip(g, w, strict=True)) for g, w in shapes):
            explanation = "Work its shape out by hand for a small input, axis by axis, and compare."
            return pattern(slug, f"The result is {word} than it should be", explanation)
    return None


def _wrong_arrays(one: Answered) -> Iterator[tuple[Array, Array]]:
    """Yield (given, wanted) for each array of an answer that is wrong in shape or in values."""
    given: Any = one.outcome.value if isinstance(one.outcome, Returned) else None
    wanted = one.expected.value
    for a, b in zip(given, wanted, strict=False) if _sequences(given, wanted) else [(given, wanted)]:
        if isinstance(a, np.ndarray) and isinstance(b, np.ndarray) and (a.shape != b.shape or not _close(a, b)):
            yield a, b


def _sequences(*values: Any) -> bool:
    return all(isinstance(value, (tuple, list)) for value in values)


def _close(given: Array, wanted: Array) -> bool:
    scale = float(np.max(np.abs(wanted), where=np.isfinite(wanted), initial=0.0)) or 1.0
    return given.shape == wanted.shape and bool(np.allclose(given, wanted, rtol=0, atol=LOOSE * scale))


@dataclass(frozen=True)
class _Shape:
    """A relation between a wrong array and the right one."""

    slug: str
    title: str
    explanation: str
    holds: Callable[[Array, Array], bool]


def _border(given: Array, wanted: Array) -> bool:
    if wanted.ndim < 2 or min(wanted.shape[-2:]) < 3:
        return False
    return _close(given[..., 1:-1, 1:-1], wanted[..., 1:-1, 1:-1])


def _shifted(given: Array, wanted: Array) -> bool:
    return given.shape == wanted.shape and any(
        given.shape[axis] > 1 and _close(np.delete(a, 0, axis), np.delete(b, -1, axis))
        for axis in range(-1, -min(given.ndim, 2) - 1, -1)
        for a, b in ((given, wanted), (wanted, given))
    )


_RELATIONS = (
    _Shape(
        "sign", "The sign is wrong", "Every wrong entry is the right one with the other sign.",
        lambda given, wanted: _close(-given, wanted),
    ),
    _Shape(
        "flipped", "The result is flipped", "It is right when it is turned around along height and width: is a kernel "
        "flipped where it should not be, or not flipped where it should?",
        lambda given, wanted: _close(np.flip(given, (-1, -2) if given.ndim > 1 else -1), wanted),
    ),
    _Shape(
        "mirrored", "The result is mirrored", "It is right when it is turned around along one axis.",
        lambda given, wanted: _close(given[..., ::-1], wanted)
        or (given.ndim > 1 and _close(given[..., ::-1, :], wanted)),
    ),
    _Shape(
        "transposed", "Height and width are exchanged", "The result is right when its last two axes are exchanged.",
        lambda given, wanted: given.ndim > 1 and _close(np.swapaxes(given, -1, -2), wanted),
    ),
    _Shape(
        "all_zero", "The result is all zero", "Nothing was ever added to it.",
        lambda given, wanted: not given.any() and bool(wanted.any()),
    ),
    _Shape(
        "zeros_filled", "Only entries that should be 0 are wrong", "Is the array made with np.zeros, and is nothing "
        "written where nothing belongs?",
        lambda given, wanted: given.shape == wanted.shape and _close(np.where(wanted == 0, 0, given), wanted),
    ),
    _Shape(
        "first_of_batch", "Only the first image of the batch is right", "The others are not: is something outside the "
        "loop over the batch, or is index 0 written where the loop's is meant?",
        lambda given, wanted: given.ndim > 2 and len(given) > 1 and _close(given[:1], wanted[:1]),
    ),
    _Shape(
        "last_of_batch", "Only the last image of the batch is right", "The others are overwritten, or never written.",
        lambda given, wanted: given.ndim > 2 and len(given) > 1 and _close(given[-1:], wanted[-1:]),
    ),
    _Shape(
        "border", "Only the border is wrong", "The inside is right, the outer rows and columns are not: look at the "
        "padding, and at where windows begin and end.", _border,
    ),
    _Shape(
        "shifted", "The result is shifted by one", "It is right when it is moved by one row or column: does an index "
        "begin with 1 where it should begin with 0, or the other way round?", _shifted,
    ),
    _Shape(
        "misplaced", "The right values are in other places", "Every value is there, but not where it belongs: look at "
        "the indices that you write to.",
        lambda given, wanted: _close(np.sort(given, axis=None), np.sort(wanted, axis=None)),
    ),
    _Shape(
        "rounded", "The result is rounded", "It holds the whole numbers next to the right ones.",
        lambda given, wanted: bool(np.all(given == np.round(given)) and np.abs(given - wanted).max(initial=0) < 1),
    ),
)  # fmt: skip


def _values(task: FunctionTask, _answered: Sequence[Answered], failed: Sequence[Answered]) -> Diagnosis | None:
    if {one.verdict.kind for one in failed} - {"values", "finite"}:
        return None
    pairs = [pair for one in failed for pair in _wrong_arrays(one)]
    if not pairs or any(given.dtype.kind not in "iuf" for given, _ in pairs):  # the second of a tuple may be anything
        return None
    scaled = _scaled(pairs, _subject(task, failed))
    if scaled is not None:
        return scaled
    for relation in _RELATIONS:
        if all(relation.holds(given, wanted) for given, wanted in pairs):
            return pattern(relation.slug, relation.title, relation.explanation)
    return None


def _scaled(pairs: Sequence[tuple[Array, Array]], subject: str) -> Diagnosis | None:
    factors = [_factor(given, wanted) for given, wanted in pairs]
    known = [factor for factor in factors if factor is not None]
    if len(known) < len(factors) or not known:
        return None
    if max(known) - min(known) < 1e-4 * abs(known[0]):
        title = f"{subject} is {known[0]:.4g} times what it should be"
        return pattern("scaled", title, "A factor is missing, or one too many.")
    return pattern(
        "scaled_by_size",
        f"{subject} is off by a factor that depends on the sizes",
        "A mean instead of a sum gives this, or a sum instead of a mean.",
    )


def _factor(given: Array, wanted: Array) -> float | None:
    if given.shape != wanted.shape or not np.abs(wanted).max(initial=0) or not np.isfinite(given).all():
        return None
    factor = float(np.vdot(wanted, given) / np.vdot(wanted, wanted))
    return factor if factor > 0 and _close(given, factor * wanted) else None


# --- parts of the result -------------------------------------------------------------------------------------


def _wrong_parts(task: FunctionTask, failed: Sequence[Answered]) -> Sequence[str]:
    """Return the parts of a tuple result that are wrong in some failed call, or nothing where that cannot be said."""
    wrong: set[str] = set()
    for one in failed:
        given: Any = one.outcome.value if isinstance(one.outcome, Returned) else None
        if not _sequences(given, one.expected.value) or len(given) != len(task.results):
            return ()
        parts = zip(task.results, given, one.expected.value, strict=True)
        wrong |= {name for name, a, b in parts if not (isinstance(a, np.ndarray) and _close(a, b))}
    return [name for name in task.results if name in wrong]


def _subject(task: FunctionTask, failed: Sequence[Answered]) -> str:
    wrong = _wrong_parts(task, failed)
    return wrong[0] if len(wrong) == 1 else "Everything"


def _rest_is_right(task: FunctionTask, failed: Sequence[Answered]) -> str | None:
    """Say which parts are wrong and which are right, where both kinds are."""
    wrong = _wrong_parts(task, failed)
    right = [name for name in task.results if name not in wrong]
    if not wrong or not right:
        return None
    return f"{_listed(wrong)} wrong, {_listed(right)} right."


def _listed(names: Sequence[str]) -> str:
    return f"{' and '.join(names)} {'is' if len(names) == 1 else 'are'}"


def _part(task: FunctionTask, _answered: Sequence[Answered], failed: Sequence[Answered]) -> Diagnosis | None:
    if (said := _rest_is_right(task, failed)) is None:
        return None
    wrong = _wrong_parts(task, failed)
    named, verb = " and ".join(wrong), "comes" if len(wrong) == 1 else "come"
    return pattern("part_wrong", f"Only {named} {verb} out wrong", f"In every case {said}", f"The lines for {named}.")


# --- settings ------------------------------------------------------------------------------------------------


def _setting(task: FunctionTask, answered: Sequence[Answered], failed: Sequence[Answered]) -> Diagnosis | None:
    """Find what all failed calls have and no other call has: "stride is more than 1", "batch of several"."""
    if words := " and ".join(telling(task, answered, failed, 0.0)):
        explanation = f"Every other case is right. Look at how your code uses it: {words}."
        if said := _rest_is_right(task, failed):
            explanation = f"{explanation} There {said}"
        if stopped := crash([one for one in failed if isinstance(one.outcome, Raised)]):
            explanation = f"{explanation} {stopped.title}: {stopped.explanation}"
        return pattern("setting", f"It fails where {words}, and only there", explanation)
    return None


def with_setting(
    found: Diagnosis | None, task: FunctionTask, answered: Sequence[Answered]
) -> Diagnosis | None:
    """Return a finding with where it shows added: what all failed calls have and no other call has."""
    failed = [one for one in answered if not one.verdict.passed]
    words = " and ".join(telling(task, answered, failed, 0.0))
    if found is None or not words:
        return found
    return found.model_copy(update={"explanation": f"{found.explanation} It happens where {words}, and only there."})


def _mostly(task: FunctionTask, answered: Sequence[Answered], failed: Sequence[Answered]) -> Diagnosis | None:
    """Find what all failed calls have and few others: where it is right all the same, by chance."""
    if words := next(iter(telling(task, answered, failed, 1 / 3)), None):
        explanation = "Cases without it are right. Where it is right with it, that may be by chance."
        return pattern("setting", f"It fails only where {words}", explanation)
    return None


def _crashes_and_values(
    _task: FunctionTask, _answered: Sequence[Answered], failed: Sequence[Answered]
) -> Diagnosis | None:
    return crash([one for one in failed if isinstance(one.outcome, Raised)] or list(failed))


_LOOKS = (
    _nothing, _unwritten, _changed, _types, _count, _kinds, _values, _setting, _crashes_and_values, _part, _mostly,
)  # fmt: skip
"""What is looked for, in this order."""
