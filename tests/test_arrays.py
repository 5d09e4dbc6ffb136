"""How values are drawn, with the differences marked, and written as source."""

from __future__ import annotations

import unicodedata
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from grader.outcome import Opaque, TorchTensor
from grader.show.arrays import draw, draw_pair, paste
from grader.show.untrusted import visible

X = np.array([[1.0, 2.0, -3.5], [4.0, 50.0, 6.0]])


def changed(*entries: tuple[tuple[int, ...], float]) -> npt.NDArray[Any]:
    """Return X with some entries replaced."""
    copy = X.copy()
    for index, value in entries:
        copy[index] = value
    return copy


def test_an_array_is_drawn_in_columns_under_its_shape_and_dtype() -> None:
    """A matrix shows its shape and dtype, then its numbers with the decimal points below each other."""
    assert draw(X).split("\n") == ["array (2, 3) float64", "  1.   2.  -3.5", "  4.  50.   6."]


def test_entries_that_differ_carry_a_mark() -> None:
    """Each entry that differs from the expected one is followed by a mark, and no other entry is."""
    drawn = draw_pair(changed(((0, 1), 7.25), ((1, 2), np.nan)), X)
    assert drawn.split("\n") == ["array (2, 3) float64", "  1.   7.25*   -3.5", "  4.  50.     nan*"]


def test_rows_of_the_returned_and_the_expected_value_line_up() -> None:
    """The two drawings of a tuple of arrays have the same lines, but for numbers and marks."""
    wrong, right = (changed(((0, 0), 9.0)), X[0]), (X, X[0])
    returned, expected = draw_pair(wrong, right, ("dx", "dw")), draw(right, ("dx", "dw"))
    heads = [[line for line in text.split("\n") if "array" in line] for text in (returned, expected)]
    assert heads[0] == heads[1] == ["dx: array (2, 3) float64", "dw: array (3,) float64"]
    assert returned.count("\n") == expected.count("\n")


def test_more_than_two_axes_are_drawn_in_blocks() -> None:
    """Each matrix of a larger array stands under the index of its leading axes, unless there is but one."""
    assert draw(np.stack([X, X])[None]).split("\n")[1::3] == ["  [0, 0]", "  [0, 1]"]
    assert draw(X[None, None]).split("\n")[1:] == draw(X).split("\n")[1:]


@pytest.mark.parametrize(
    ("returned", "expected", "head"),
    [
        (X.T, X, "array (3, 2)* float64"),
        (X.astype(np.int64), X, "array (2, 3) int64*"),
        (X.astype(np.float32), X, "array (2, 3) float32"),
        (TorchTensor(X), TorchTensor(X.astype(np.float32)), "tensor (2, 3) float64*"),
        (TorchTensor(X), X, "tensor* (2, 3) float64"),
        (X, 2.0, "array* (2, 3) float64"),
        ((1, 2, 3), (1, 2), "(1, 2, 3)*"),
        ([X, X], X, "list of 2*"),
    ],
)
def test_a_wrong_kind_shape_or_dtype_is_marked(returned: object, expected: object, head: str) -> None:
    """What differs is marked in the first line; float32 where NumPy has float64 is no difference."""
    assert draw_pair(returned, expected).split("\n")[0] == head


@pytest.mark.parametrize(
    ("returned", "expected", "drawn"),
    [
        ((28, 61), (28, 60), "(28, 61*)"),
        ([28, 60], (28, 60), "[28, 60]"),
        ((28.0, True), (28, 1), "(28.0*, True*)"),
        ((np.int64(28), np.float64(0.5)), (28, 0.5), "(28, 0.5)"),
        ([(1, 2), (3, 4)], [(1, 2), (3, 5)], "[(1, 2), (3, 4*)]"),
        ({"C1": 156, "C3": 1}, {"C1": 156, "C3": 2}, "{'C1': 156, 'C3': 1*}"),
        ((None, "a"), (None, "b"), "(None, 'a'*)"),
        ((0.1 + 0.2, float("nan")), (0.3, float("nan")), "(0.30000000000000004, nan)"),
        (29.5, 29, "29.5"),
        ((Opaque("generator"),), (1,), "(<generator>*,)"),
    ],
)
def test_scalars_are_drawn_on_one_line(returned: object, expected: object, drawn: str) -> None:
    """Numbers and short containers take one line; a list counts for a tuple, but a float not for an int."""
    assert draw_pair(returned, expected) == drawn


def test_a_difference_too_small_for_six_digits_is_told() -> None:
    """Where two numbers look alike, the largest difference is said in words."""
    returned = draw_pair(np.array([0.3333333]), np.array([1 / 3]))
    assert returned.split("\n")[1:] == ["  0.333333*", "  largest difference 3.3e-08"]


def test_tiny_values_are_compared_relatively() -> None:
    """A wrong value of 1e-14 is marked beside a right one of 0.25, and rounding of the last bit is not."""
    expected = np.array([0.25, 1e-14])
    assert draw_pair(np.array([np.nextafter(0.25, 1), 2e-14]), expected).split("\n")[1] == "  0.25  2e-14*"


def test_a_large_array_is_cut_and_its_first_difference_named() -> None:
    """A difference outside the part that is drawn is named with its index and both values."""
    expected = np.zeros((50, 50))
    returned = expected.copy()
    returned[40, 41] = 3.0
    lines = draw_pair(returned, expected).split("\n")
    assert lines[-2:] == ["  1 of 2500 differ, the first is [40, 41]:", "  3.*, expected 0."]
    assert len(lines) < 20
    assert max(map(len, lines)) < 80


def test_huge_values_are_drawn_short() -> None:
    """No list, dict, text or integer that a submission returns fills the screen."""
    for value in ([0] * 10**5, {str(at): at for at in range(10**4)}, "x" * 10**6, 10**9999):
        assert len(draw(value)) < 600


def test_deep_nesting_is_drawn_to_a_limit() -> None:
    """A list nested a thousand deep is drawn without exhausting the stack."""
    nested: list[Any] = [1]
    for _ in range(900):
        nested = [nested]
    assert draw(nested).endswith("...")


def test_text_in_values_cannot_drive_the_terminal() -> None:
    """Strings and type names are shown with their control characters escaped."""
    for value in ("\x1b[2J", Opaque("a\x1b[2J", "\x07\n"), {"\x1b": X}, np.array(["\x1b[2J"])):
        assert "\x1b" not in draw(value)
        assert "\x07" not in draw(value)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\x1b[31mb", r"a\x1b[31mb"),
        ("a\r\nb\rc", "a\nb\\rc"),
        ("\x00\x9b\ud800", r"\x00\x9b\ud800"),
        ("\u202e\u2066\u200f", r"\u202e\u2066\u200f"),
        ("\u2028", r"\u2028"),
        ("합성곱 é 👩\u200d💻", "합성곱 é 👩\u200d💻"),
        ("\tx", "    x"),
    ],
)
def test_untrusted_text_is_made_visible(text: str, shown: str) -> None:
    """Escape sequences, lone surrogates and direction overrides become escapes; letters and emoji stay."""
    assert visible(text) == shown


@given(st.text(alphabet=st.characters(), max_size=60), st.integers(5, 40))
def test_visible_text_is_harmless_and_short(text: str, limit: int) -> None:
    """Whatever the text, what is shown keeps to the limit, can be encoded, and has no control but newline."""
    shown = visible(text, limit)
    assert len(shown) <= limit
    shown.encode()
    assert not any(unicodedata.category(char) in ("Cc", "Cs") for char in shown.replace("\n", ""))


def test_arrays_are_pasted_in_rows_below_each_other() -> None:
    """Source of an array is aligned, writes whole numbers as `1.`, and names a dtype that is not float64."""
    assert "x = " + paste(X, 4) == "x = np.array([[1.,  2., -3.5],\n              [4., 50.,   6.]])"
    assert paste(X.astype(np.int64)[:1, :2]) == "np.array([[1, 2]], dtype=np.int64)"
    assert paste((X[:, 0], 2)) == "(np.repeat(np.array([1., 4.]), 2, axis=-1)[..., ::2],\n 2)"
    assert paste(X[None]).split("\n")[1] == "           [4., 50.,   6.]]])"


SCALARS = (None, True, 3, -(10**80), 10**5000, 0.1, 1e300, -0.0, float("inf"), "\x1b'\n\u202e")
NUMPY_SCALARS = (np.float32(0.1), np.float64(2), np.bool_(True), np.int64(7))
CONTAINERS = ((), (1,), [1, (2.5, None)], {"a": [1], 2: ()})


def test_pasted_values_come_back() -> None:
    """Running the source of a value gives the value, and its type."""
    for value in (*SCALARS, *NUMPY_SCALARS, *CONTAINERS):
        back = eval(paste(value), {"np": np})
        assert type(back) is type(value)
        assert back == value


DTYPES = st.sampled_from([np.float64, np.float32, np.float16, np.int64, np.uint8, np.bool_, np.complex128])


@settings(deadline=None, max_examples=40)
@given(DTYPES.flatmap(lambda dtype: hnp.arrays(dtype, hnp.array_shapes(min_dims=0, max_dims=4, max_side=2))))
def test_pasted_arrays_come_back_to_the_bit(array: npt.NDArray[Any]) -> None:
    """Running the source of an array gives the same dtype, shape and values, NaN and infinities included."""
    back = eval(paste(array), {"np": np})
    assert back.dtype == array.dtype
    assert back.shape == array.shape
    assert np.array_equal(back, array, equal_nan=array.dtype.kind in "fc")


@pytest.mark.parametrize("array", [np.asfortranarray(X), np.repeat(X, 2, 1)[:, ::2]])
def test_memory_order_survives_pasting(array: npt.NDArray[Any]) -> None:
    """A column-major array and a view with gaps come back as such: a mistake with strides shows again."""
    back = eval(paste(array), {"np": np})
    assert np.array_equal(back, array)
    assert (back.flags.c_contiguous, back.flags.f_contiguous) == (
        array.flags.c_contiguous,
        array.flags.f_contiguous,
    )


def test_pasted_tensors_come_back() -> None:
    """Source of a tensor gives a tensor of the same dtype and values."""
    import torch

    for array in (X.astype(np.float32), X, X.astype(np.int64)):
        back = eval(paste(TorchTensor(array)), {"torch": torch})
        assert back.numpy().dtype == array.dtype
        assert np.array_equal(back.numpy(), array)
