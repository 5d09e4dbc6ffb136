"""What crosses between grader and submission: frames of msgpack, and numbers in them. Never an object."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import msgpack
import numpy as np

MAX_FRAME = 64 * 1024 * 1024
MAX_BYTES = 32 * 1024 * 1024
"""Bytes of the largest frame that the grader reads, and of the arrays and texts in a value that is sent."""

MAX_ITEMS = 100_000
_MAX_SLOTS = 10 * MAX_ITEMS
"""Items of all collections in a value that is sent; and in a frame that is read, where a scalar takes six slots.
64 MiB can hold 64 million empty lists, which are 4 GB of memory, and minutes of work to look at."""

_MAX_DEPTH = 12
_MAX_DIGITS = 4000
_INT64 = range(-(2**63), 2**63)
_HEADER = 4

_DTYPES = {
    np.dtype(name).str: np.dtype(name)
    for name in (
        "bool", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64",
        "float16", "float32", "float64", "complex64", "complex128",
    )
}  # fmt: skip


class WireError(Exception):
    """The bytes are not a message of this protocol."""


def frame(message: Any) -> bytes:
    """Return a message as bytes, with its length in front."""
    body: bytes = msgpack.packb(message, use_bin_type=True, unicode_errors="surrogatepass")
    return len(body).to_bytes(_HEADER, "big") + body


def read_frame(read: Callable[[int], bytes], limit: int = MAX_FRAME) -> Any:
    """Read one message; ``read(n)`` returns exactly n bytes. Raises WireError for anything malformed."""
    size = int.from_bytes(read(_HEADER), "big")
    if size > limit:
        raise WireError(f"a frame of {size} bytes, more than {limit}")
    data, count = read(size), _Count()
    try:
        return msgpack.unpackb(
            data, raw=False, strict_map_key=True, unicode_errors="replace", max_array_len=MAX_ITEMS,
            max_map_len=MAX_ITEMS, list_hook=count, object_hook=count,
        )  # fmt: skip
    except (ValueError, TypeError, OverflowError, RecursionError, msgpack.exceptions.UnpackException) as error:
        raise WireError(f"not msgpack: {error}") from error


@dataclass
class _Count:
    """Counts the slots of the collections in a frame while it is read."""

    slots: int = 0

    def __call__(self, collection: Any) -> Any:
        self.slots += 1 + len(collection)
        if self.slots > _MAX_SLOTS:
            raise WireError(f"more than {_MAX_SLOTS} items")
        return collection


@dataclass
class _Room:
    """What is left of the room for a value that is sent."""

    bytes: int = MAX_BYTES
    items: int = MAX_ITEMS

    def holds(self, size: int) -> bool:
        """Take as many bytes, if there is room for them."""
        if size > self.bytes:
            return False
        self.bytes -= size
        return True

    def holds_text(self, text: str) -> bool:
        """Take the bytes of a text, at most four a character, if there is room for them."""
        return self.holds(4 * len(text))

    def holds_items(self, collection: Any) -> bool:
        """Take the items of a collection, if there is room for them."""
        if len(collection) > self.items:
            return False
        self.items -= len(collection)
        return True


def encode(value: Any) -> Any:
    """Return a value as tagged lists that msgpack can carry. What is no number, text or collection of these,
    or too large, becomes its type's name; tensors are recognised without importing torch."""
    return _encode(value, _Room(), 0)


def _encode(value: Any, room: _Room, depth: int) -> Any:
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return value if room.holds_text(value) else ["o", "str", "too large"]
    if isinstance(value, np.generic):
        return _encode_array(np.asarray(value), "s", room)
    if isinstance(value, int):
        return _encode_whole(int(value))  # a range looks for a subclass's value one by one
    if isinstance(value, float):
        return float(value)
    if isinstance(value, np.ndarray):
        return _encode_array(value, "a", room)
    if isinstance(value, (tuple, list, dict)):
        return _encode_items(value, room, depth)
    if type(value).__module__.partition(".")[0] == "torch" and hasattr(value, "detach"):
        return _encode_tensor(value, room)
    return ["o", type(value).__name__[:100], ""]


def _encode_whole(value: int) -> Any:
    if value in _INT64:
        return value
    return ["i", hex(value)] if value.bit_length() < 4 * _MAX_DIGITS else ["o", "int", "too large"]


def _encode_items(value: Any, room: _Room, depth: int) -> Any:
    if depth >= _MAX_DEPTH or not room.holds_items(value):
        return ["o", type(value).__name__[:100], "nested too deep" if depth >= _MAX_DEPTH else "too large"]
    if not isinstance(value, dict):
        return ["t" if isinstance(value, tuple) else "l", [_encode(item, room, depth + 1) for item in value]]
    if not all(isinstance(key, str) and room.holds_text(key) for key in value):
        return ["o", "dict", "with keys that are no text"]
    return ["d", [[key, _encode(item, room, depth + 1)] for key, item in value.items()]]


def _encode_array(array: Any, tag: str, room: _Room) -> Any:
    plain = np.array(array, copy=False, subok=False) if tag == "s" else np.asarray(array)
    if plain.dtype.kind == "f" and plain.dtype.itemsize > 8:
        plain = plain.astype(np.float64)  # a long double has no portable bytes; float64 judges it well enough
    plain = plain.astype(plain.dtype.newbyteorder("="), copy=False)
    if plain.dtype.str not in _DTYPES:
        return ["o", f"array of dtype {plain.dtype}"[:100], f"shape {plain.shape}"]
    if not room.holds(plain.nbytes):
        return ["o", "array", f"shape {plain.shape}, {plain.nbytes // 2**20} MiB, which is too large"]
    return [tag, plain.dtype.str, list(plain.shape), _layout(plain), plain.tobytes()]


def _encode_tensor(tensor: Any, room: _Room) -> Any:
    try:
        return _encode_array(tensor.detach().cpu().resolve_conj().resolve_neg().numpy(), "T", room)
    except Exception as error:  # a dtype that NumPy lacks, a sparse or a meta tensor
        return ["o", f"tensor of dtype {getattr(tensor, 'dtype', '?')}"[:100], str(error)[:200]]


def _layout(array: Any) -> str:
    if array.flags.c_contiguous:
        return "C"
    return "F" if array.flags.f_contiguous else "S"


def decode(message: Any, tensor: Callable[[Any], Any], opaque: Callable[[str, str], Any], depth: int = 0) -> Any:
    """Return the value of tagged lists. Arrays own their memory and have the layout that was sent.

    ``tensor`` and ``opaque`` make the values for tensors and for what did not cross. Raises WireError for anything
    that ``encode`` does not produce: the sender may be hostile.
    """
    if message is None or isinstance(message, (bool, int, float, str)):
        return message
    if depth > _MAX_DEPTH + 1:
        raise WireError("nested too deep")
    match message:
        case ["i", str(digits)] if len(digits) < _MAX_DIGITS + 10:
            return _hex(digits)
        case ["t" | "l" as tag, list(items)]:
            values = [decode(item, tensor, opaque, depth + 1) for item in items]
            return tuple(values) if tag == "t" else values
        case ["d", list(pairs)]:
            return _decode_dict(pairs, tensor, opaque, depth)
        case ["a" | "s" | "T" as tag, str(dtype), list(shape), str(layout), bytes(data)]:
            array = _decode_array(dtype, shape, layout, data)
            return array[()] if tag == "s" else tensor(array) if tag == "T" else array
        case ["o", str(name), str(detail)]:
            return opaque(name[:100], detail[:300])
    raise WireError("an unknown tag")


def _hex(digits: str) -> int:
    try:
        return int(digits, 16)
    except ValueError as error:
        raise WireError("not a number") from error


def _decode_dict(pairs: list[Any], tensor: Any, opaque: Any, depth: int) -> dict[str, Any]:
    result = {}
    for pair in pairs:
        match pair:
            case [str(key), item]:
                result[key] = decode(item, tensor, opaque, depth + 1)
            case _:
                raise WireError("a key that is not text")
    return result


def _decode_array(name: str, shape: list[Any], layout: str, data: bytes) -> Any:
    dtype = _DTYPES.get(name)
    sound = all(isinstance(side, int) and not isinstance(side, bool) and side >= 0 for side in shape)
    if dtype is None or not sound or len(shape) > 32 or math.prod(shape) * dtype.itemsize != len(data):
        raise WireError("an array whose bytes do not fit its shape")
    try:
        plain = np.frombuffer(data, dtype).reshape(shape)
        if layout == "S" and plain.ndim:
            wide = np.zeros((*shape[:-1], 2 * shape[-1]), dtype)
            wide[..., ::2] = plain
            return wide[..., ::2]
        return plain.copy(order="F" if layout == "F" else "C")
    except (ValueError, OverflowError) as error:  # no entries, and a side of 2**62
        raise WireError("an array too large for NumPy") from error
