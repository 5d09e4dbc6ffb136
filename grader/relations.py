"""How a wrong array differs from the right one: turned, scaled by a size, right in places; in words for a student."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import prod
from typing import Any

import numpy as np
import numpy.typing as npt

from cnnexercises.exercise import FunctionTask
from grader.answered import Answered
from grader.compare import LOOSE
from grader.crashes import pattern
from grader.outcome import Returned
from grader.report import Diagnosis

Array = npt.NDArray[Any]


@dataclass(frozen=True)
class WrongArray:
    """An array that is wrong in shape or in values: the part of the answer that it is, "" where there are no parts."""

    answered: Answered
    part: str
    given: Array
    wanted: Array


def wrong_arrays(task: FunctionTask, failed: Sequence[Answered]) -> Sequence[WrongArray]:
    """Return the wrong arrays of answers."""
    return [wrong for one in failed for wrong in _wrong_arrays(task, one)]


def _wrong_arrays(task: FunctionTask, one: Answered) -> Iterator[WrongArray]:
    given: Any = one.outcome.value if isinstance(one.outcome, Returned) else None
    wanted = one.expected.value
    pairs = zip(given, wanted, strict=False) if sequences(given, wanted) else [(given, wanted)]
    names = task.results or ("",) * len(wanted) if sequences(given, wanted) else ("",)
    for name, (a, b) in zip(names, pairs, strict=False):
        if isinstance(a, np.ndarray) and isinstance(b, np.ndarray) and (a.shape != b.shape or not close(a, b)):
            yield WrongArray(one, name, a, b)


def sequences(*values: Any) -> bool:
    """Whether all values are tuples or lists."""
    return all(isinstance(value, (tuple, list)) for value in values)


def close(given: Array, wanted: Array) -> bool:
    """Whether two arrays are alike in shape and, loosely, in values."""
    scale = float(np.max(np.abs(wanted), where=np.isfinite(wanted), initial=0.0)) or 1.0
    return given.shape == wanted.shape and bool(np.allclose(given, wanted, rtol=0, atol=LOOSE * scale))


def related(task: FunctionTask, wrong: Sequence[WrongArray], subject: str) -> Diagnosis | None:
    """Return the first relation that holds between every wrong array and the right one.

    ``subject`` says what is wrong, as the beginning of a title: "dx is", "dx and dweight are".
    """
    if (found := _scaled(task, wrong, subject)) is not None:
        return found
    for relation in _RELATIONS:
        if all(relation.holds(one.given, one.wanted) for one in wrong):
            return pattern(relation.slug, relation.title.replace("The result is", subject), relation.explanation)
    return _in_places(wrong, subject)


# --- the whole array -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Relation:
    """A relation between a wrong array and the right one."""

    slug: str
    title: str
    explanation: str
    holds: Callable[[Array, Array], bool]


def _border(given: Array, wanted: Array) -> bool:
    if wanted.ndim < 2 or min(wanted.shape[-2:]) < 3:
        return False
    return close(given[..., 1:-1, 1:-1], wanted[..., 1:-1, 1:-1])


def _shifted(given: Array, wanted: Array) -> bool:
    return given.shape == wanted.shape and any(
        given.shape[axis] > 1 and close(np.delete(a, 0, axis), np.delete(b, -1, axis))
        for axis in range(-1, -min(given.ndim, 2) - 1, -1)
        for a, b in ((given, wanted), (wanted, given))
    )


_RELATIONS = (
    _Relation(
        "sign", "The sign is wrong", "Every wrong entry is the right one with the other sign.",
        lambda given, wanted: close(-given, wanted),
    ),
    _Relation(
        "flipped", "The result is flipped", "It is right when it is turned around along height and width: is a kernel "
        "flipped where it should not be, or not flipped where it should?",
        lambda given, wanted: close(np.flip(given, (-1, -2) if given.ndim > 1 else -1), wanted),
    ),
    _Relation(
        "mirrored", "The result is mirrored", "It is right when it is turned around along one axis.",
        lambda given, wanted: close(given[..., ::-1], wanted)
        or (given.ndim > 1 and close(given[..., ::-1, :], wanted)),
    ),
    _Relation(
        "transposed", "Height and width are exchanged", "The result is right when its last two axes are exchanged.",
        lambda given, wanted: given.ndim > 1 and close(np.swapaxes(given, -1, -2), wanted),
    ),
    _Relation(
        "all_zero", "The result is all zero", "Nothing was ever added to it.",
        lambda given, wanted: not given.any() and bool(wanted.any()),
    ),
    _Relation(
        "zeros_filled", "Only entries that should be 0 are wrong", "Is the array made with np.zeros, and is nothing "
        "written where nothing belongs?",
        lambda given, wanted: given.shape == wanted.shape and close(np.where(wanted == 0, 0, given), wanted),
    ),
    _Relation(
        "border", "Only the border is wrong", "The inside is right, the outer rows and columns are not: look at the "
        "padding, and at where windows begin and end.", _border,
    ),
    _Relation(
        "shifted", "The result is shifted by one", "It is right when it is moved by one row or column: does an index "
        "begin with 1 where it should begin with 0, or the other way round?", _shifted,
    ),
    _Relation(
        "misplaced", "The right values are in other places", "Every value is there, but not where it belongs: look at "
        "the indices that you write to.",
        lambda given, wanted: close(np.sort(given, axis=None), np.sort(wanted, axis=None)),
    ),
    _Relation(
        "rounded", "The result is rounded", "It holds the whole numbers next to the right ones.",
        lambda given, wanted: bool(np.all(given == np.round(given)) and np.abs(given - wanted).max(initial=0) < 1),
    ),
    _Relation(
        "rounded_decimals", "The result is rounded", "It has a few decimals only: leave out np.round.",
        lambda given, wanted: any(np.array_equal(given, np.round(wanted, digits)) for digits in range(1, 5)),
    ),
)  # fmt: skip


# --- a factor ------------------------------------------------------------------------------------------------


def _scaled(task: FunctionTask, wrong: Sequence[WrongArray], subject: str) -> Diagnosis | None:
    factors = [_factor(one.given, one.wanted) for one in wrong]
    known = [factor for factor in factors if factor is not None]
    if len(known) < len(factors) or not known:
        return None
    if max(known) - min(known) < 1e-4 * abs(known[0]):
        title = f"{subject} {known[0]:.4g} times the right values"
        return pattern("scaled", title, "A factor is missing, or one too many.")
    sizes = [_sizes(task, one) for one in wrong]
    for name in sizes[0]:
        values = [size.get(name, 0) for size in sizes]
        if all(values) and np.allclose(values, known, rtol=1e-4):
            explanation = "Is it added within a loop too many, or is it a sum instead of a mean?"
            return pattern("scaled_by_size", f"{subject} {name} times too large", explanation)
        if all(values) and np.allclose(1 / np.array(values), known, rtol=1e-4):
            explanation = "Is it a mean instead of a sum, or is it divided once too often?"
            return pattern("scaled_by_size", f"{subject} too small by the factor {name}", explanation)
    return pattern(
        "scaled_by_size",
        f"{subject} off by a factor that depends on the sizes",
        "A mean instead of a sum gives this, or a sum instead of a mean.",
    )


def _factor(given: Array, wanted: Array) -> float | None:
    if given.shape != wanted.shape or not np.abs(wanted).max(initial=0) or not np.isfinite(given).all():
        return None
    factor = float(np.vdot(wanted, given) / np.vdot(wanted, wanted))
    return factor if factor > 0 and close(given, factor * wanted) else None


def _sizes(task: FunctionTask, wrong: WrongArray) -> dict[str, int]:
    """Return the sizes that a call has, as a program writes them: single ones first, then products of an array's."""
    call = wrong.answered.call
    named = [*zip(task.parameters, call.args, strict=False), *call.kwargs.items()]
    found = {name: value for name, value in named if isinstance(value, int)}
    arrays = [(name, value.shape) for name, value in named if isinstance(value, np.ndarray)]
    for count in range(1, 5):
        for name, shape in arrays:
            for axes in combinations(range(len(shape)), count):
                words = [f"{name}.shape[{axis}]" if len(shape) > 1 else f"len({name})" for axis in axes]
                found[" * ".join(words)] = prod(shape[axis] for axis in axes)
    return found


# --- in some places only -------------------------------------------------------------------------------------

_PLACES = (
    ("first", 0, "Is 0 written where the index of a loop is meant, or something outside the loop?",
     "Does a loop or a slice begin too late or too early?"),
    ("last", -1, "The others are overwritten, or never written.", "Does a loop or a slice end too early or too late?"),
)  # fmt: skip
"""A place, its index, and what to ask when it alone is right, or alone is wrong."""


def _in_places(wrong: Sequence[WrongArray], subject: str) -> Diagnosis | None:
    """Find an axis along which the first or the last place alone is right, or alone is wrong, in every array."""
    for axis in range(max(one.wanted.ndim for one in wrong)):
        words = {_place(one, axis) for one in wrong}
        rights = [_right_along(one, axis) for one in wrong]
        if len(words) > 1 or all(len(right) < 2 for right in rights):
            continue
        for place, index, when_right, when_wrong in _PLACES:
            named = f"in the {place} {next(iter(words))} only"
            if all(right.sum() == 1 and right[index] for right in rights):
                return pattern("right_in_one_place", f"{subject} right {named}", when_right)
            if all((~right).sum() == 1 and not right[index] for right in rights):
                return pattern("wrong_in_one_place", f"{subject} wrong {named}", when_wrong)
    return None


def _right_along(wrong: WrongArray, axis: int) -> npt.NDArray[np.bool_]:
    """Return for each index of an axis whether everything there is right, or nothing where there is no such axis."""
    given, wanted = wrong.given, wrong.wanted
    if given.shape != wanted.shape or axis >= wanted.ndim:
        return np.zeros(0, bool)
    pairs = zip(np.moveaxis(given, axis, 0), np.moveaxis(wanted, axis, 0), strict=True)
    return np.array([close(np.asarray(a), np.asarray(b)) for a, b in pairs], bool)


def _place(wrong: WrongArray, axis: int) -> str:
    """Return what an index of an axis counts."""
    filters = "weight" in wrong.part
    match wrong.wanted.ndim:
        case 4:
            return ("filter" if filters else "image", "channel", "row", "column")[axis] if axis < 4 else ""
        case 2:
            return ("row", "column")[axis] if axis < 2 else ""
    return "entry" if wrong.wanted.ndim == 1 else f"place of axis {axis}"
