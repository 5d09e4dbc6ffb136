"""How values are written for people: drawn with the entries that differ marked, or as source to paste."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from grader.outcome import Opaque, TorchTensor
from grader.show.untrusted import visible

Array = npt.NDArray[Any]
Mask = npt.NDArray[np.bool_]

MARK = "*"
"""Stands right after whatever differs from the expected value, so that it can be seen without colour."""

_WIDTH = 72  # of one drawn line: two blocks of small arrays still fit beside each other
_ROWS, _BLOCKS, _ITEMS, _DEPTH = 12, 6, 20, 6
_DIGITS = 6
_LONG_INT = 256  # bits; Python refuses to write integers of more than 4300 digits
_ABSENT: Any = object()


def draw(value: Any, parts: Sequence[str] = ()) -> str:
    """Draw a value that crossed the wire as text of one or more lines.

    An array is a line with its shape and dtype, then its numbers in columns, to six significant digits; one
    of more than two axes is drawn in blocks, each under the index of its leading axes. ``parts`` names the
    items of a tuple, such as ("dx", "dweight", "dbias"). Large values are cut, with "..." for the rest.
    """
    return "\n".join(_draw(value, _ABSENT, parts, 0))


def draw_pair(returned: Any, expected: Any, parts: Sequence[str] = ()) -> str:
    """Draw ``returned`` as ``draw`` does, with a mark after each entry that differs from ``expected``.

    Beside ``draw(expected)`` the rows of both line up. A wrong shape, dtype or kind of value is marked too.
    Floats differ when they are further apart than 1e-7 of the expected one (1e-5 in single precision).
    """
    return "\n".join(_draw(returned, expected, parts, 0))


def _draw(value: Any, expected: Any, parts: Sequence[str], depth: int) -> list[str]:
    if isinstance(value, (np.ndarray, TorchTensor)):
        return _array_lines(value, expected)
    if isinstance(value, (tuple, list, dict)):
        inline = None if _holds_arrays(value) else _inline(value, expected, depth)
        if inline and len(inline) <= _WIDTH:
            return [inline]
        return _container_lines(value, expected, parts, depth)
    # On its own a scalar needs no mark: the two values stand beside each other.
    return [_scalar(value) + (MARK if depth and _scalar_differs(value, expected) else "")]


# --- arrays -------------------------------------------------------------------------------------------------


def _array_lines(value: Array | TorchTensor, expected: Any) -> list[str]:
    array, target = _plain(value), _target(expected)
    differs = np.zeros(array.shape, np.bool_)
    if target is not None and target.shape == array.shape:
        differs = _differing(array, target)
    rows = list(_blocks(array, differs))
    lines = [_array_head(value, expected), *rows]
    if target is not None and differs.any():
        lines += _unseen(array, target, differs, sum(row.count(MARK) for row in rows))
    return lines


def _plain(value: Array | TorchTensor) -> Array:
    return value.array if isinstance(value, TorchTensor) else value


def _target(expected: Any) -> Array | None:
    return _plain(expected) if isinstance(expected, (np.ndarray, TorchTensor)) else None


def _array_head(value: Array | TorchTensor, expected: Any) -> str:
    array, target = _plain(value), _target(expected)
    kind = "tensor" if isinstance(value, TorchTensor) else "array"
    if expected is not _ABSENT and type(value) is not type(expected):
        kind += MARK
    shape, dtype = str(array.shape), str(array.dtype)
    if target is not None:
        shape += MARK if array.shape != target.shape else ""
        # A float32 result is accepted from NumPy, so its precision is not what is wrong.
        exact = isinstance(value, TorchTensor) or array.dtype.kind != target.dtype.kind
        dtype += MARK if exact and array.dtype != target.dtype else ""
    return f"{kind} {shape} {dtype}"


def _differing(array: Array, target: Array) -> Mask:
    if array.dtype.kind not in "biufc" or target.dtype.kind not in "biufc":
        return np.zeros(array.shape, np.bool_)
    with np.errstate(all="ignore"):
        wide: Any = np.complex128 if "c" in array.dtype.kind + target.dtype.kind else np.float64
        got, want = array.astype(wide), target.astype(wide)
        single = any(x.dtype.kind in "fc" and np.finfo(x.dtype).eps > 1e-8 for x in (array, target))
        sizes = np.abs(want)
        largest = np.max(sizes, where=np.isfinite(sizes), initial=0.0)
        room = (1e-5 if single else 1e-7) * sizes + 1e-15 * largest
        same = (got == want) | (np.abs(got - want) <= room) & np.isfinite(want)
        same |= np.isnan(got) & np.isnan(want)
        # A stricter comparison than this one found a difference: mark whatever is not equal to the bit.
        return np.asarray(~same if not same.all() else ~((array == target) | np.isnan(got)))


def _blocks(array: Array, differs: Mask) -> Iterator[str]:
    if array.size == 0:
        yield "  (no entries)"
        return
    leading = array.shape[:-2]
    for number, index in enumerate(np.ndindex(*leading)):
        if number == _BLOCKS:
            yield f"  ... ({int(np.prod(leading)) - _BLOCKS} more blocks)"
            return
        if int(np.prod(leading)) > 1:
            yield f"  [{', '.join(map(str, index))}]"
        yield from _rows(np.atleast_2d(array[index]), np.atleast_2d(differs[index]))


def _rows(matrix: Array, differs: Mask) -> Iterator[str]:
    cells = [
        [_number(entry) + (MARK if wrong else "") for entry, wrong in zip(row, wrongs, strict=True)]
        for row, wrongs in zip(matrix[:_ROWS, :_WIDTH], differs[:_ROWS, :_WIDTH], strict=True)
    ]
    columns = [_aligned(column) for column in zip(*cells, strict=True)]
    fit = len(columns)
    while sum(len(column[0]) + 2 for column in columns[:fit]) > _WIDTH:
        fit -= 1
    more = "  ..." if fit < matrix.shape[1] else ""
    for row in zip(*columns[:fit], strict=True):
        yield ("  " + "  ".join(row)).rstrip() + more
    if matrix.shape[0] > _ROWS:
        yield f"  ... ({matrix.shape[0] - _ROWS} more rows)"


def _aligned(texts: Sequence[str]) -> list[str]:
    """Pad numbers to one width, with the decimal points (or the last digits of integers) below each other."""
    points = [next((at for at, char in enumerate(text) if char in ".e*"), len(text)) for text in texts]
    left = [text.rjust(len(text) + max(points) - point) for text, point in zip(texts, points, strict=True)]
    width = max(map(len, left))
    return [text.ljust(width) for text in left]


def _number(entry: Any) -> str:
    if isinstance(entry, np.floating):
        number = float(entry)
        if number.is_integer() and abs(number) < 1e12:
            return f"{number:.0f}."
        return f"{number:.{_DIGITS}g}"
    if isinstance(entry, np.complexfloating):
        return f"{complex(entry):.{_DIGITS}g}"
    return visible(str(entry), 20)


def _unseen(array: Array, target: Array, differs: Mask, marks: int) -> Iterator[str]:
    """Say in words what the drawing does not show: differences that were cut off, or too small to see."""
    if marks < differs.sum():
        first = tuple(int(axis) for axis in np.argwhere(differs)[0])
        where = ", ".join(map(str, first))
        yield f"  {differs.sum()} of {array.size} differ, the first is [{where}]:"
        yield f"  {_number(array[first])}{MARK}, expected {_number(target[first])}"
    elif all(_number(a) == _number(b) for a, b in zip(array[differs], target[differs], strict=True)):
        gaps = np.abs(array[differs].astype(complex) - target[differs].astype(complex))
        yield f"  largest difference {gaps.max():.2g}"


# --- everything else ----------------------------------------------------------------------------------------


def _holds_arrays(value: Any, depth: int = 0) -> bool:
    if isinstance(value, (tuple, list, dict)):
        inside = value.values() if isinstance(value, dict) else value
        return depth <= _DEPTH and any(_holds_arrays(item, depth + 1) for item in inside)
    return isinstance(value, (np.ndarray, TorchTensor))


def _items(value: Any) -> dict[Any, Any]:
    return value if isinstance(value, dict) else dict(enumerate(value))


def _comparable(value: Any, expected: Any) -> bool:
    """Whether both are dicts, or both sequences (a list counts for a tuple), with the same keys."""
    containers = (tuple, list, dict)
    if not isinstance(value, containers) or not isinstance(expected, containers):
        return False
    alike = isinstance(value, dict) == isinstance(expected, dict)
    return alike and _items(value).keys() == _items(expected).keys()


def _inline(value: Any, expected: Any, depth: int) -> str | None:
    if not isinstance(value, (tuple, list, dict)):
        return _scalar(value) + (MARK if _scalar_differs(value, expected) else "")
    if len(value) > _ITEMS or depth > _DEPTH:
        return None
    alike, entries = _comparable(value, expected), []
    for key, item in _items(value).items():
        text = _inline(item, _pick(expected, key, alike), depth + 1)
        if text is None:
            return None
        entries.append(f"{_scalar(key)}: {text}" if isinstance(value, dict) else text)
    return _bracketed(value, ", ".join(entries)) + _container_mark(value, expected)


def _bracketed(value: Any, inside: str) -> str:
    if isinstance(value, dict):
        return f"{{{inside}}}"
    if isinstance(value, list):
        return f"[{inside}]"
    return f"({inside},)" if len(value) == 1 else f"({inside})"


def _pick(expected: Any, key: Any, alike: bool) -> Any:
    return _items(expected)[key] if alike else _ABSENT


def _container_mark(value: Any, expected: Any) -> str:
    return MARK if expected is not _ABSENT and not _comparable(value, expected) else ""


def _container_lines(value: Any, expected: Any, parts: Sequence[str], depth: int) -> list[str]:
    wrong, named = _container_mark(value, expected), len(parts) == len(value)
    lines = [] if named and not wrong else [f"{type(value).__name__} of {len(value)}{wrong}"]
    if depth >= _DEPTH:
        return [*lines, "..."]
    alike = _comparable(value, expected)
    for number, (key, item) in enumerate(_items(value).items()):
        if number == _ITEMS:
            return [*lines, f"... ({len(value) - _ITEMS} more)"]
        name = parts[number] if named else _scalar(key) if isinstance(value, dict) else f"[{number}]"
        first, *rest = _draw(item, _pick(expected, key, alike), (), depth + 1)
        indent = "  " if isinstance(item, (tuple, list, dict)) else ""  # an array's rows are indented already
        lines += [f"{name}: {first}", *(indent + line for line in rest)]
    return lines


def _scalar(value: Any) -> str:
    if isinstance(value, Opaque):
        detail = f": {visible(value.detail, 60)}" if value.detail else ""
        return f"<{visible(value.type_name, 40)}{detail}>"
    if isinstance(value, np.generic) and not isinstance(value, (np.float64, np.int64, np.bool_, np.str_)):
        return f"np.{value.dtype.name}({_number(value)})"
    plain = value.item() if isinstance(value, np.generic) else value
    if isinstance(plain, int) and plain.bit_length() > _LONG_INT:
        return f"<int of {plain.bit_length()} bits>"
    return visible(repr(plain), _WIDTH)


def _scalar_differs(value: Any, expected: Any) -> bool:
    if expected is _ABSENT:
        return False
    if isinstance(expected, (np.ndarray, TorchTensor, tuple, list, dict)):
        return True
    got, want = (each.item() if isinstance(each, np.generic) else each for each in (value, expected))
    if isinstance(got, float) and isinstance(want, float):
        return not (math.isclose(got, want, rel_tol=1e-6) or (math.isnan(got) and math.isnan(want)))
    return type(got) is not type(want) or bool(got != want)


# --- source -------------------------------------------------------------------------------------------------


def paste(value: Any, column: int = 0) -> str:
    """Return Python source of a value, to be run where ``np`` (and for tensors ``torch``) is imported.

    Every number is exact. The rows of an array stand below each other when the text begins at ``column`` of
    its line: ``"x = " + paste(x, 4)``. An array that is not C-contiguous is written so that it comes out
    column-major again, or as a view with gaps along the last axis. An Opaque value becomes a string.
    """
    if isinstance(value, np.ndarray):
        return _paste_array(value, column)
    if isinstance(value, TorchTensor):
        dtype = "" if value.array.dtype == np.float32 else f", dtype=torch.{value.array.dtype.name}"
        return _paste_rows("torch.tensor(", value.array, f"{dtype})", column)
    if isinstance(value, (tuple, list, dict)):
        return _paste_items(value, column)
    return repr(_scalar(value)) if isinstance(value, Opaque) else _paste_scalar(value)


def _paste_items(value: Any, column: int) -> str:
    separator = f",\n{' ' * (column + 1)}" if _holds_arrays(value) else ", "
    texts = []
    for key, item in _items(value).items():
        name = f"{paste(key)}: " if isinstance(value, dict) else ""
        texts.append(name + paste(item, column + 1 + len(name)))
    return _bracketed(value, separator.join(texts))


def _paste_array(array: Array, column: int) -> str:
    name = array.dtype.name if array.dtype.kind in "iufc" else repr(array.dtype.str)
    dtype = f", dtype={'np.' if array.dtype.kind in 'iufc' else ''}{name}"
    if array.dtype in (np.float64, np.bool_):
        dtype = ""
    if array.size == 0:
        return f"np.zeros({array.shape}{dtype})"
    if array.flags.c_contiguous:
        return _paste_rows("np.array(", array, f"{dtype})", column)
    if array.flags.f_contiguous:
        return _paste_rows("np.asfortranarray(np.array(", array, f"{dtype}))", column)
    return _paste_rows("np.repeat(np.array(", array, f"{dtype}), 2, axis=-1)[..., ::2]", column)


def _paste_rows(opening: str, array: Array, closing: str, column: int) -> str:
    texts = [_paste_number(entry) for entry in array.ravel()]
    if array.ndim >= 2:
        side = array.shape[-1]
        widths = [max(map(len, texts[at::side]), default=0) for at in range(side)]
        texts = [text.rjust(widths[at % side]) for at, text in enumerate(texts)]
    cells = np.array(texts, dtype=object).reshape(array.shape)
    return opening + _nested(cells, column + len(opening)) + closing


def _nested(cells: Any, column: int) -> str:
    if not isinstance(cells, np.ndarray):
        return str(cells)
    if cells.ndim == 0:
        return str(cells.item())
    separator = ", " if cells.ndim == 1 else f",\n{' ' * (column + 1)}"
    return f"[{separator.join(_nested(row, column + 1) for row in cells)}]"


def _paste_number(entry: Any) -> str:
    if not isinstance(entry, np.floating):
        return _paste_scalar(entry.item())
    # The shortest text of a single-precision number is that number only when read in single precision.
    short = str(entry)
    number = float(short) if type(entry)(float(short)) == entry else float(entry)
    text = _paste_scalar(number)
    return text[:-1] if text.endswith(".0") else text


def _paste_scalar(value: Any) -> str:
    if isinstance(value, np.generic):
        # NumPy 1.24 to 1.26 have no np.bool, and all have np.bool_.
        name = "bool_" if isinstance(value, np.bool_) else value.dtype.name
        return f"np.{name}({_paste_number(value)})"
    if isinstance(value, float) and not np.isfinite(value):
        return "np.nan" if np.isnan(value) else "np.inf" if value > 0 else "-np.inf"
    if isinstance(value, complex) and not np.isfinite(value):
        return f"complex({_paste_scalar(value.real)}, {_paste_scalar(value.imag)})"
    if isinstance(value, int) and not isinstance(value, bool) and value.bit_length() > _LONG_INT:
        return hex(value)
    return repr(value)
