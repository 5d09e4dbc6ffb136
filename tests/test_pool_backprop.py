"""Exercise 05: its references against autograd and differences, its cases and ladders against variants."""

from __future__ import annotations

from functools import partial
from typing import Any

import lp_upsample_variants
import numpy as np
import pool_backprop_variants
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from lp_upsample_variants import lp_in_its_dtype
from marking import Function, agree, lost, missed, solution, spelled, tasks
from pool_backprop_variants import in_its_dtype
from torch.nn.functional import avg_pool2d, interpolate, max_pool2d

from cnnexercises.exercise import Call
from cnnexercises.output_size import conv_output_shape
from cnnexercises.pool_backprop import (
    EXERCISE,
    avg_pool2d_backward,
    lp_pool1d_backward,
    max_pool2d_backward,
    upsample,
)
from cnnexercises.upsample_mistakes import grown
from grader.authoring import VERIFIED_SEEDS, matrices

torch.set_num_threads(1)
TASKS = tasks(EXERCISE)
WRONG = [*pool_backprop_variants.WRONG, *lp_upsample_variants.WRONG]
RIGHT = [*pool_backprop_variants.RIGHT, *lp_upsample_variants.RIGHT]
TIE_POLICIES = ("tie_to_all", "tie_split", "tie_to_the_last", "tie_by_columns", "tie_crashes")
UNSEEN = ("in the order of its bytes",)
"""Mistakes that no ladder shows: its arrays have the usual order in memory."""

Array = np.ndarray[Any, Any]
Pool = tuple[Array, Array, Any, Any]


def _label(value: object) -> str:
    return value if isinstance(value, str) else ""


def _both(setting: int | tuple[int, int]) -> tuple[int, int]:
    return (setting, setting) if isinstance(setting, int) else setting


def _windows(dout: Array, kernel: Any, stride: Any) -> list[Any]:
    """Return an index for every window, in the order of dout."""
    (kh, kw), (sh, sw) = _both(kernel), _both(kernel if stride is None else stride)
    return [np.s_[n, c, i * sh : i * sh + kh, j * sw : j * sw + kw] for n, c, i, j in np.ndindex(*dout.shape)]


@st.composite
def pools(draw: st.DrawFn, ties: bool = False) -> Pool:
    """Draw dout, x, kernel and stride such that the kernel fits; x is a permutation unless it has ties."""
    sizes = tuple(draw(st.integers(1, most)) for most in (3, 3, 7, 7))
    least = min(sizes[2:])
    pairs = st.tuples(st.integers(1, sizes[2]), st.integers(1, sizes[3]))
    kernel = draw(st.integers(1, least) | pairs)
    steps = st.integers(1, 4)
    stride = draw(st.none() | steps | st.tuples(steps, steps))
    rng = np.random.default_rng(draw(st.integers(0, 1000)))
    count = int(np.prod(sizes))
    x = (rng.integers(-1, 2, count) if ties else rng.permutation(count) - count // 2).reshape(sizes)
    out = conv_output_shape((sizes[2], sizes[3]), kernel, kernel if stride is None else stride)
    return rng.normal(size=(*sizes[:2], *out)), x.astype(float), kernel, stride


def _autograd(forward: Function, dout: Array, x: Array) -> Any:
    leaf = torch.from_numpy(x).requires_grad_()
    (gradient,) = torch.autograd.grad(forward(leaf), [leaf], torch.from_numpy(dout))
    return gradient.numpy()


@given(pools() | pools(ties=True))
@settings(deadline=None, max_examples=200)
def test_max_pool_gradient_equals_autograd(drawn: Pool) -> None:
    """The reference of max_pool2d_backward returns what autograd does, with ties too."""
    dout, x, kernel, stride = drawn
    expected = _autograd(lambda leaf: max_pool2d(leaf, kernel, stride), dout, x)
    assert agree(expected, max_pool2d_backward(dout, x, kernel, stride))


@given(pools())
@settings(deadline=None, max_examples=150)
def test_average_pool_gradient_equals_autograd(drawn: Pool) -> None:
    """The reference of avg_pool2d_backward returns what autograd does."""
    dout, x, kernel, stride = drawn
    expected = _autograd(lambda leaf: avg_pool2d(leaf, kernel, stride), dout, x)
    assert agree(expected, avg_pool2d_backward(dout, x, kernel, stride))


@given(pools().filter(lambda drawn: drawn[0].size * drawn[1].size < 1000))
@settings(deadline=None, max_examples=25)
def test_pool_gradients_equal_central_differences(drawn: Pool) -> None:
    """Each entry of dx is the central difference of J = sum(dout * y): exact, as no maximum changes place."""
    dout, x, kernel, stride = drawn
    windows = _windows(dout, kernel, stride)
    bumps = [bump.reshape(x.shape) / 4 for bump in np.eye(x.size)]
    for statistic, gradient in ((np.max, max_pool2d_backward), (np.mean, avg_pool2d_backward)):

        def loss(x: Array, statistic: Function = statistic) -> float:
            errors = zip(dout.ravel(), windows, strict=True)
            return float(sum(error * statistic(x[window]) for error, window in errors))

        dx = np.array([2 * (loss(x + bump) - loss(x - bump)) for bump in bumps]).reshape(x.shape)
        assert agree(dx, gradient(dout, x, kernel, stride))


@given(st.integers(1, 12), st.integers(1, 5), st.sampled_from((1, 2, 3, 1.0, 1.5, 2.5, 7.0)), st.integers(0, 999))
@settings(deadline=None, max_examples=150)
def test_lp_gradient_equals_autograd_and_differences(length: int, m: int, p: float, seed: int) -> None:
    """The reference of lp_pool1d_backward equals autograd, and central differences of the norms by math."""
    rng = np.random.default_rng(seed)
    x, dout = rng.normal(size=length) + rng.choice([-2, 2], length), rng.normal(size=length // m)
    dx = lp_pool1d_backward(dout, x, p, m)
    used = length // m * m
    if used:
        rows = x[:used].reshape(-1, m)
        expected = _autograd(lambda leaf: leaf.abs().pow(p).sum(dim=1).pow(1 / p), dout, rows)
        assert agree(np.append(expected.ravel(), np.zeros(length - used)), dx)

    def loss(x: Array) -> float:
        regions = [x[n * m : n * m + m].tolist() for n in range(length // m)]
        norms = [sum(abs(value) ** p for value in region) ** (1 / p) for region in regions]
        return float(sum(dout * np.array(norms)))

    numeric = [(loss(x + bump) - loss(x - bump)) / 2e-6 for bump in 1e-6 * np.eye(length)]
    assert np.allclose(dx, numeric, atol=1e-7)


@pytest.mark.parametrize("p", [1.5, 2, 3])
def test_lp_gradient_at_zero_is_zero(p: float) -> None:
    """For p > 1 an input of 0 beside others has the derivative 0, as autograd has it."""
    x, dout = np.array([0.0, 3.0, -4.0]), np.array([2.0])
    expected = _autograd(lambda leaf: leaf.abs().pow(p).sum(dim=0, keepdim=True).pow(1 / p), dout, x)
    assert expected[0] == 0
    assert agree(expected, lp_pool1d_backward(dout, x, p, 3))


@given(st.lists(st.integers(1, 4), min_size=2, max_size=4), st.integers(1, 4), st.integers(1, 4))
@settings(deadline=None, max_examples=60)
def test_upsample_equals_kron_and_torch(sizes: list[int], height: int, width: int) -> None:
    """The reference of upsample equals np.kron with ones, and torch's nearest neighbours."""
    delta = np.random.default_rng(height).normal(size=sizes)
    grown = upsample(delta, (height, width))
    assert np.array_equal(np.kron(delta, np.ones((height, width))), grown)
    images = torch.from_numpy(delta.reshape(1, -1, *sizes[-2:]))
    nearest = interpolate(images, scale_factor=(float(height), float(width)), mode="nearest").numpy()
    assert np.array_equal(nearest.reshape(grown.shape), grown)
    assert np.array_equal(upsample(delta, height), upsample(delta, (height, height)))


@given(pools())
@settings(deadline=None, max_examples=40)
def test_average_pooling_of_disjoint_regions_is_upsampling(drawn: Pool) -> None:
    """The lecture's view holds: where windows tile the image, dx is the upsampled error over their size."""
    dout, _, kernel, _ = drawn
    high, wide = _both(kernel)
    x = np.zeros((*dout.shape[:2], dout.shape[2] * high, dout.shape[3] * wide))
    assert agree(upsample(dout, kernel) / (high * wide), avg_pool2d_backward(dout, x, kernel))


@pytest.mark.parametrize("dtype", [np.int64, np.int8, np.float32])
def test_gradients_are_float64_from_other_dtypes(dtype: type) -> None:
    """Integers and float32 give float64 gradients; upsample alone moves values, and keeps the dtype."""
    x: Array = np.arange(100, 116).astype(dtype).reshape(1, 1, 4, 4)
    dout: Array = np.arange(4).astype(dtype).reshape(1, 1, 2, 2)
    for gradient in (max_pool2d_backward, avg_pool2d_backward):
        assert agree(gradient(dout.astype(float), x.astype(float), 2), gradient(dout, x, 2))
        assert gradient(dout, x, 2).dtype == np.float64
    row, errors = x.ravel(), dout.ravel()
    assert agree(lp_pool1d_backward(errors.astype(float), row.astype(float), 3, 4),
                 lp_pool1d_backward(errors, row, 3, 4))  # fmt: skip
    assert upsample(x, 2).dtype == dtype


def test_results_are_new_arrays() -> None:
    """No result shares memory with an argument, with windows and factors of 1 too."""
    ones = np.ones((1, 1, 2, 2))
    for result in (max_pool2d_backward(ones, ones, 1), avg_pool2d_backward(ones, ones, 1), upsample(ones, 1)):
        assert not np.shares_memory(result, ones)
    row = np.ones(2)
    assert not np.shares_memory(lp_pool1d_backward(row, row, 1, 1), row)


@pytest.mark.parametrize("name", TASKS)
def test_the_solution_is_right(name: str) -> None:
    """The worked solution answers every case and every rung as the reference does."""
    function = getattr(solution(EXERCISE), name)
    assert [lost(TASKS[name], function, seed) for seed in range(3)] == [[], [], []]
    assert missed(TASKS[name], function) == []


@pytest.mark.parametrize(("name", "style", "function"), RIGHT, ids=_label)
def test_right_code_in_any_style_keeps_all_points(name: str, style: str, function: Function) -> None:
    """Loops, np.add.at, shifted planes, np.kron, broadcasting and float32 are all right."""
    for seed in range(5):
        assert [case.name for case in lost(TASKS[name], function, seed) if case.points] == []
    assert missed(TASKS[name], function) == []


@pytest.mark.parametrize(("name", "mistake", "function"), WRONG, ids=_label)
def test_every_mistake_loses_points_and_has_a_rung(name: str, mistake: str, function: Function) -> None:
    """Each mistake fails a case with points, whatever the seed, and (but for one) a rung of the ladder."""
    for seed in range(3):
        assert sum(case.points for case in lost(TASKS[name], function, seed)) > 0
    assert missed(TASKS[name], function) or mistake in UNSEEN


@pytest.mark.parametrize("policy", TIE_POLICIES)
def test_a_tie_policy_loses_the_case_with_ties_alone(policy: str) -> None:
    """Code that is right but for ties loses one case whatever the seed, and no rung without ties shows it."""
    (function,) = (function for _, name, function in WRONG if name == policy)
    for seed in range(20):
        assert [case.name for case in lost(TASKS["max_pool2d_backward"], function, seed)] == ["ties"]
    first = missed(TASKS["max_pool2d_backward"], function)[0]
    assert first.args[1].shape == (1, 1, 2, 2)


def _ties(question: Call) -> bool:
    dout, x, kernel, stride = (*question.args, *question.kwargs.values(), None)[:4]
    tops = [np.count_nonzero(x[window] == x[window].max()) for window in _windows(dout, kernel, stride)]
    return any(count > 1 for count in tops)


def test_only_the_case_with_ties_has_any() -> None:
    """No window of another case holds its maximum twice, not even 0, and nor does any rung but the last."""
    for case in TASKS["max_pool2d_backward"].cases:
        if "keyword" not in case.name:
            questions = [case.inputs(np.random.default_rng(seed)) for seed in range(10)]
            assert [_ties(question) for question in questions] == [case.name == "ties"] * 10
    rungs = [_ties(rung) for rung in TASKS["max_pool2d_backward"].ladder()]
    assert rungs == sorted(rungs)
    assert sum(rungs) == 3


@pytest.mark.parametrize("seed", VERIFIED_SEEDS)
def test_misconceptions_are_told_apart(seed: int) -> None:
    """Each misconception loses points and has a rung, and some case tells each pair of them apart."""
    assert [problem for matrix in matrices(EXERCISE, seed) for problem in matrix.problems()] == []


def test_integer_gradients_are_told_and_cost_nothing() -> None:
    """Gradients in the dtype of x fail only the case with integers, which is worth no points."""
    for name, function in (
        ("max_pool2d_backward", in_its_dtype(max_pool2d_backward)),
        ("avg_pool2d_backward", in_its_dtype(avg_pool2d_backward)),
        ("lp_pool1d_backward", lp_in_its_dtype),
    ):
        wrong = lost(TASKS[name], function, 0)
        assert [(case.name, case.points) for case in wrong] == [("an integer x", 0)]


def test_upsampled_integers_may_be_floats() -> None:
    """An integer delta may come back in its own dtype or as floats: both pass every case."""
    for dtype in (np.int64, np.float64):
        function = partial(_as, dtype)
        (case,) = (case for case in TASKS["upsample"].cases if case.points == 0)
        assert case not in lost(TASKS["upsample"], function, 0)


def _as(dtype: type, delta: Array, factor: Any) -> Any:
    return grown(delta, factor).astype(dtype)


ADVANCED = {
    "dx_assigned": ["overlapping windows, stride 1", "overlapping windows, stride 2", "everything at once"],
    "stride_int_only": ["stride as a pair", "everything at once", "an image of one pixel"],
    "argmax_decoded_by_height": [
        "a kernel wider than high", "a kernel higher than wide", "everything at once",
        "one window as large as the image",
    ],
    "search_from_zero": ["negative inputs"],
    "largest_magnitude": ["negative inputs"],
    "maximum_of_the_first_image": [
        "a batch of three images", "everything at once", "arrays in another memory order",
    ],
    "high images cropped to a square": ["an image higher than wide"],
}  # fmt: skip


@pytest.mark.parametrize("mistake", ADVANCED)
def test_a_mistake_in_an_advanced_case_loses_that_case(mistake: str) -> None:
    """Code that is right but for one matter loses the cases about it, and at most a fifth of the points."""
    task = TASKS["max_pool2d_backward"]
    (function,) = (function for name, said, function in WRONG if (name, said) == (task.name, mistake))
    wrong = [case for case in lost(task, function, 0) if case.points]
    assert [case.name for case in wrong] == ADVANCED[mistake]
    assert sum(case.points for case in wrong) <= sum(case.points for case in task.cases) / 5


def _entries(rung: Call) -> int:
    return sum(value.size for value in rung.args if isinstance(value, np.ndarray))


@pytest.mark.parametrize("name", TASKS)
def test_the_ladder_is_small_and_rises(name: str) -> None:
    """Rungs are all different, grow in size, stay within 4x4, and hold whole float64 numbers up to 100.

    The last four of max pooling, whose inputs are negative or tied, are small again.
    """
    rungs = list(TASKS[name].ladder())
    assert len({spelled(rung) for rung in rungs}) == len(rungs) <= 60
    rising = [_entries(rung) for rung in (rungs[:-4] if name == "max_pool2d_backward" else rungs)]
    assert rising == sorted(rising)
    for array in (value for rung in rungs for value in rung.args if isinstance(value, np.ndarray)):
        assert array.dtype == np.float64
        assert max(array.shape[-2:]) <= (4 if array.ndim > 1 else 5)
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
