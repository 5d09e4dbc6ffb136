"""Exercise 02: its reference against torch and scipy, its cases and ladders against right and wrong code."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from manual_conv_variants import RIGHT, WRONG, Function
from marking import agree, lost, missed, solution, spelled, tasks
from scipy.signal import correlate2d
from torch.nn.functional import conv2d, pad

from cnnexercises.exercise import Call
from cnnexercises.manual_conv import EXERCISE, conv2d_forward, conv2d_single, zero_pad
from cnnexercises.manual_conv_cases import LECTURE_IMAGE, LECTURE_KERNEL
from cnnexercises.manual_conv_mistakes import layer
from grader.authoring import VERIFIED_SEEDS, matrices

torch.set_num_threads(1)
TASKS = tasks(EXERCISE)
UNSEEN = ("weight in the order of its bytes",)
"""Mistakes that no ladder shows: its weights have the usual order in memory."""

Array = np.ndarray[Any, Any]


def _label(value: object) -> str:
    return value if isinstance(value, str) else ""


def _setting(draw: st.DrawFn, least: int, most: int) -> int | tuple[int, int]:
    number = st.integers(least, most)
    return draw(number | st.tuples(number, number))


def _both(setting: int | tuple[int, int]) -> tuple[int, int]:
    return (setting, setting) if isinstance(setting, int) else setting


@st.composite
def layers(draw: st.DrawFn) -> tuple[Array, Array, Array | None, Any, Any]:
    """Draw x, weight, bias, stride and padding such that the kernel fits into the padded image."""
    batch, channels, filters = (draw(st.integers(1, 3)) for _ in range(3))
    height, width = draw(st.integers(1, 7)), draw(st.integers(1, 7))
    stride, padding = _setting(draw, 1, 4), _setting(draw, 0, 3)
    room = [size + 2 * p for size, p in zip((height, width), _both(padding), strict=True)]
    kernel = [draw(st.integers(1, min(5, size))) for size in room]
    rng = np.random.default_rng(draw(st.integers(0, 1000)))
    x = rng.normal(size=(batch, channels, height, width))
    weight = rng.normal(size=(filters, channels, *kernel))
    return x, weight, draw(st.sampled_from((None, rng.normal(size=filters)))), stride, padding


@given(layers())
@settings(deadline=None, max_examples=150)
def test_forward_equals_torch(drawn: tuple[Array, Array, Array | None, Any, Any]) -> None:
    """The reference of conv2d_forward computes what torch's conv2d does, whatever the sizes and settings."""
    x, weight, bias, stride, padding = drawn
    shift = None if bias is None else torch.from_numpy(bias)
    expected = conv2d(torch.from_numpy(x), torch.from_numpy(weight), shift, stride, padding)
    assert agree(expected.numpy(), conv2d_forward(x, weight, bias, stride, padding))


@given(layers())
@settings(deadline=None, max_examples=100)
def test_single_equals_torch_and_scipy(drawn: tuple[Array, Array, Array | None, Any, Any]) -> None:
    """The reference of conv2d_single agrees with torch, and with scipy's correlate2d taken at each stride."""
    x, weight, _, stride, padding = drawn
    image, kernel = x[0, 0], weight[0, 0]
    out = conv2d_single(image, kernel, stride, padding)
    expected = conv2d(torch.from_numpy(x[:1, :1]), torch.from_numpy(weight[:1, :1]), None, stride, padding)
    step_h, step_w = _both(stride)
    padded = np.pad(image, [(p, p) for p in _both(padding)])
    assert agree(expected.numpy()[0, 0], out)
    assert agree(correlate2d(padded, kernel, mode="valid")[::step_h, ::step_w], out)


@given(st.lists(st.integers(1, 3), max_size=3), st.integers(1, 5), st.integers(1, 5), st.data())
@settings(deadline=None, max_examples=50)
def test_zero_pad_equals_torch(leading: list[int], height: int, width: int, data: st.DataObject) -> None:
    """The reference of zero_pad pads the last two axes as torch's pad does, after any number of others."""
    number = st.integers(0, 3)
    padding = data.draw(number | st.tuples(number, number))
    x = np.random.default_rng(height).normal(size=(*leading, height, width))
    pad_h, pad_w = _both(padding)
    assert agree(pad(torch.from_numpy(x), (pad_w, pad_w, pad_h, pad_h)).numpy(), zero_pad(x, padding))


@pytest.mark.parametrize("dtype", [np.int64, np.int32, np.float32])
def test_references_take_other_dtypes(dtype: type) -> None:
    """From integers and float32, the convolutions give float64 results and zero_pad keeps the dtype."""
    x: Array = np.arange(24).reshape(1, 2, 3, 4).astype(dtype)
    weight: Array = np.arange(16).reshape(2, 2, 2, 2).astype(dtype)
    exact = conv2d_forward(x.astype(float), weight.astype(float))
    assert agree(exact, conv2d_forward(x, weight, weight[:, 0, 0, 0] * 0))
    assert conv2d_forward(x, weight).dtype == conv2d_single(x[0, 0], weight[0, 0]).dtype == np.float64
    assert zero_pad(x, 1).dtype == dtype


def test_results_are_new_arrays() -> None:
    """A reference's result shares no memory with an input, without padding and with a 1x1 kernel too."""
    x, one = np.ones((1, 1, 2, 2)), np.ones((1, 1, 1, 1))
    assert not np.shares_memory(zero_pad(x, 0), x)
    assert not np.shares_memory(conv2d_forward(x, one), x)
    assert not np.shares_memory(conv2d_single(x[0, 0], one[0, 0]), x)


def test_a_kernel_that_does_not_fit_is_an_error() -> None:
    """A kernel larger than the padded image is a ValueError, as it is an error in torch."""
    with pytest.raises(ValueError, match="does not fit"):
        conv2d_single(np.ones((2, 5)), np.ones((3, 3)))


def test_the_lecture_example_is_as_the_statement_says() -> None:
    """The numbers that the statement and the stub give for the lecture's input are right."""
    out = conv2d_single(LECTURE_IMAGE, LECTURE_KERNEL)
    assert out.tolist() == [[8, 9, 8], [8, 5, 9], [6, 5, 5]]
    rows = zero_pad(LECTURE_IMAGE, 1).astype(int).tolist()
    assert "\n".join("    " + " ".join(map(str, row)) for row in rows) in EXERCISE.statement
    assert "[[8, 9, 8], [8, 5, 9], [6, 5, 5]]" in (solution(EXERCISE).conv2d_single.__doc__ or "")


def test_the_lecture_kernel_cannot_show_a_flip_and_another_case_does() -> None:
    """A flipped kernel gets the lecture's example right, and loses points because others are asked."""
    flipped = next(f for task, mistake, f in WRONG if (task, mistake) == ("conv2d_single", "kernel_flipped"))
    wrong = {case.name for case in lost(TASKS["conv2d_single"], flipped, 0)}
    assert "the lecture's 5x5 input and 3x3 kernel" not in wrong
    assert "a kernel without symmetry" in wrong


@pytest.mark.parametrize("name", TASKS)
def test_the_solution_is_right(name: str) -> None:
    """The worked solution answers every case and every rung as the reference does."""
    function = getattr(solution(EXERCISE), name)
    assert [lost(TASKS[name], function, seed) for seed in range(3)] == [[], [], []]
    assert missed(TASKS[name], function) == []


@pytest.mark.parametrize(("name", "style", "function"), RIGHT, ids=_label)
def test_right_code_in_any_style_keeps_all_points(name: str, style: str, function: Function) -> None:
    """Loops, im2col, einsum, strided views, Fourier, recursion and float32 are all right."""
    assert [lost(TASKS[name], function, seed) for seed in range(3)] == [[], [], []]
    assert missed(TASKS[name], function) == []


@pytest.mark.parametrize(("name", "mistake", "function"), WRONG, ids=_label)
def test_every_mistake_loses_points_and_has_a_rung(name: str, mistake: str, function: Function) -> None:
    """Each mistake fails a case with points, whatever the seed, and (but for one) a rung of the ladder."""
    for seed in range(3):
        assert sum(case.points for case in lost(TASKS[name], function, seed)) > 0
    assert missed(TASKS[name], function) or mistake in UNSEEN


@pytest.mark.parametrize("seed", VERIFIED_SEEDS)
def test_misconceptions_are_told_apart(seed: int) -> None:
    """Each misconception loses points and has a rung, and some case tells each pair of them apart."""
    assert [problem for matrix in matrices(EXERCISE, seed) for problem in matrix.problems()] == []


def test_integer_results_are_told_and_cost_nothing() -> None:
    """A result made in the dtype of x fails only the case with integers, which is worth no points."""
    wrong = lost(TASKS["conv2d_forward"], partial(layer, dtype=lambda x: x.dtype), 0)
    assert [(case.name, case.points) for case in wrong] == [("integer images", 0)]
    assert wrong[0].why is not None


ADVANCED = (
    "rest_refused",
    "bare_image_too_small_refused",
    "stride_pair_crashes",
    "padding_pair_crashes",
    "stride_as_width_height",
    "padding_as_width_height",
)


@pytest.mark.parametrize("mistake", ADVANCED)
def test_a_mistake_in_an_advanced_case_keeps_most_points(mistake: str) -> None:
    """Code that is right but for pairs, rests or edges keeps at least three quarters of the points."""
    for task, name, function in WRONG:
        if name == mistake:
            total = sum(case.points for case in TASKS[task].cases)
            assert sum(case.points for case in lost(TASKS[task], function, 0)) <= total / 4


def _entries(rung: Call) -> int:
    return sum(value.size for value in rung.args if isinstance(value, np.ndarray))


@pytest.mark.parametrize("name", TASKS)
def test_the_ladder_is_small_and_rises(name: str) -> None:
    """Rungs are all different, grow in size, stay below 5x5, and hold whole float64 numbers up to 100.

    The last rung of the convolutions alone has a fraction, 1/3: for results that were rounded.
    """
    rungs = list(TASKS[name].ladder())
    rungs = rungs if name == "zero_pad" else rungs[:-1]
    arrays = [value for rung in rungs for value in rung.args if isinstance(value, np.ndarray)]
    assert len({spelled(rung) for rung in rungs}) == len(rungs) <= 60
    assert [_entries(rung) for rung in rungs] == sorted(_entries(rung) for rung in rungs)
    for array in arrays:
        assert array.dtype == np.float64
        assert max(array.shape[-2:]) <= 4
        assert np.array_equal(array, np.round(array))
        assert np.abs(array).max() <= 100


@pytest.mark.parametrize("name", TASKS)
def test_one_case_is_marked_and_points_are_whole(name: str) -> None:
    """Exactly one case, the one with integers, is worth no points; a task's points make a whole number."""
    cases = TASKS[name].cases
    assert len([case for case in cases if case.points == 0]) == 1
    assert float(sum(case.points for case in cases)).is_integer()
    assert len({case.name for case in cases}) == len(cases)
