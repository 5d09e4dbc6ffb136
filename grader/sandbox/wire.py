"""What crosses between grader and submission: frames of msgpack, and numbers in them. Never an object."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import msgpack
import numpy as np

MAX_FRAME = 64 * 1024 * 1024
MAX_ARRAY = 32 * 1024 * 1024
"""Bytes of the largest frame that the grader reads, and of the largest array that a child sends."""

_MAX_DEPTH = 12
_MAX_ITEMS = 200_000
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
    try:
        return msgpack.unpackb(read(size), raw=False, strict_map_key=True, unicode_errors="replace")
    except (ValueError, TypeError, OverflowError, RecursionError, msgpack.exceptions.UnpackException) as error:
        raise WireError(f"not msgpack: {error}") from error


def encode(value: Any, depth: int = 0) -> Any:
    """Return a value as tagged lists that msgpack can carry. What is no number, text or collection of these
    becomes its type's name; tensors are recognised without importing torch."""
    if value is None or isinstance(value, (bool, str)):
        return value
    if isinstance(value, np.generic):
        return _encode_array(np.asarray(value), "s")
    if isinstance(value, int):
        return int(value) if value in _INT64 else ["i", hex(value)]
    if isinstance(value, float):
        return float(value)
    if isinstance(value, np.ndarray):
        return _encode_array(value, "a")
    if isinstance(value, (tuple, list)) and depth < _MAX_DEPTH and len(value) < _MAX_ITEMS:
        return ["t" if isinstance(value, tuple) else "l", [encode(item, depth + 1) for item in value]]
    if isinstance(value, dict) and depth < _MAX_DEPTH and len(value) < _MAX_ITEMS:
        return ["d", [[encode(k, depth + 1), encode(v, depth + 1)] for k, v in value.items()]]
    if type(value).__module__.partition(".")[0] == "torch" and hasattr(value, "detach"):
        return _encode_tensor(value)
    return ["o", type(value).__name__[:100], ""]


def _encode_array(array: Any, tag: str) -> Any:
    plain = np.array(array, copy=False, subok=False) if tag == "s" else np.asarray(array)
    if plain.dtype.kind == "f" and plain.dtype.itemsize > 8:
        plain = plain.astype(np.float64)  # a long double has no portable bytes; float64 judges it well enough
    plain = plain.astype(plain.dtype.newbyteorder("="), copy=False)
    if plain.dtype.str not in _DTYPES:
        return ["o", f"array of dtype {plain.dtype}"[:100], f"shape {plain.shape}"]
    if plain.nbytes > MAX_ARRAY:
        return ["o", "array", f"shape {plain.shape}, {plain.nbytes // 2**20} MiB, which is too large"]
    return [tag, plain.dtype.str, list(plain.shape), _layout(plain), plain.tobytes()]


def _encode_tensor(tensor: Any) -> Any:
    try:
        return _encode_array(tensor.detach().cpu().resolve_conj().resolve_neg().numpy(), "T")
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
        case ["i", str(digits)] if len(digits) < 5000:
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
    plain = np.frombuffer(data, dtype).reshape(shape)
    if layout == "S" and plain.ndim:
        wide = np.zeros((*shape[:-1], 2 * shape[-1]), dtype)
        wide[..., ::2] = plain
        return wide[..., ::2]
    return plain.copy(order="F" if layout == "F" else "C")
