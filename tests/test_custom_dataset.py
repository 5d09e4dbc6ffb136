"""Exercise 07: its answers against torch, its cases against right and wrong data sets, its statement."""

from __future__ import annotations

import copy
import runpy
import subprocess
import sys
from pathlib import Path
from typing import Any

import dataset_variants
import numpy as np
import pytest
import torch
from dataset_variants import RIGHT, WRONG, Lecture, NotDerived
from marking import solution
from torch.utils.data import DataLoader, Dataset

from cnnexercises import custom_dataset_answers as answers
from cnnexercises.custom_dataset import EXERCISE
from cnnexercises.custom_dataset_answers import X_TABLE, Y_TABLE
from cnnexercises.exercise import DatasetTask, Observation, Tensor
from cnnexercises.probes import dataset as probes

torch.set_num_threads(1)
SEEDS = range(3)


def task() -> DatasetTask:
    """Return the exercise's only task."""
    (only,) = EXERCISE.tasks
    assert isinstance(only, DatasetTask)
    return only


def outcome(function: Any, args: tuple[Any, ...]) -> Any:
    """Return what a call returns, or the class of what it raises."""
    try:
        return function(*args)
    except Exception as error:
        return type(error)


def agree(expected: Any, given: Any) -> bool:
    """Whether an answer counts as the expected one; tensors must have dtype, shape and values."""
    if isinstance(expected, type):
        return isinstance(given, type) and issubclass(given, expected)
    if isinstance(expected, Tensor):
        same = isinstance(given, torch.Tensor) and given.shape == expected.array.shape
        return same and given.dtype == torch.float32 and np.allclose(given.numpy(), expected.array, rtol=1e-5)
    if isinstance(expected, tuple | list):
        same = isinstance(given, tuple | list) and len(given) == len(expected)
        return same and all(map(agree, expected, given))
    return type(given) is type(expected) and bool(given == expected)


def right(entry: Any, observation: Observation, seed: int) -> bool:
    """Whether a data set answers as it should, and leaves what it was given as it was."""
    question = observation.case.inputs(np.random.default_rng(seed))
    fresh = copy.deepcopy(question.args)
    given = outcome(getattr(probes, observation.probe), (entry, *question.args))
    untouched = repr(question.args) == repr(fresh)  # arrays here are small, and written out in full
    return untouched and agree(outcome(observation.answer, fresh), given)


def lost(name: str, seed: int) -> set[str]:
    """Return the cases that a data set of the variants gets wrong; its classes are defined anew for it."""
    entry = runpy.run_path(str(dataset_variants.__file__), run_name="variants")[name]
    return {watch.case.name for watch in task().observations if not right(entry, watch, seed)}


@pytest.mark.parametrize("entry", RIGHT, ids=lambda entry: str(entry.__name__))
def test_right_data_sets_keep_all_points(entry: type) -> None:
    """The lecture's code, tensors at once, NumPy inside, pairs and torch's TensorDataset are all right."""
    assert [lost(entry.__name__, seed) for seed in SEEDS] == [set()] * len(SEEDS)


def test_the_solution_is_right() -> None:
    """The worked solution passes every case."""
    entry = solution(EXERCISE).CustomDataset
    assert all(right(entry, watch, seed) for watch in task().observations for seed in SEEDS)


@pytest.mark.parametrize("entry", WRONG, ids=lambda entry: str(entry.__name__))
def test_a_mistake_fails_exactly_its_cases(entry: type) -> None:
    """Each mistake fails the cases that ask about it and no other, whatever the seed."""
    assert [lost(entry.__name__, seed) for seed in SEEDS] == [WRONG[entry]] * len(SEEDS)


def test_not_deriving_from_dataset_is_told_and_costs_nothing() -> None:
    """A class that works without deriving from Dataset keeps its points and gets the note."""
    assert lost(NotDerived.__name__, 0) == {"a subclass of Dataset"}
    assert [case.name for case in task().cases if not case.points] == ["a subclass of Dataset"]


def points(cases: set[str]) -> float:
    """Return what the cases are worth together."""
    return sum(case.points for case in task().cases if case.name in cases)


ADVANCED = "NoNegative AddsTheLength EmptyIsNone Modulo ClassAttribute WithoutDtype Scalars IfNot"


@pytest.mark.parametrize("mistake", ADVANCED.split())
def test_one_mistake_keeps_most_points(mistake: str) -> None:
    """Code that is right but for an edge, a dtype or a shape keeps three quarters of the points."""
    entry = next(variant for variant in WRONG if variant.__name__ == mistake)
    total = sum(case.points for case in task().cases)
    assert total == 12
    assert points(WRONG[entry]) <= total / 4


def test_every_case_is_needed() -> None:
    """Each case with points is failed by some mistake, and every mistake costs points."""
    assert set().union(*WRONG.values()) == {case.name for case in task().cases if case.points}
    assert all(points(cases) > 0 for cases in WRONG.values())


def test_every_case_says_what_a_failure_tells() -> None:
    """Every case but the plain length has a sentence for when it fails, and names are told apart."""
    names = [case.name for case in task().cases]
    assert len(set(names)) == len(names)
    assert [case.name for case in task().cases if case.why is None] == ["length of the lecture's table"]


def test_drawn_data_is_not_the_table() -> None:
    """Data drawn for a case differs from seed to seed, and its length is not the table's."""
    own = ["contents", "exact_items", "loop", "epochs"]
    for watch in task().observations:
        if watch.probe in own:
            drawn = [watch.case.inputs(np.random.default_rng(seed)).args[1] for seed in SEEDS]
            assert all(len(x) != len(X_TABLE) for x in drawn)
            assert len({str(x) for x in drawn}) == len(drawn)


def test_answers_equal_what_torch_gives() -> None:
    """The answers in NumPy are those of the lecture's class in torch, for batches and shuffled epochs too."""
    x, y = np.random.default_rng(0).normal(size=(7, 3)), np.arange(7.0).reshape(7, 1)
    assert agree(answers.contents([3, -1], x, y), probes.contents(Lecture, [3, -1], x, y))
    assert agree(answers.batches(2), list(DataLoader(Lecture(), batch_size=2)))
    assert agree(answers.batches(3), list(DataLoader(Lecture(), batch_size=3)))
    assert agree(answers.epochs(2, x, y), probes.epochs(Lecture, 2, x, y))
    assert [batch.array.shape for pair in answers.batches(2) for batch in pair] == [
        (2, 3), (2, 1), (2, 3), (2, 1), (1, 3), (1, 1)
    ]  # fmt: skip
    for index in (7, -8):
        with pytest.raises(IndexError):
            answers.item(index, x, y)


def test_an_endless_data_set_ends_in_the_probe() -> None:
    """The loop over a data set without an end is left after a bound."""

    class Endless(Dataset[Any]):
        def __init__(self, *data: Any) -> None: ...

        def __getitem__(self, idx: Any) -> Any:
            return idx, idx

    assert probes.loop(Endless, 12, [], []) == 12


@pytest.mark.parametrize("item", [None, "text", 7, [], {"x": 1}, (), ("a", None), [[1, 2], object()], b"x"])
def test_probes_survive_any_item(item: Any) -> None:
    """Whatever stands in place of an item, a probe returns it, for the grader to say what it is."""

    class Odd:
        def __init__(self, *data: Any) -> None: ...

        def __len__(self) -> int:
            return 1

        def __getitem__(self, idx: Any) -> Any:
            return item

    assert not agree(answers.items([0]), probes.items(Odd, [0]))
    assert not agree(answers.items([0]), probes.exact_items(Odd, [0]))
    assert not agree(answers.shapes(), probes.shapes(Odd))
    assert not agree(answers.dtypes(), probes.dtypes(Odd))


def test_the_statement_and_the_stub_show_the_table() -> None:
    """The table in the statement, and that given in the student's file, are the lecture's."""
    for x, (y,) in zip(X_TABLE, Y_TABLE, strict=True):
        assert [*map(str, x), str(y)] in [line.split() for line in EXERCISE.statement.splitlines()]
    given = solution(EXERCISE)
    assert [tuple(map(tuple, table)) for table in (given.X_TABLE, given.Y_TABLE)] == [X_TABLE, Y_TABLE]


def test_grading_needs_no_torch() -> None:
    """The exercise and its answers are NumPy only: the grading process never imports torch."""
    script = (
        "import sys, numpy as np; from cnnexercises.custom_dataset import EXERCISE\n"
        "for watch in EXERCISE.tasks[0].observations:\n"
        "    call = watch.case.inputs(np.random.default_rng(0))\n"
        "    try: watch.answer(*call.args, **call.kwargs)\n"
        "    except IndexError: pass\n"
        "print('torch' in sys.modules)"
    )
    root = Path(__file__).parent.parent
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=root)
    assert done.stdout == "False\n"


def test_hints_rise_from_a_nudge_to_nearly_the_answer() -> None:
    """There are three to five hints, and only the last one shows the whole line."""
    hints = task().hints
    assert 3 <= len(hints) <= 5
    assert ["self.x_data[idx], dtype=torch.float32" in hint for hint in hints].index(True) == len(hints) - 1
