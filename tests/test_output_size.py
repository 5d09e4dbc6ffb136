"""Exercise 01: its references against nn.Conv2d, its cases and ladders against right and wrong code."""

from __future__ import annotations

import math
from functools import partial
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from marking import Function, lost, missed, solution, spelled, tasks
from torch import nn

from cnnexercises.output_formula_mistakes import sized
from cnnexercises.output_shape_mistakes import pair, shaped
from cnnexercises.output_size import EXERCISE, conv_output_shape, conv_output_size
from grader.authoring import VERIFIED_SEEDS, matrices

torch.set_num_threads(1)
TASKS = tasks(EXERCISE)


def _torch_shape(size_hw: tuple[int, int], **settings: Any) -> tuple[int, ...]:
    layer = nn.Conv2d(1, 1, device="meta", **settings)
    return tuple(layer(torch.empty(1, 1, *size_hw, device="meta")).shape[2:])


def _setting(least: int, most: int) -> st.SearchStrategy[int | tuple[int, int]]:
    number = st.integers(least, most)
    return number | st.tuples(number, number)


DEFAULTS = {"kernel_size": 1, "stride": 1, "padding": 0}
SIDES = st.tuples(st.integers(1, 40), st.integers(1, 40))


@given(SIDES, _setting(1, 7), _setting(1, 5), _setting(0, 4), _setting(1, 4))
@settings(deadline=None, max_examples=200)
def test_the_shape_is_that_of_conv2d(
    size_hw: tuple[int, int], kernel: Any, stride: Any, padding: Any, dilation: Any
) -> None:
    """The shape is that of nn.Conv2d's output, and a ValueError where nn.Conv2d has no output."""
    named = {"stride": stride, "padding": padding, "dilation": dilation}
    try:
        expected = _torch_shape(size_hw, kernel_size=kernel, **named)
    except RuntimeError:
        with pytest.raises(ValueError, match="does not fit"):
            conv_output_shape(size_hw, kernel, **named)
    else:
        assert conv_output_shape(size_hw, kernel, **named) == expected


@given(st.integers(1, 30), st.integers(1, 7), st.integers(1, 5), st.integers(0, 4), st.integers(1, 4))
@settings(deadline=None, max_examples=100)
def test_the_size_is_the_number_of_places(
    size: int, kernel: int, stride: int, padding: int, dilation: int
) -> None:
    """The size equals a count, one by one, of the places where the whole kernel lies on the padded input."""
    row, last_tap = size + 2 * padding, (kernel - 1) * dilation
    fitting = [first for first in range(0, row, stride) if first + last_tap < row]
    if fitting:
        assert conv_output_size(size, kernel, stride, padding, dilation) == len(fitting)
    else:
        with pytest.raises(ValueError, match="does not fit"):
            conv_output_size(size, kernel, stride, padding, dilation)


@pytest.mark.parametrize(
    ("size", "settings", "expected"),
    [
        ((227, 227), {"kernel_size": 11, "stride": 4}, (55, 55)),
        ((64, 64), {"kernel_size": 7, "stride": 2}, (29, 29)),
        ((32, 32), {"kernel_size": 5, "padding": 2}, (32, 32)),
        ((32, 64), {"kernel_size": 5}, (28, 60)),
        ((64, 32), {"kernel_size": 3, "padding": 1}, (64, 32)),
    ],
)
def test_lecture_examples_on_a_real_tensor(size: Any, settings: Any, expected: Any) -> None:
    """The lecture's five examples have the sizes that nn.Conv2d gives on a real tensor."""
    assert nn.Conv2d(1, 1, **settings)(torch.zeros(1, 1, *size)).shape[2:] == expected
    kernel, *others = (settings.get(name, default) for name, default in DEFAULTS.items())
    assert conv_output_shape(size, kernel, *others) == expected


@pytest.mark.parametrize(
    "arguments", [(-1, 1, 1, 1), (4, 0), (4, 2, 0), (4, 2, -1), (4, 2, 1, -1), (4, 2, 1, 0, 0)]
)
def test_arguments_that_make_no_sense_are_value_errors(arguments: tuple[int, ...]) -> None:
    """A size, kernel, stride or dilation below 1 and a padding below 0 raise ValueError, on one axis too."""
    with pytest.raises(ValueError, match="at least 1"):
        conv_output_size(*arguments)
    size, *others = arguments
    with pytest.raises(ValueError, match="at least 1"):
        conv_output_shape((9, size), *((1, other) for other in others))


# What students write beyond the misconceptions.


SIZES: dict[str, dict[str, Any]] = {
    "a NumPy float": {"count": lambda row, covered, stride: np.floor((row - covered) / stride) + 1},
    "text": {"count": lambda row, covered, stride: str((row - covered) // stride + 1)},
    "a pair": {"count": lambda row, covered, stride: ((row - covered) // stride + 1,) * 2},
    "stride subtracted": {"count": lambda row, covered, stride: row - covered - stride + 1},
    "padding subtracted": {"padded": lambda size, padding: size - 2 * padding},
    "kernel not counted": {"cover": lambda kernel, dilation: 1},
    "even kernel refused": {"kernel_ok": lambda kernel: kernel > 0 and kernel % 2 == 1},
    "the error returned": {"refuse": lambda: ValueError("no output")},
}


def _pair_only(value: Any) -> tuple[int, int]:
    return value if value in (None, 0, 1) else (value[0], value[1])


def _kernel_decides(size_hw: Any, kernel: Any, stride: Any = 1, padding: Any = 0, dilation: Any = 1) -> Any:
    """Take all settings for pairs when the kernel is one, and all for ints otherwise."""
    settings = (kernel, stride, padding, dilation)
    axes = [[v[a] for v in settings] for a in (0, 1)] if isinstance(kernel, tuple) else [settings] * 2
    return tuple(sized(size, *values) for size, values in zip(size_hw, axes, strict=True))


WRONG: list[tuple[str, str, Function]] = [
    *((task.name, known.slug, known.wrong) for task in TASKS.values() for known in task.misconceptions),
    *(("conv_output_size", name, partial(sized, **changes)) for name, changes in SIZES.items()),
    ("conv_output_size", "no argument dilation", lambda size, kernel, stride=1, padding=0: sized(
        size, kernel, stride, padding
    )),
    ("conv_output_shape", "stride a pair only", partial(shaped, strides=_pair_only)),
    ("conv_output_shape", "padding a pair only", partial(shaped, paddings=_pair_only)),
    ("conv_output_shape", "dilation a pair only", partial(shaped, dilations=_pair_only)),
    ("conv_output_shape", "area", lambda *a, **k: math.prod(shaped(*a, **k))),
    ("conv_output_shape", "a generator", lambda *a, **k: (size for size in shaped(*a, **k))),
    ("conv_output_shape", "text", lambda *a, **k: "x".join(map(str, shaped(*a, **k)))),
    ("conv_output_shape", "kernel decides", _kernel_decides),
]


def _counted(size: int, kernel: int, stride: int = 1, padding: int = 0, dilation: int = 1) -> int:
    if min(size, kernel, stride, dilation) < 1 or padding < 0:
        raise ValueError("no output")
    places, first = 0, 0
    while first + (kernel - 1) * dilation < size + 2 * padding:
        places, first = places + 1, first + stride
    if places == 0:
        raise ValueError("no output")
    return places


def _counted_on_each_axis(size_hw: Any, *settings: Any, **named: Any) -> Any:
    axes = [({name: pair(v)[a] for name, v in named.items()}, [pair(v)[a] for v in settings]) for a in (0, 1)]
    return tuple(_counted(size, *values, **by_name) for size, (by_name, values) in zip(size_hw, axes, strict=True))


class _NoOutput(ValueError):
    """A student's own error."""


def _own_error() -> Any:
    raise _NoOutput


RIGHT: list[tuple[str, str, Function]] = [
    ("conv_output_size", "floor division", sized),
    ("conv_output_size", "math.floor", partial(sized, count=lambda row, k, s: math.floor((row - k) / s) + 1)),
    ("conv_output_size", "int()", partial(sized, count=lambda row, k, s: int((row - k) / s + 1))),
    ("conv_output_size", "a NumPy integer", partial(sized, count=lambda row, k, s: np.int64((row - k) // s + 1))),
    ("conv_output_size", "length of a range", partial(sized, count=lambda row, k, s: len(range(0, row - k + 1, s)))),
    ("conv_output_size", "ceiling of the rest", partial(sized, count=lambda row, k, s: -((k - row - 1) // s))),
    ("conv_output_size", "a loop", _counted),
    ("conv_output_size", "a subclass of ValueError", partial(sized, refuse=_own_error)),
    ("conv_output_shape", "a tuple", shaped),
    ("conv_output_shape", "a list", lambda *a, **k: list(shaped(*a, **k))),
    ("conv_output_shape", "a loop on each axis", _counted_on_each_axis),
]


def _label(value: object) -> str:
    return value if isinstance(value, str) else ""


@pytest.mark.parametrize("name", TASKS)
def test_the_solution_is_right(name: str) -> None:
    """The worked solution answers every case and every rung as the reference does."""
    function = getattr(solution(EXERCISE), name)
    assert [lost(TASKS[name], function, seed) for seed in range(3)] == [[], [], []]
    assert missed(TASKS[name], function) == []


@pytest.mark.parametrize(("name", "style", "function"), RIGHT, ids=_label)
def test_right_code_in_any_style_keeps_all_points(name: str, style: str, function: Function) -> None:
    """Floor division, math.floor, int(), loops, NumPy integers, lists and errors of one's own are right."""
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


def test_code_without_checks_keeps_most_points() -> None:
    """Code that computes every size and raises no error keeps at least 70 % of the points."""
    for task, mistake, function in WRONG:
        if mistake == "nothing_checked":
            total = sum(case.points for case in TASKS[task].cases)
            assert sum(case.points for case in lost(TASKS[task], function, 0)) <= 0.3 * total


@pytest.mark.parametrize("name", TASKS)
def test_rungs_and_cases_differ_and_points_are_whole(name: str) -> None:
    """No two rungs and no two names of cases are alike, and the points of a task make a whole number."""
    task = TASKS[name]
    rungs = [spelled(rung) for rung in task.ladder()]
    assert len(set(rungs)) == len(rungs) <= 100
    assert len({case.name for case in task.cases}) == len(task.cases)
    assert float(sum(case.points for case in task.cases)).is_integer()
