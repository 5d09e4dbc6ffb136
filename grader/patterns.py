"""Observations on a mistake that no misconception explains: what the wrong answers, or the crashes, have in common."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from cnnexercises.exercise import FunctionTask
from grader.answered import Answered
from grader.crashes import GENERAL, commonest, crash, pattern
from grader.features import telling
from grader.numbers import miscounted
from grader.outcome import Opaque, Raised, Returned, TimedOut
from grader.relations import close, related, sequences, wrong_arrays
from grader.report import Diagnosis

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


def _by_position(task: FunctionTask, answered: Sequence[Answered], failed: Sequence[Answered]) -> Diagnosis | None:
    """Say so where calls are right when every argument has its name, and crash when the order counts.

    Where they give a value, two exchanged parameters are a mistake that is tried (``exchanged``).
    """
    if not all(isinstance(one.outcome, Raised) for one in failed):
        return None
    by_name = [one for one in answered if not one.call.args]
    passed = [one for one in answered if one.verdict.passed]
    if len(task.parameters) < 2 or not by_name or passed != by_name:
        return None
    explanation = (
        "Calls in which every argument has its name are right, and all others are wrong. The def line must have the "
        f"parameters in the order that the exercise gives: {', '.join(task.parameters)}."
    )
    return pattern("parameter_order", "The parameters are in another order", explanation, "The line with `def`.")


def _endless(_task: FunctionTask, _answered: Sequence[Answered], failed: Sequence[Answered]) -> Diagnosis | None:
    ended = [one for one in failed if one.verdict.kind != "skipped"]
    if not ended or not all(isinstance(one.outcome, TimedOut) for one in ended):
        return None
    explanation = "The condition of a while loop must change within it: is its counter advanced, on every path?"
    return pattern("no_end", "A call does not end", explanation, "The while loops.")


def _unwritten(task: FunctionTask, _answered: Sequence[Answered], failed: Sequence[Answered]) -> Diagnosis | None:
    """Name the part of a tuple that is None."""
    values: list[Any] = [one.outcome.value for one in failed if isinstance(one.outcome, Returned)]
    if len(values) < len(failed) or not all(isinstance(value, (tuple, list)) for value in values):
        return None
    for index, name in enumerate(task.results):
        if all(len(value) == len(task.results) and value[index] is None for value in values):
            return pattern("part_is_none", f"{name} is None", f"Is the part that works out {name} still to be written?")
    return None


def _changed(task: FunctionTask, _answered: Sequence[Answered], failed: Sequence[Answered]) -> Diagnosis | None:
    """Name an argument that calls change in place: the answer is right, or what was changed is used once more."""
    changing = [one.outcome for one in failed if isinstance(one.outcome, Returned) and one.outcome.changed]
    if not changing or len(changing) * 2 < len(failed):
        return None
    keys = {key for outcome in changing for key in outcome.changed}
    names = sorted({task.parameters[key] if isinstance(key, int) else key for key in keys})
    right = all(one.verdict.kind == "changed input" for one in failed)
    begun = "The answer is right, but the" if right else "And the answer is wrong. The"
    explanation = (
        f"{begun} caller still needs what is passed in, and a second use of it sees the changed values. A new name is "
        f"no copy: write {names[0]} = {names[0]}.copy(), or make a new array."
    )
    return pattern("input_changed", f"{_listed(names)} changed in place", explanation)


_LAZY = ("generator", "map", "zip", "filter", "reversed", "enumerate")


_ONE_VALUE = "A comma after `return` makes a tuple: return the one result that is asked for, and nothing besides."


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
    if kinds == {"type"} and names <= {"list", "tuple"} and not sequences(*(one.expected.value for one in failed)):
        if names == {"tuple"}:
            return pattern("tuple_for_array", "Several values come back, not one array", _ONE_VALUE)
        return pattern("list_for_array", "A list comes back, not an array", "Write np.array(...) around it.")
    if kinds <= {"type", "values"} and all(_float_for_int(one) for one in failed):
        explanation = "A count is an int: divide with // instead of /, and write int(...) around np.floor."
        return pattern("float_for_int", "A float comes back where an int is asked for", explanation)
    if kinds == {"type"} and len(names) == 1:
        part = " in part" if sequences(values[0], failed[0].expected.value) else ""
        explanation = f"{failed[0].verdict.message}"
        return pattern("other_type", f"The result has another type{part}", explanation[:1].upper() + explanation[1:])
    return None


def _float_for_int(one: Answered) -> bool:
    given: Any = one.outcome.value if isinstance(one.outcome, Returned) else None
    wanted = one.expected.value
    pairs = zip(given, wanted, strict=False) if sequences(given, wanted) else [(given, wanted)]
    return any(isinstance(a, (float, np.floating)) and isinstance(b, int) for a, b in pairs)


def _count(task: FunctionTask, _answered: Sequence[Answered], failed: Sequence[Answered]) -> Diagnosis | None:
    if {one.verdict.kind for one in failed} != {"count"} or not task.results:
        return None
    values: list[Any] = [one.outcome.value for one in failed if isinstance(one.outcome, Returned)]
    title = f"{len(values[0])} values come back, and {len(task.results)} are asked for"
    return pattern("count", title, f"Return {', '.join(task.results)}, in this order.", "The return at the end.")


def _kinds(task: FunctionTask, _answered: Sequence[Answered], failed: Sequence[Answered]) -> Diagnosis | None:
    found = _kind(task, failed)
    return found and _with_rest(found, task, failed)


def _kind(task: FunctionTask, failed: Sequence[Answered]) -> Diagnosis | None:
    kinds = {one.verdict.kind for one in failed}
    pairs = [(one.given, one.wanted) for one in wrong_arrays(task, failed)]
    if kinds == {"dtype"}:
        given = pairs[0][0].dtype if pairs else None
        if given is not None and given.kind not in "iu":
            explanation = f"It holds {given}, which keeps too few digits or is no number: make it with np.zeros(shape)."
            return pattern("dtype_lost", f"Its dtype is {given}, where float64 is asked for", explanation)
        explanation = "An array made with dtype=int, or like an integer one, holds integers: decimals are cut off."
        return pattern("dtype_lost", "It holds integers", explanation)
    if (found := _shape_of_argument(task, failed)) is not None:
        return found
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
            axes = [k for k in range(len(shapes[0][0])) if all(g[k : k + 1] != w[k : k + 1] for g, w in shapes)]
            explanation = "Work its shape out by hand for a small input, axis by axis, and compare."
            if axes:
                explanation = f"It differs along axis {min(axes)}, counted from 0. {explanation}"
            return pattern(slug, f"The result is {word} than it should be", explanation)
    return None


def _shape_of_argument(task: FunctionTask, failed: Sequence[Answered]) -> Diagnosis | None:
    """Name the argument whose shape the result has, where it should be that of another."""
    wrong = [one for one in wrong_arrays(task, failed) if one.given.shape != one.wanted.shape]
    if not wrong or len(wrong) * 2 < len(failed) or len({one.part for one in wrong}) > 1:
        return None
    has, wants = (
        next((name for name in task.parameters if all(_shaped(task, one, name, shape) for one, shape in shapes)), None)
        for shapes in ([(w.answered, w.given.shape) for w in wrong], [(w.answered, w.wanted.shape) for w in wrong])
    )
    if has is None or wants is None:
        return None
    explanation = f"It should have that of {wants}: every entry of {wants} has one there, in the same place."
    title = f"{wrong[0].part or 'The result'} has the shape of {has}"
    return pattern("shape_of_argument", title, explanation, "The line that makes it, and the size that it takes.")


def _shaped(task: FunctionTask, one: Answered, name: str, shape: tuple[int, ...]) -> bool:
    position = task.parameters.index(name)
    value = one.call.args[position] if position < len(one.call.args) else one.call.kwargs.get(name)
    return isinstance(value, np.ndarray) and value.shape == shape


def _values(task: FunctionTask, _answered: Sequence[Answered], failed: Sequence[Answered]) -> Diagnosis | None:
    if {one.verdict.kind for one in failed} - {"values", "finite"}:
        return None
    wrong = wrong_arrays(task, failed)
    if not wrong or any(one.given.dtype.kind not in "iuf" for one in wrong):  # the second of a tuple may be anything
        return None
    parts = _wrong_parts(task, failed)
    found = related(task, wrong, _listed(parts) if parts else "The result is")
    return found and _with_rest(found, task, failed)


# --- parts of the result -------------------------------------------------------------------------------------


def _wrong_parts(task: FunctionTask, failed: Sequence[Answered]) -> Sequence[str]:
    """Return the parts of a tuple result that are wrong in some failed call, or nothing where that cannot be said."""
    wrong: set[str] = set()
    for one in failed:
        given: Any = one.outcome.value if isinstance(one.outcome, Returned) else None
        if not sequences(given, one.expected.value) or len(given) != len(task.results):
            return ()
        parts = zip(task.results, given, one.expected.value, strict=True)
        wrong |= {name for name, a, b in parts if not (isinstance(a, np.ndarray) and close(a, b))}
    return [name for name in task.results if name in wrong]


def _rest_is_right(task: FunctionTask, failed: Sequence[Answered]) -> str | None:
    """Say which parts are wrong and which are right, where both kinds are."""
    wrong = _wrong_parts(task, failed)
    right = [name for name in task.results if name not in wrong]
    if not wrong or not right:
        return None
    return f"{_listed(wrong)} wrong, {_listed(right)} right."


def _with_rest(found: Diagnosis, task: FunctionTask, failed: Sequence[Answered]) -> Diagnosis:
    """Add which parts are right."""
    said = _rest_is_right(task, failed)
    return found.model_copy(update={"explanation": f"{found.explanation} {said}"}) if said else found


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
    if found is None:
        return None
    if found.slug == "pair_as_number" and len(failed) == len(answered):
        said = "Or has one name two uses? `for w in range(n)` makes w a number, also where it was an array before."
        return found.model_copy(update={"explanation": f"{found.explanation} {said}"})
    words = " and ".join(telling(task, answered, failed, 0.0))
    if not words and (mostly := next(iter(telling(task, answered, failed, 1 / 4)), "")):
        return found.model_copy(update={"explanation": f"{found.explanation} It happens only where {mostly}."})
    if not words:
        return _with_axes(found, answered)
    return found.model_copy(update={"explanation": f"{found.explanation} It happens where {words}, and only there."})


def _mostly(task: FunctionTask, answered: Sequence[Answered], failed: Sequence[Answered]) -> Diagnosis | None:
    """Find what all failed calls have and few others: where it is right all the same, by chance."""
    if words := next(iter(telling(task, answered, failed, 1 / 3)), None):
        explanation = "Cases without it are right. Where it is right with it, that may be by chance."
        return pattern("setting", f"It fails only where {words}", explanation)
    return None


def _is_image(value: Any) -> bool:
    return isinstance(value, np.ndarray) and value.ndim == 4


def _crashes_and_values(
    _task: FunctionTask, answered: Sequence[Answered], failed: Sequence[Answered]
) -> Diagnosis | None:
    stopped = [one for one in failed if isinstance(one.outcome, Raised)] or list(failed)
    found = crash(stopped) or commonest(stopped)
    return found and _with_axes(found, answered)


def _with_axes(found: Diagnosis, answered: Sequence[Answered]) -> Diagnosis:
    """Ask for the order of the axes where most calls crash and none is right, as with code for channels last."""
    crashes = sum(isinstance(one.outcome, Raised) for one in answered)
    inputs = ([*one.call.args, *one.call.kwargs.values()] for one in answered)
    of_images = all(any(_is_image(value) for value in row) for row in inputs)
    if found.slug not in GENERAL or not of_images or crashes * 4 < len(answered) * 3:
        return found
    if any(one.verdict.passed for one in answered):
        return found
    asked = "Is it written for another order of the axes? Images are (N, C, H, W) here, and channels last in Keras."
    return found.model_copy(update={"explanation": f"{found.explanation} {asked}"})


_LOOKS = (
    _nothing, _endless, _by_position, _unwritten, _changed, _types, _count, _kinds, _values, miscounted, _setting,
    _crashes_and_values, _part, _mostly,
)  # fmt: skip
"""What is looked for, in this order."""
