"""Exercise 03: its references against torch, its cases and ladders against right and wrong code."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from marking import Function, lost, missed, solution, spelled, tasks
from torch import nn

from cnnexercises.parameter_count import EXERCISE, conv_params, linear_params, weight_counts
from cnnexercises.parameter_count_mistakes import pair
from grader.authoring import VERIFIED_SEEDS, matrices

TASKS = tasks(EXERCISE)
SIZES = st.integers(1, 12)


def _numbers(layer: nn.Module) -> int:
    return sum(parameter.numel() for parameter in layer.parameters())


@given(st.lists(SIZES, min_size=2, max_size=5), st.booleans())
@settings(deadline=None, max_examples=50)
def test_linear_params_equals_torch(sizes: list[int], bias: bool) -> None:
    """linear_params counts the weights and biases that the real nn.Linear layers have."""
    layers = [nn.Linear(n, m, bias=bias, device="meta") for n, m in pairwise(sizes)]
    expected = [(layer.weight.numel(), layer.bias.numel() if bias else 0) for layer in layers]
    assert linear_params(sizes, bias) == expected
    assert linear_params(tuple(sizes), bias) == expected


@given(SIZES, SIZES, SIZES | st.tuples(SIZES, SIZES), st.integers(1, 4), st.booleans())
@settings(deadline=None, max_examples=100)
def test_conv_params_equals_torch(c: int, f: int, kernel: Any, groups: int, bias: bool) -> None:
    """conv_params counts the parameters that the real nn.Conv2d has, groups, pairs and bias included."""
    layer = nn.Conv2d(c * groups, f * groups, kernel, groups=groups, bias=bias, device="meta")
    assert conv_params(c * groups, f * groups, kernel, groups, bias) == _numbers(layer)


@given(st.integers(1, 6), st.integers(1, 6), st.integers(1, 4), st.data())
@settings(deadline=None, max_examples=50)
def test_weight_counts_equals_torch(height: int, width: int, filters: int, data: st.DataObject) -> None:
    """weight_counts counts the weights of a real nn.Conv2d, and of an nn.Linear with as many outputs."""
    kernel = (data.draw(st.integers(1, height)), data.draw(st.integers(1, width)))
    convolution = nn.Conv2d(1, filters, kernel, bias=False)
    image = convolution.weight.new_zeros(1, 1, height, width)
    connected = nn.Linear(image.numel(), convolution(image).numel(), bias=False)
    assert weight_counts((height, width), kernel, filters) == (_numbers(connected), _numbers(convolution))


def test_the_lecture_examples_hold() -> None:
    """The lecture's network, its figure with the right number of outputs, and LeNet's C1 count as stated."""
    assert linear_params([256, 100, 26]) == [(25600, 100), (2600, 26)]
    assert weight_counts((5, 5), 3, 2) == (450, 18)
    assert weight_counts((5, 5), 2, 2)[0] == 800
    assert conv_params(1, 6, 5) == 156


# What students write, right and wrong.


def _label(value: object) -> str:
    return value if isinstance(value, str) else ""


def _linear(layer: Function) -> Function:
    """Make a linear_params of what it says about one layer of n inputs and m outputs."""
    return lambda sizes, bias=True: [layer(n, m, bias) for n, m in pairwise(sizes)]


def _conv(count: Function) -> Function:
    """Make a conv_params of a count by channels, filters, kernel height and width, groups and bias."""
    return lambda in_channels, out_channels, kernel, groups=1, bias=True: count(
        in_channels, out_channels, *pair(kernel), groups, bias
    )


def _weights(count: Function) -> Function:
    """Make a weight_counts of a count by pixels, places for a filter, weights of a filter, and filters."""

    def counted(size_hw: Any, kernel: Any, filters: int) -> Any:
        (h, w), (a, b) = size_hw, pair(kernel)
        return count(h * w, (h - a + 1) * (w - b + 1), a * b, filters)

    return counted


def _places(place: Function) -> Function:
    """Make a weight_counts of a count of places by image height and width, kernel height and width."""

    def counted(size_hw: Any, kernel: Any, filters: int) -> Any:
        (h, w), (a, b) = size_hw, pair(kernel)
        return h * w * place(h, w, a, b) * filters, a * b * filters

    return counted


def _emptying(sizes: list[int], bias: bool = True) -> list[tuple[int, int]]:
    counts = []
    while len(sizes) > 1:
        n = sizes.pop(0)
        counts.append((n * sizes[0], sizes[0] * bias))
    return counts


def _by_index(sizes: list[int], bias: bool = True) -> list[tuple[int, int]]:
    following = [sizes[sizes.index(n) + 1] for n in sizes[:-1]]
    return [(n * m, m * bias) for n, m in zip(sizes[:-1], following, strict=True)]


def _recursive(sizes: list[int], bias: bool = True) -> list[tuple[int, int]]:
    if len(sizes) < 2:
        return []
    return [(sizes[0] * sizes[1], sizes[1] * bias), *_recursive(sizes[1:], bias)]


def _columns(sizes: list[int], bias: bool) -> tuple[list[int], list[int]]:
    return [n * m for n, m in pairwise(sizes)], [m * bias for m in sizes[1:]]


# What students write wrong beyond the misconceptions.

WRONG_LINEAR: dict[str, Function] = {
    "biases for both sides": _linear(lambda n, m, b: (n * m, (n + m) * b)),
    "biases for every weight": _linear(lambda n, m, b: (n * m, n * m * b)),
    "a weight for the constant 1": _linear(lambda n, m, b: ((n + 1) * m, m * b)),
    "square of the inputs": _linear(lambda n, m, b: (n * n, m * b)),
    "floats": _linear(lambda n, m, b: (float(n * m), float(m * b))),
    "numbers as text": _linear(lambda n, m, b: (str(n * m), str(m * b))),
    "a generator": lambda sizes, bias=True: ((n * m, m * bias) for n, m in pairwise(sizes)),
    "from the last size to the first": lambda sizes, bias=True: linear_params(sizes[::-1], bias),
    "by distinct sizes": lambda sizes, bias=True: linear_params(list(dict.fromkeys(sizes)), bias),
    "layers found by their size": _by_index,
    "sizes emptied": _emptying,
    "no argument bias": lambda sizes: linear_params(sizes, True),
}

WRONG_CONV: dict[str, Function] = {
    "biases divided too": _conv(lambda c, f, h, w, g, b: (f * c * h * w + f * b) // g),
    "a bias only for each group": _conv(lambda c, f, h, w, g, b: f * (c // g) * h * w + g * b),
    "kernel height only": _conv(lambda c, f, h, w, g, b: f * (c // g) * h + f * b),
    "kernel always 3": _conv(lambda c, f, h, w, g, b: f * (c // g) * 9 + f * b),
    "channels and filters swapped": _conv(lambda c, f, h, w, g, b: (f // g) * c * h * w + c * b),
}

WRONG_WEIGHTS: dict[str, Function] = {
    "padded outputs": _places(lambda h, w, a, b: (h - a + 3) * (w - b + 3)),
    "one filter's outputs and weights": _weights(lambda n, o, t, f: (n * o, t)),
    "connected to the weights": _weights(lambda n, o, t, f: (n * t * f, t * f)),
    "the ratio": _weights(lambda n, o, t, f: n * o // t),
    "floats": _weights(lambda n, o, t, f: (float(n * o * f), float(t * f))),
}

RIGHT_LINEAR: dict[str, Function] = {
    "the product with a bool": _linear(lambda n, m, b: (n * m, m * b)),
    "lists for pairs": _linear(lambda n, m, b: [n * m, m * b]),
    "NumPy integers": _linear(lambda n, m, b: (np.prod([n, m]), np.int64(m * b))),
    "a tuple of pairs": lambda sizes, bias=True: tuple(linear_params(sizes, bias)),
    "zip as a list": lambda sizes, bias=True: list(zip(*_columns(sizes, bias), strict=True)),
    "recursion": _recursive,
}

RIGHT_CONV: dict[str, Function] = {
    "a sum of groups": _conv(lambda c, f, h, w, g, b: sum([(c // g * h * w + b) * (f // g)] * g)),
    "a size of an array": _conv(lambda c, f, h, w, g, b: np.zeros((f, c // g, h, w)).size + f * b),
    "a NumPy product": _conv(lambda c, f, h, w, g, b: np.prod([f, c // g, h, w]) + f * b),
}

RIGHT_WEIGHTS: dict[str, Function] = {
    "a formula": _weights(lambda n, o, t, f: (n * o * f, t * f)),
    "a list": _weights(lambda n, o, t, f: [n * o * f, t * f]),
    "places counted in loops": _places(
        lambda h, w, a, b: sum(1 for i in range(h) for j in range(w) if i + a <= h and j + b <= w)
    ),
}


def _listed(*functions: dict[str, Function]) -> list[tuple[str, str, Function]]:
    both = zip(TASKS, functions, strict=True)
    return [(task, name, function) for task, named in both for name, function in named.items()]


WRONG = [
    *((task.name, known.slug, known.wrong) for task in TASKS.values() for known in task.misconceptions),
    *_listed(WRONG_LINEAR, WRONG_CONV, WRONG_WEIGHTS),
]
RIGHT = _listed(RIGHT_LINEAR, RIGHT_CONV, RIGHT_WEIGHTS)


@pytest.mark.parametrize("name", TASKS)
def test_the_solution_is_right(name: str) -> None:
    """The worked solution answers every case and every rung as the reference does."""
    function = getattr(solution(EXERCISE), name)
    assert [lost(TASKS[name], function, seed) for seed in range(3)] == [[], [], []]
    assert missed(TASKS[name], function) == []


@pytest.mark.parametrize(("name", "style", "function"), RIGHT, ids=_label)
def test_right_code_in_any_style_keeps_all_points(name: str, style: str, function: Function) -> None:
    """A list counts for a tuple and the reverse, and a NumPy integer for an int."""
    assert [lost(TASKS[name], function, seed) for seed in range(3)] == [[], [], []]
    assert missed(TASKS[name], function) == []


@pytest.mark.parametrize(("name", "mistake", "function"), WRONG, ids=_label)
def test_every_mistake_loses_points_and_has_a_rung(name: str, mistake: str, function: Function) -> None:
    """Each known mistake fails a case with points, whatever the seed, and a rung of the ladder."""
    for seed in range(3):
        assert sum(case.points for case in lost(TASKS[name], function, seed)) > 0
    assert missed(TASKS[name], function)


@pytest.mark.parametrize("seed", VERIFIED_SEEDS)
def test_misconceptions_are_told_apart(seed: int) -> None:
    """Each misconception loses points and has a rung, and some case tells each pair of them apart."""
    assert [problem for matrix in matrices(EXERCISE, seed) for problem in matrix.problems()] == []


@pytest.mark.parametrize("mistake", ["groups_ignored", "kernel_pair_crashes", "kernel_square", "bias_flag_ignored"])
def test_a_mistake_in_an_advanced_case_keeps_most_points(mistake: str) -> None:
    """Code that is right but for groups, pairs or bias=False keeps more than half of the points."""
    for task, name, function in WRONG:
        if name == mistake:
            total = sum(case.points for case in TASKS[task].cases)
            assert sum(case.points for case in lost(TASKS[task], function, 0)) < total / 2


@pytest.mark.parametrize("name", TASKS)
def test_rungs_and_cases_differ_and_points_are_whole(name: str) -> None:
    """No two rungs and no two names of cases are alike, and the points of a task make a whole number."""
    task = TASKS[name]
    rungs = [spelled(rung) for rung in task.ladder()]
    assert len(set(rungs)) == len(rungs) <= 20
    assert len({case.name for case in task.cases}) == len(task.cases)
    assert float(sum(case.points for case in task.cases)).is_integer()
