"""What crosses the wire arrives as it was; what does not cross is named; and no bytes of a child's break the grader."""

from __future__ import annotations

import io
import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgpack
import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from cnnexercises import catalog
from cnnexercises.exercise import Call, FunctionTask, Tensor, call
from grader.answered import Answered
from grader.diagnosis import diagnose
from grader.outcome import (
    Died,
    Loaded,
    Missing,
    NotStarted,
    Opaque,
    OutOfMemory,
    Raised,
    Returned,
    TimedOut,
    TorchTensor,
)
from grader.patterns import observe
from grader.sandbox import wire
from grader.sandbox.channel import ChannelBroken, ChannelClosed
from grader.sandbox.runner import Limits, Program, SandboxSession, decode
from grader.submission import Submission, Unit
from grader.verdict import Expected, Verdict, judge

Array = npt.NDArray[Any]

DTYPES = [
    *("bool", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64"),
    *("float16", "float32", "float64", "complex64", "complex128"),
]
KINDS = (
    type(None), bool, int, float, str, tuple, list, dict, np.ndarray, np.generic, TorchTensor, Opaque,
)  # fmt: skip


def crossed(value: Any) -> Any:
    """Return a value as it arrives at the grader."""
    return decode(sent(wire.encode(value)))


def sent(message: Any) -> Any:
    """Return a message as it arrives."""
    return wire.read_frame(io.BytesIO(wire.frame(message)).read)


# --- what arrives as it was ----------------------------------------------------------------------------------

shapes = hnp.array_shapes(min_dims=0, max_dims=5, min_side=0, max_side=4)
arrays = st.sampled_from(DTYPES).flatmap(lambda dtype: hnp.arrays(dtype, shapes))
entries = arrays.filter(lambda array: array.size > 0).map(lambda array: array.ravel()[0])
scalars = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(), entries)
leaves = st.one_of(scalars, arrays)
values = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.lists(inner, max_size=4).map(tuple),
        st.dictionaries(st.text(), inner, max_size=3),
    ),
    max_leaves=12,
)


def assert_same(one: Any, other: Any) -> None:
    """Compare values by type, and arrays to the bit: NaN is equal to itself."""
    assert type(one) is type(other)
    if isinstance(one, (np.ndarray, np.generic)):
        assert (one.dtype, one.shape) == (other.dtype, other.shape)
        assert one.tobytes() == other.tobytes()
    elif isinstance(one, (tuple, list)):
        assert len(one) == len(other)
        for pair in zip(one, other, strict=True):
            assert_same(*pair)
    elif isinstance(one, dict):
        assert_same([*one.items()], [*other.items()])
    else:
        assert one == other or (math.isnan(one) and math.isnan(other))


@settings(deadline=None, max_examples=150)
@given(values)
def test_values_arrive_as_they_were(value: Any) -> None:
    """Numbers of any size, text, arrays of any plain dtype, scalars, tuples, lists and dicts cross unchanged."""
    assert_same(crossed(value), value)


@settings(deadline=None, max_examples=100)
@given(st.sampled_from(DTYPES), hnp.array_shapes(min_dims=1, max_dims=4, max_side=4), st.sampled_from("CFS"))
def test_arrays_keep_their_layout(dtype: str, shape: tuple[int, ...], layout: str) -> None:
    """An array that was C-ordered, column-major or a view with gaps is so after crossing, and owns its memory."""
    array: Array = np.arange(math.prod(shape)).reshape(shape).astype(dtype)
    if layout == "F":
        array = np.asfortranarray(array)
    if layout == "S":
        array = np.repeat(array, 2, axis=-1)[..., ::2]
    arrived = crossed(array)
    assert np.array_equal(arrived, array)
    for flag in ("C_CONTIGUOUS", "F_CONTIGUOUS"):
        assert arrived.flags[flag] == array.flags[flag]
    arrived[...] = 0


@pytest.mark.parametrize("dtype", [">f8", ">i4", ">c16", "longdouble"])
def test_foreign_numbers_arrive_as_native_ones(dtype: str) -> None:
    """Other byte orders, and long doubles, are judged by their values."""
    arrived = crossed(np.array([1, 2, 3], dtype))
    assert arrived.dtype.isnative
    assert arrived.dtype.itemsize in (4, 8, 16)
    assert arrived.tolist() == [1, 2, 3]


def test_subclasses_arrive_as_what_they_derive_from() -> None:
    """A matrix, a masked array, an enumeration or a named tuple arrives as array, number or tuple."""

    class Whole(int):
        pass

    class Real(float):
        pass

    class Several(list[int]):
        pass

    assert [type(crossed(value)) for value in (Whole(1), Real(1), Several([1]))] == [int, float, list]
    assert type(crossed(np.ma.masked_array([1.0, 2.0], mask=[False, True]))) is np.ndarray


def test_lone_surrogates_are_replaced() -> None:
    """Text that is no Unicode arrives with marks in its place."""
    assert crossed("a\ud800b").startswith("a\N{REPLACEMENT CHARACTER}")


# --- what does not cross is named ----------------------------------------------------------------------------


class Own:
    """An object of somebody's own."""


def nested(depth: int) -> list[Any]:
    """Return lists in lists."""
    value: list[Any] = []
    for _ in range(depth):
        value = [value]
    return value


@pytest.mark.parametrize(
    ("value", "name", "detail"),
    [
        (Own(), "Own", ""),
        (iter([]), "list_iterator", ""),
        (1j, "complex", ""),
        (b"bytes", "bytes", ""),
        ({1: 2}, "dict", "keys"),
        (1 << 100_000, "int", "too large"),
        ("x" * (wire.MAX_BYTES // 2), "str", "too large"),
        ([0] * (wire.MAX_ITEMS + 1), "list", "too large"),
        (np.array([None]), "array of dtype object", "shape (1,)"),
        (np.array(["text"]), "array of dtype <U4", "shape (1,)"),
        (np.zeros(2, [("a", "f8")]), "array of dtype", "shape (2,)"),
        (np.zeros(1, "datetime64[s]"), "array of dtype datetime64[s]", "shape (1,)"),
        (np.broadcast_to(0.0, (3000, 3000)), "array", "shape (3000, 3000), 68 MiB, which is too large"),
    ],
    ids=lambda value: value if isinstance(value, str) and len(value) < 99 else "",
)
def test_what_does_not_cross_is_named(value: Any, name: str, detail: str) -> None:
    """What is no number, text or collection of them, or is too large, arrives as its type's name."""
    arrived = crossed(value)
    assert isinstance(arrived, Opaque)
    assert arrived.type_name.startswith(name)
    assert detail in arrived.detail


def test_room_is_for_the_whole_value() -> None:
    """Of many large arrays the first cross, and the others are named; no frame is larger than the grader reads."""
    array = np.zeros(wire.MAX_BYTES // 16)
    arrived = crossed([array] * 5)
    assert [type(one) for one in arrived] == [np.ndarray] * 2 + [Opaque] * 3
    assert len(wire.frame(wire.encode([array] * 5))) < wire.MAX_FRAME


def test_depth_and_self_reference_have_an_end() -> None:
    """A list that holds itself, even nine times, is cut off instead of followed."""
    own: list[Any] = []
    own.extend([own] * 9)
    assert crossed(nested(12)) != crossed(nested(11))
    assert isinstance(crossed(own), list)


@settings(deadline=None, max_examples=100)
@given(
    st.recursive(
        st.one_of(leaves, st.binary(), st.complex_numbers(), st.builds(Own), st.integers().map(lambda n: 7**10_000 * n),
                  st.text(st.characters(codec=None)), st.just(np.array([Own()]))),
        lambda inner: st.one_of(st.lists(inner), st.dictionaries(st.one_of(st.text(), st.integers()), inner)),
        max_leaves=20,
    )
)  # fmt: skip
def test_whatever_is_encoded_can_be_read(value: Any) -> None:
    """No value of a student's gives a frame that the grader takes for a broken protocol."""
    assert isinstance(crossed(value), KINDS)


# --- bytes of a hostile child --------------------------------------------------------------------------------


@settings(deadline=None, max_examples=150)
@given(st.binary(max_size=200))
def test_any_bytes_are_a_message_or_an_error(body: bytes) -> None:
    """Bytes that are no msgpack raise WireError, and nothing else; what is msgpack is a value or a WireError."""
    try:
        message = wire.read_frame(io.BytesIO(len(body).to_bytes(4, "big") + body).read)
        value = decode(message)
    except wire.WireError:
        return
    assert isinstance(value, KINDS)


def test_a_header_alone_takes_no_memory() -> None:
    """A frame that claims to be larger than allowed is refused before a byte of it is read."""
    asked: list[int] = []

    def read(count: int) -> bytes:
        asked.append(count)
        return b"\xff" * count

    with pytest.raises(wire.WireError):
        wire.read_frame(read)
    assert asked == [4]


@pytest.mark.parametrize(
    "body",
    [
        (b"\xdd" + (2**26).to_bytes(4, "big")) * 500,
        b"\xdd" + (2**20).to_bytes(4, "big") + b"\x90" * 2**20,
        b"\xdc\x00\x20" + (b"\xdc\xff\xff" + b"\x01" * 65_535) * 32,
        b"\xdf" + (2**20).to_bytes(4, "big") + b"\xa0\x80" * 2**20,
        b"\x91" * 100_000,
        b"\x81" * 100_000,
        b"\xc7\x04\x05abcd",
        b"\xd6\xff\x00\x00\x00\x00",
        b"\x81\xc0\xc0",
        b"",
    ],
    ids=["claims", "empty lists", "lists", "pairs", "depth", "depth of maps", "extension", "time", "key", "none"],
)
def test_what_unfolds_is_refused(body: bytes) -> None:
    """A frame of few bytes cannot become gigabytes of objects, nor foreign kinds of them."""
    with pytest.raises(wire.WireError):
        decode(wire.read_frame(io.BytesIO(len(body).to_bytes(4, "big") + body).read))


sides = st.one_of(st.integers(0, 5), st.sampled_from([-1, 2**31, 2**62, 2**64 - 1, True, None, 1.0]))
numbers = st.one_of(st.integers(-(2**63), 2**64 - 1), st.floats())
anything = st.recursive(
    st.one_of(st.none(), st.booleans(), numbers, st.text(max_size=9), st.binary(max_size=16)),
    lambda inner: st.one_of(st.lists(inner, max_size=5), st.dictionaries(st.text(max_size=9), inner, max_size=3)),
    max_leaves=10,
)
tagged = st.one_of(
    st.tuples(
        st.sampled_from("asT"), st.sampled_from(["<f8", "<i4", "|b1", "<c16", "|O", ">f8"]),
        st.lists(sides, max_size=34), st.sampled_from("CFSx"), st.binary(max_size=32),
    ),
    st.tuples(
        st.sampled_from("asT"), st.just("<f4"), st.lists(st.integers(0, 2), max_size=3), st.sampled_from("CFS"),
        st.sampled_from([bytes(4 * n) for n in range(9)]),
    ),
    st.tuples(st.just("i"), st.one_of(st.text(max_size=9), st.integers(0, 2**256).map(hex), st.just("f" * 10**5))),
    st.tuples(st.sampled_from("tl"), st.lists(anything, max_size=3)),
    st.tuples(st.just("d"), st.lists(st.lists(anything, max_size=3), max_size=3)),
    st.tuples(st.just("o"), st.text(), st.text()),
)  # fmt: skip
several = st.tuples(st.sampled_from("tl"), st.lists(st.one_of(tagged, numbers), max_size=4))
hostile = st.one_of(anything, tagged, several)


def arrived(message: Any) -> Any:
    """Return a message as msgpack gives it: tuples become lists."""
    return msgpack.unpackb(msgpack.packb(message), strict_map_key=False)


@settings(deadline=None, max_examples=250)
@given(hostile)
def test_any_message_is_a_value_or_an_error(message: Any) -> None:
    """Values that no encoder makes raise WireError, and nothing else."""
    try:
        value = decode(arrived(message))
    except wire.WireError:
        return
    assert isinstance(value, KINDS)


# --- sessions with a hostile child ---------------------------------------------------------------------------

places = st.one_of(anything, st.lists(st.one_of(numbers, st.text(max_size=3)), max_size=4), st.just([0, 1, "f"]))
errors = st.fixed_dictionaries(
    {}, optional={
        "bases": st.one_of(st.lists(st.text(max_size=9), max_size=3), anything), "text": st.one_of(st.text(), anything),
        "place": places, "waits_for": st.one_of(st.none(), st.text(max_size=9), anything), "at": places,
    },
)  # fmt: skip
messages = st.one_of(
    anything,
    st.builds(dict.__or__, errors, st.fixed_dictionaries({"kind": st.just("raised")})),
    st.fixed_dictionaries(
        {"kind": st.sampled_from(["returned", "missing", "fault", "ready"])},
        optional={"value": hostile, "changed": st.one_of(anything, st.lists(anything)), "shares": anything},
    ),
    st.fixed_dictionaries(
        {"kind": st.just("loaded")},
        optional={
            "defined": st.one_of(st.just(["f"]), anything), "errors": st.one_of(st.lists(errors, max_size=3), anything)
        },
    ),
    st.fixed_dictionaries(
        {"kind": st.sampled_from(["at", "progress"])}, optional={"unit": anything, "line": anything, "value": hostile}
    ),
    st.sampled_from([TimeoutError(), ChannelClosed("gone"), ChannelBroken("nonsense")]),
)  # fmt: skip


@dataclass
class Puppet:
    """A job and its channel, which gives the messages that it was told to, and then nothing more."""

    messages: list[Any]

    @property
    def channel(self) -> Puppet:
        """Itself."""
        return self

    def send(self, message: Any, deadline: float, /) -> None:
        """Hear nothing."""

    def receive(self, deadline: float) -> Any:
        """Give the next message, or raise it."""
        if not self.messages:
            raise TimeoutError
        message = self.messages.pop(0)
        if isinstance(message, Exception):
            raise message
        return sent(arrived(message))

    def close(self) -> None:
        """Do nothing."""

    def end(self) -> str | None:
        """Say nothing."""
        return None


@dataclass
class Puppets:
    """A launcher of puppets."""

    messages: list[Any]
    level: str = "basic"
    features: tuple[str, ...] = field(default=())

    def launch(self, memory: int) -> Any:
        """Return another puppet on the same strings."""
        return Puppet(self.messages)

    def close(self) -> None:
        """Do nothing."""


@pytest.fixture(scope="module", autouse=True)
def hurried() -> Iterator[None]:
    """No wait for the end of a process: there is none."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("grader.sandbox.runner.time.sleep", lambda seconds: None)
        yield


@settings(deadline=None, max_examples=200)
@given(st.lists(messages, max_size=8))
def test_a_session_never_fails_whatever_a_child_says(script: list[Any]) -> None:
    """Loading and calling give outcomes for any sequence of messages; nothing of a child's raises in the grader."""
    launcher: Any = Puppets(script)
    session = SandboxSession(launcher, Program((("f.py", "def f(): pass"),), ("f",)), Limits(1, 64))
    assert isinstance(session.load(), (Loaded, TimedOut, OutOfMemory, Died))
    heard: list[Any] = []
    for _ in range(3):
        outcome = session.call("f", (1, np.zeros(3)), progress=heard.append)
        assert isinstance(outcome, (Returned, Raised, TimedOut, OutOfMemory, Died, Missing, NotStarted))
    assert all(isinstance(value, KINDS) for value in heard)


def test_what_a_child_says_is_bounded() -> None:
    """Names, texts, places and lists of errors are cut to what a report can hold, and addresses are left out."""
    long = "x" * 10_000
    error = {"bases": [long] * 30, "text": "at 0x7f0012345678 " + long, "place": [0, 1, long], "waits_for": None}
    script = [
        {"kind": "loaded", "defined": ["f"], "errors": [error | {"at": [0, 1]}] * 50},
        error | {"kind": "raised"},
        {"kind": "returned", "value": 1, "changed": [long, -5, 3] * 100, "shares": False},
    ]
    launcher: Any = Puppets(script)
    session = SandboxSession(launcher, Program((("f.py", ""),), ("f",)), Limits(1, 64))
    loaded = session.load()
    raised, returned = session.call("f", ()), session.call("f", ())
    assert isinstance(loaded, Loaded)
    assert len(repr(loaded)) < 100_000
    assert isinstance(raised, Raised)
    assert len(repr(raised)) < 10_000
    assert "0x7f" not in raised.text
    assert isinstance(returned, Returned)
    assert len(repr(returned.changed)) < 10_000
    assert all(key >= 0 for key in returned.changed if isinstance(key, int))


# --- and the judgement ---------------------------------------------------------------------------------------

NOBODY = Submission(Path("f.py"), "", (Unit("f.py", "def f(): pass"),))
(WHOLE, _), (BACKWARD, _) = catalog.find("01").tasks, catalog.find("04").tasks
alike = st.sampled_from([(2, 3), (3,), (), (0,), (3, 2)])
odd_arrays = st.sampled_from(DTYPES).flatmap(lambda dtype: hnp.arrays(dtype, alike))
long_numbers = st.sampled_from([-1, 1]).map(lambda sign: sign << 15_000)  # more digits than Python writes
opaque = st.builds(Opaque, st.text(), st.text())
answers = st.recursive(
    st.one_of(scalars, odd_arrays, odd_arrays.map(TorchTensor), opaque, long_numbers),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.tuples(inner, inner), st.dictionaries(st.text(), inner)),
    max_leaves=6,
)
right: list[Any] = [
    *(1, 2.5, True, None, "text", (1, 2), [1.5], np.arange(6.0).reshape(2, 3), np.arange(3), np.float64(2)),
    *(Tensor(np.zeros((2, 3), np.float32)), (np.ones(3), np.ones((2, 3))), [Tensor(np.zeros(3, np.float32))]),
    *(np.zeros((0, 3)), np.array([np.inf, np.nan, 1.0])),
]
changes = st.lists(st.one_of(st.integers(0), st.text(max_size=5)), max_size=2).map(tuple)


@settings(deadline=None, max_examples=250)
@given(st.one_of(st.sampled_from(right).map(Expected), st.just(Expected(error="ValueError"))), answers, changes)
def test_any_answer_can_be_judged(expected: Expected, value: Any, changed: tuple[int | str, ...]) -> None:
    """Whatever comes back is right or wrong, in a sentence of readable length; judging it never fails."""
    assert isinstance(WHOLE, FunctionTask)
    verdict = judge(expected, Returned(value, changed), NOBODY, WHOLE)
    assert isinstance(verdict, Verdict)
    assert verdict.passed or verdict.message
    assert len(verdict.message or "") < 2000
    assert len(verdict.shown) < 50_000


@pytest.mark.parametrize("expected", [1, 2.5, -0.0, np.ones(3), np.arange(3), np.ones(()), (1, 2.5)], ids=str)
def test_nan_is_never_right(expected: Any) -> None:
    """NaN in the place of a number is wrong, for every kind of number, although it is neither above nor below any."""
    assert isinstance(WHOLE, FunctionTask)

    def spoilt(value: Any) -> Any:
        return tuple(map(spoilt, value)) if isinstance(value, tuple) else np.float64(value) * np.nan

    everywhere = np.full(np.shape(expected), np.nan)
    for value in (spoilt(expected), math.nan, np.float64(np.nan), np.float32(np.nan), everywhere):
        assert not judge(Expected(expected), Returned(value), NOBODY, WHOLE).passed


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(answers, answers), min_size=1, max_size=3))
def test_any_wrong_answers_can_be_diagnosed(pairs: list[tuple[Any, Any]]) -> None:
    """Looking for what wrong answers have in common never fails, of whatever kinds they are."""
    assert isinstance(BACKWARD, FunctionTask)
    asked: Call = call(np.ones(2), np.ones(4), np.ones(3))
    expected = Expected(BACKWARD.reference(*asked.args))
    answered = []
    for value in pairs:
        outcome = Returned(value)
        answered.append(Answered(asked, expected, outcome, judge(expected, outcome, NOBODY, BACKWARD)))
    failed = [one for one in answered if not one.verdict.passed]
    if failed:
        observe(BACKWARD, answered, failed)
        diagnose(BACKWARD, answered[:1])
