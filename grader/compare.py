"""Compares an answer with the expected one, in this order: type, count, dtype, shape, finiteness, values.

Tolerances. A float64 result must agree within 1e-9 of the largest expected entry: a sum of n products is off by at
most about n * 2.2e-16 times the sum of their sizes, n is below 10,000 here, and the rest is room for cancellation.
A result that agrees within 1e-5 only is right too, with a note: that is what float32 (6e-8 a step) gives after the
same sums. The nearest mistake that is known is off by more than 1e-3. Whole numbers must be equal.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from cnnexercises.exercise import Tensor
from grader.outcome import Opaque, TorchTensor

TIGHT, LOOSE = 1e-9, 1e-5

Kind = Literal["type", "count", "dtype", "shape", "finite", "values"]
Array = npt.NDArray[Any]


@dataclass(frozen=True)
class Difference:
    """How an answer differs: the kind, a sentence without any value of an array, and which part of a tuple."""

    kind: Kind
    sentence: str
    part: str | None = None

    def __str__(self) -> str:
        return f"{self.part}: {self.sentence}" if self.part else self.sentence


@dataclass(frozen=True)
class Comparison:
    """The first difference, or None for a right answer; and what is right but worth knowing."""

    difference: Difference | None = None
    notes: tuple[str, ...] = ()


def compare(expected: Any, actual: Any, parts: tuple[str, ...] = ()) -> Comparison:
    """Compare a value that crossed the wire with the expected one. ``parts`` names the items of a tuple."""
    if isinstance(expected, (tuple, list)):
        return _compare_items(expected, actual, parts)
    if isinstance(expected, Tensor):
        if not isinstance(actual, TorchTensor):
            return _wrong("type", f"{described(actual)} came back, and a torch tensor was expected")
        return _compare_arrays(expected.array, actual.array, exact_dtype=True)
    if isinstance(expected, np.ndarray):
        return _compare_array(expected, actual)
    return _compare_scalar(expected, actual)


def right_parts(expected: Any, actual: Any) -> tuple[bool, ...]:
    """Return for each item of an expected tuple whether it came back right; none is where the number differs."""
    if not isinstance(actual, (tuple, list)) or len(actual) != len(expected):
        return (False,) * len(expected)
    return tuple(compare(wanted, given).difference is None for wanted, given in zip(expected, actual, strict=True))


def _wrong(kind: Kind, sentence: str) -> Comparison:
    return Comparison(Difference(kind, sentence))


def _compare_items(expected: Any, actual: Any, parts: tuple[str, ...]) -> Comparison:
    if not isinstance(actual, (tuple, list)):
        named = f" ({', '.join(parts)})" if parts else ""
        return _wrong("type", f"{described(actual)} came back, and a tuple of {len(expected)}{named} was expected")
    if len(actual) != len(expected):
        return _wrong("count", f"{described(actual)} came back, and {len(expected)} items were expected")
    notes: list[str] = []
    for index, (wanted, given) in enumerate(zip(expected, actual, strict=True)):
        inner = compare(wanted, given)
        name = parts[index] if index < len(parts) else f"item {index}"
        if inner.difference is not None:
            found = inner.difference
            part = f"{name}, {found.part}" if found.part else name
            return Comparison(Difference(found.kind, found.sentence, part), tuple(notes))
        notes += [note for note in inner.notes if note not in notes]
    return Comparison(None, tuple(notes))


def _compare_array(expected: Array, actual: Any) -> Comparison:
    if isinstance(actual, np.generic) and expected.ndim == 0:
        actual = np.asarray(actual)
    if not isinstance(actual, np.ndarray):
        return _wrong("type", f"{described(actual)} came back, and a NumPy array was expected")
    return _compare_arrays(expected, actual, exact_dtype=False)


def _compare_arrays(expected: Array, actual: Array, exact_dtype: bool) -> Comparison:
    wrong_dtype = actual.dtype != expected.dtype if exact_dtype else not _dtype_fits(expected.dtype, actual.dtype)
    if actual.shape == expected.shape and wrong_dtype:
        return _wrong("dtype", f"the dtype is {actual.dtype}, expected {expected.dtype}")
    if actual.shape != expected.shape:
        return _wrong("shape", f"the shape is {actual.shape}, expected {expected.shape}")
    unfinite = ~np.isfinite(actual) & np.isfinite(expected)
    if unfinite.any():
        word = "NaN" if np.isnan(actual[unfinite]).any() else "infinite"
        return _wrong("finite", _counted(unfinite, word))
    return _compare_values(expected, actual)


def _dtype_fits(expected: np.dtype[Any], actual: np.dtype[Any]) -> bool:
    if expected.kind == "f":
        return actual in (np.float64, np.float32)
    return actual.kind in "iuf" if expected.kind in "iu" else actual == expected


def _compare_values(expected: Array, actual: Array) -> Comparison:
    if expected.size == 0:
        return Comparison()
    wanted, given = expected.astype(np.float64), actual.astype(np.float64)
    finite = np.isfinite(wanted)
    scale = float(np.max(np.abs(wanted), where=finite, initial=0.0)) or 1.0
    gap = np.where(finite, np.abs(given - np.where(finite, wanted, 0)), np.where(given == wanted, 0, np.inf))
    loose = LOOSE if expected.dtype.kind == "f" else 0.0
    differs = ~(gap <= loose * scale)  # NaN is no distance, and never near enough
    if differs.any():
        return _wrong("values", _counted(differs, "wrong"))
    if actual.dtype == np.float32 and expected.dtype == np.float64:
        return Comparison(None, ("The result is float32. It is right; NumPy's default, float64, is more exact.",))
    if np.any(gap > TIGHT * scale):
        return Comparison(None, ("The values are right to float32's precision only; float64 is more exact.",))
    return Comparison()


def _counted(mask: Array, word: str) -> str:
    count = int(mask.sum())
    if mask.size == 1:
        return f"the value is {word}"
    if count == mask.size:
        return f"all {count} values are {word}"
    first = [int(axis) for axis in np.argwhere(mask)[0]]
    return f"{count} of {mask.size} values {'is' if count == 1 else 'are'} {word}, the first at {first}"


def _compare_scalar(expected: Any, actual: Any) -> Comparison:
    if isinstance(expected, bool) or expected is None or isinstance(expected, str):
        same = type(actual) is type(expected) and actual == expected
        same = same or (isinstance(expected, bool) and isinstance(actual, np.bool_) and bool(actual) == expected)
        return Comparison() if same else _wrong("values", f"{described(actual)} came back, expected {expected!r}")
    if isinstance(expected, int):
        if isinstance(actual, bool) or not isinstance(actual, (int, np.integer)):
            return _wrong("type", f"{described(actual)} came back, and an int was expected")
        return Comparison() if int(actual) == expected else _wrong("values", "the number is wrong")
    numbers = (int, float, np.integer, np.floating)
    if isinstance(actual, bool) or not isinstance(actual, numbers):
        return _wrong("type", f"{described(actual)} came back, and a float was expected")
    if isinstance(actual, int) and actual.bit_length() > 1000:  # no float is so large
        return _wrong("values", "the number is wrong")
    return _compare_values(np.asarray(expected, np.float64), np.asarray(actual, np.float64))


def described(value: Any) -> str:
    """Return what a value is, in a few words: "an array of shape (2, 3)", "the float 3.5", "nothing (None)"."""
    match value:
        case None:
            return "nothing (None)"
        case np.ndarray():
            return f"an array of shape {value.shape}"
        case TorchTensor(array):
            return f"a torch tensor of shape {array.shape}"
        case Opaque(name, detail):
            return f"an object of type {name}{f' ({detail})' if detail else ''}"
        case tuple() | list() | dict():
            return f"a {type(value).__name__} of {len(value)}"
        case str():
            return "a text"
        case np.generic():
            return f"a NumPy {value.dtype} scalar"
    return f"a {type(value).__name__}"
