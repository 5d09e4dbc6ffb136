"""Exercise 04: its references against autograd and differences, its cases and ladders against variants."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np
import pytest
import torch
from conv_backprop_variants import RIGHT, WRONG, Function, in_their_dtypes, line_in_their_dtypes
from hypothesis import given, settings
from hypothesis import strategies as st
from marking import agree, lost, missed, solution, spelled, tasks
from torch.nn.functional import conv1d, conv2d

from cnnexercises.conv_backprop import EXERCISE, conv1d_backward, conv2d_backward
from cnnexercises.exercise import Call
from cnnexercises.output_size import conv_output_shape
from grader.authoring import VERIFIED_SEEDS, matrices

torch.set_num_threads(1)
TASKS = tasks(EXERCISE)
UNSEEN = ("step in memory assumed", "dx by weight in the order of its bytes")
"""Mistakes that no ladder shows: its arrays have the usual order in memory."""

Array = np.ndarray[Any, Any]
Layer = tuple[Array, Array, Array, Any, Any]


def _label(value: object) -> str:
    return value if isinstance(value, str) else ""


def _both(setting: int | tuple[int, int]) -> tuple[int, int]:
    return (setting, setting) if isinstance(setting, int) else setting


@st.composite
def layers(draw: st.DrawFn) -> Layer:
    """Draw dout, x, weight, stride and padding such that the kernel fits into the padded image."""
    batch, channels, filters = (draw(st.integers(1, 3)) for _ in range(3))
    height, width = draw(st.integers(1, 7)), draw(st.integers(1, 7))
    steps, margins = st.integers(1, 4), st.integers(0, 3)
    stride, padding = draw(steps | st.tuples(steps, steps)), draw(margins | st.tuples(margins, margins))
    room = [size + 2 * p for size, p in zip((height, width), _both(padding), strict=True)]
    kernel = draw(st.integers(1, min(5, room[0]))), draw(st.integers(1, min(5, room[1])))
    rng = np.random.default_rng(draw(st.integers(0, 1000)))
    dout = rng.normal(size=(batch, filters, *conv_output_shape((height, width), kernel, stride, padding)))
    x = rng.normal(size=(batch, channels, height, width))
    return dout, x, rng.normal(size=(filters, channels, *kernel)), stride, padding


def _leaves(*arrays: Array) -> list[torch.Tensor]:
    return [torch.from_numpy(array).requires_grad_() for array in arrays]


@given(layers())
@settings(deadline=None, max_examples=150)
def test_conv2d_gradients_equal_autograd(drawn: Layer) -> None:
    """The reference of conv2d_backward returns what torch's autograd does, whatever the sizes and settings."""
    dout, x, weight, stride, padding = drawn
    leaves = _leaves(x, weight, np.zeros(len(weight)))
    out = conv2d(leaves[0], leaves[1], leaves[2], stride, padding)
    expected = torch.autograd.grad(out, leaves, torch.from_numpy(dout))
    assert agree(tuple(gradient.numpy() for gradient in expected), conv2d_backward(*drawn))


def _bumps(array: Array) -> list[Array]:
    """Return for every entry an array that is 1/2 there and 0 elsewhere."""
    return [bump.reshape(array.shape) / 2 for bump in np.eye(array.size)]


def _loss(dout: Array, x: Array, weight: Array, stride: Any, padding: Any) -> float:
    """Return J = sum(dout * y) by the definition of y alone: one product for each output, channel and tap."""
    (sh, sw), (ph, pw) = _both(stride), _both(padding)
    total = 0.0
    for n, f, i, j in np.ndindex(*dout.shape):
        for c, p, q in np.ndindex(*weight.shape[1:]):
            row, column = i * sh + p - ph, j * sw + q - pw
            if 0 <= row < x.shape[2] and 0 <= column < x.shape[3]:
                total += dout[n, f, i, j] * x[n, c, row, column] * weight[f, c, p, q]
    return total


@given(layers().filter(lambda drawn: drawn[0].size * drawn[2][0].size * (drawn[1].size + drawn[2].size) < 5000))
@settings(deadline=None, max_examples=25)
def test_conv2d_gradients_equal_central_differences(drawn: Layer) -> None:
    """Each entry of dx and dweight is the central difference of J, which is exact as y is linear in both."""
    dout, x, weight, stride, padding = drawn
    loss = partial(_loss, dout, stride=stride, padding=padding)
    dx = [loss(x + bump, weight) - loss(x - bump, weight) for bump in _bumps(x)]
    dweight = [loss(x, weight + bump) - loss(x, weight - bump) for bump in _bumps(weight)]
    numeric = np.array(dx).reshape(x.shape), np.array(dweight).reshape(weight.shape), dout.sum((0, 2, 3))
    assert agree(numeric, conv2d_backward(*drawn))


@given(st.integers(1, 9), st.integers(1, 9), st.integers(0, 1000))
@settings(deadline=None, max_examples=80)
def test_conv1d_gradients_equal_autograd_and_differences(outputs: int, taps: int, seed: int) -> None:
    """The reference of conv1d_backward equals autograd, and central differences of sum(dy * y)."""
    rng = np.random.default_rng(seed)
    dy, x, w = (rng.normal(size=size) for size in (outputs, outputs + taps - 1, taps))
    leaves = _leaves(x[None, None], w[None, None])
    expected = torch.autograd.grad(conv1d(leaves[0], leaves[1]), leaves, torch.from_numpy(dy[None, None]))
    gradients = conv1d_backward(dy, x, w)
    assert agree(tuple(gradient.numpy()[0, 0] for gradient in expected), gradients)

    def loss(x: Array, w: Array) -> float:
        return float(sum(dy[n] * x[n + i] * w[i] for n in range(outputs) for i in range(taps)))

    dx = np.array([loss(x + bump, w) - loss(x - bump, w) for bump in _bumps(x)])
    dw = np.array([loss(x, w + bump) - loss(x, w - bump) for bump in _bumps(w)])
    assert agree((dx, dw), gradients)


def test_the_lecture_corrections_are_true() -> None:
    """What the corrections say of np.convolve, np.correlate and the symmetric kernel holds."""
    dy, x, w = np.array([1.0, 2.0, 4.0]), np.array([3.0, 1.0, 5.0, 2.0]), np.array([2.0, 7.0])
    dx, dw = conv1d_backward(dy, x, w)
    assert np.array_equal(np.convolve(dy, w), dx)
    assert np.array_equal(np.correlate(x, dy), dw)
    assert np.array_equal(np.correlate(dy, x), dw[::-1])
    kernel = np.array([[1, 0, 1], [0, 1, 0], [1, 0, 1]])
    assert np.array_equal(kernel, kernel[::-1, ::-1])
    assert np.array_equal(kernel, kernel.T)


@pytest.mark.parametrize("dtype", [np.int64, np.int8, np.float32])
def test_references_return_float64_from_other_dtypes(dtype: type) -> None:
    """Integers and float32 give float64 gradients, those of the same numbers in float64."""
    numbers: Array = np.arange(18).astype(dtype)
    dout, x = numbers[:8].reshape(1, 2, 2, 2), numbers.reshape(1, 2, 3, 3)
    weight = numbers[:16].reshape(2, 2, 2, 2)
    gradients = conv2d_backward(dout, x, weight)
    assert agree(conv2d_backward(dout.astype(float), x.astype(float), weight.astype(float)), gradients)
    assert {gradient.dtype for gradient in gradients} == {np.dtype(np.float64)}
    line_gradients = conv1d_backward(numbers[:4], numbers[:6], numbers[:3])
    assert {gradient.dtype for gradient in line_gradients} == {np.dtype(np.float64)}


def test_results_are_new_arrays() -> None:
    """No gradient shares memory with an argument, without padding and with a 1x1 kernel too."""
    one, ones = np.ones(1), np.ones((1, 1, 1, 1))
    assert not any(np.shares_memory(gradient, one) for gradient in conv1d_backward(one, one, one))
    assert not any(np.shares_memory(gradient, ones) for gradient in conv2d_backward(ones, ones, ones))


@pytest.mark.parametrize("name", TASKS)
def test_the_solution_is_right(name: str) -> None:
    """The worked solution answers every case and every rung as the reference does."""
    function = getattr(solution(EXERCISE), name)
    assert [lost(TASKS[name], function, seed) for seed in range(3)] == [[], [], []]
    assert missed(TASKS[name], function) == []


@pytest.mark.parametrize(("name", "style", "function"), RIGHT, ids=_label)
def test_right_code_in_any_style_keeps_all_points(name: str, style: str, function: Function) -> None:
    """Loops, col2im, einsum, full convolution, gathering, recursion, lists and float32 are all right."""
    for seed in range(5):
        assert [case.name for case in lost(TASKS[name], function, seed) if case.points] == []
    assert missed(TASKS[name], function) == []


@pytest.mark.parametrize(("name", "mistake", "function"), WRONG, ids=_label)
def test_every_mistake_loses_points_and_has_a_rung(name: str, mistake: str, function: Function) -> None:
    """Each mistake fails a case with points, whatever the seed, and (but for two) a rung of the ladder."""
    for seed in range(3):
        assert sum(case.points for case in lost(TASKS[name], function, seed)) > 0
    assert missed(TASKS[name], function) or mistake in UNSEEN


@pytest.mark.parametrize("seed", VERIFIED_SEEDS)
def test_misconceptions_are_told_apart(seed: int) -> None:
    """Each misconception loses points and has a rung, and some case tells each pair of them apart."""
    assert [problem for matrix in matrices(EXERCISE, seed) for problem in matrix.problems()] == []


def test_integer_gradients_are_told_and_cost_nothing() -> None:
    """Gradients in the dtype of x and weight fail only the case with integers, which is worth no points."""
    wrong = lost(TASKS["conv2d_backward"], in_their_dtypes, 0)
    assert [(case.name, case.points) for case in wrong] == [("integer x and weight", 0)]
    wrong = lost(TASKS["conv1d_backward"], line_in_their_dtypes, 0)
    assert [(case.name, case.points) for case in wrong] == [("integer x and w", 0)]


ADVANCED = {
    "dx_minus_slice_guarded_together": ["padding of the columns only", "padding of the rows only"],
    "dx_cut_by_one_where_padded": [
        "padding 2", "padding of the columns only", "padding of the rows only", "everything at once",
        "an image of one pixel in a frame",
    ],
    "dx_cut_after_the_batch": [
        "a batch of three images", "everything at once", "arrays in another memory order", "float32 arrays",
    ],
    "dx_ends_with_the_last_window": ["a stride that leaves a rest", "everything at once"],
    "stride_int_only": ["stride as a pair", "everything at once", "a kernel as large as the image"],
    "padding_int_only": [
        "padding of the columns only", "padding of the rows only", "everything at once",
        "an image of one pixel in a frame",
    ],
    "full_convolution_padded_by_a_negative": ["everything at once", "an image of one pixel in a frame"],
    "wide images cropped to a square": [
        "an image wider than high", "everything at once", "a kernel as large as the image",
    ],
    "high images cropped to a square": ["an image higher than wide"],
}  # fmt: skip


@pytest.mark.parametrize("mistake", ADVANCED)
def test_a_mistake_in_an_advanced_case_loses_that_case(mistake: str) -> None:
    """Code that is right but for one matter loses the cases about it, and at most a fifth of the points."""
    task = TASKS["conv2d_backward"]
    (function,) = (function for name, said, function in WRONG if (name, said) == (task.name, mistake))
    wrong = [case for case in lost(task, function, 0) if case.points]
    assert [case.name for case in wrong] == ADVANCED[mistake]
    assert sum(case.points for case in wrong) <= sum(case.points for case in task.cases) / 5


def _entries(rung: Call) -> int:
    return sum(value.size for value in rung.args)


@pytest.mark.parametrize("name", TASKS)
def test_the_ladder_is_small_and_rises(name: str) -> None:
    """Rungs are all different, grow in size, stay within 4x4, and hold whole float64 numbers up to 100."""
    rungs = list(TASKS[name].ladder())
    assert len({spelled(rung) for rung in rungs}) == len(rungs) <= 60
    assert [_entries(rung) for rung in rungs] == sorted(_entries(rung) for rung in rungs)
    for array in (value for rung in rungs for value in rung.args):
        assert array.dtype == np.float64
        assert max(array.shape[-2:]) <= (5 if array.ndim == 1 else 4)
        assert np.array_equal(array, np.round(array))
        assert np.abs(array).max() <= 100


@pytest.mark.parametrize("name", TASKS)
def test_one_case_is_marked_and_points_are_whole(name: str) -> None:
    """Exactly one case, the one with integers, is worth no points; every case says why; points add up whole."""
    cases = TASKS[name].cases
    assert [case.name for case in cases if case.points == 0] == [cases[-1].name]
    assert float(sum(case.points for case in cases)).is_integer()
    assert len({case.name for case in cases}) == len(cases)
    assert all(case.why for case in cases)
