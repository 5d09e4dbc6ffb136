"""The exercise of a submission is told by what was asked, by its file's name, and by what it defines."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from cnnexercises import catalog
from cnnexercises.exercise import Exercise, FunctionTask
from grader.errors import UsageError
from grader.parsing import syntax_error
from grader.recognition import UnrecognisedExercise, entry_by_name, recognise
from grader.submission import Submission, Unit

COURSE = {
    "output_size": ("size", "shape"),
    "conv_backprop": ("conv1d", "conv2d"),
    "mnist_cnn": ("CNN",),
    "pooling": ("max_pool", "size"),
}


class _Entry(catalog.Entry):
    def load(self) -> Exercise:
        tasks = tuple(
            FunctionTask(name, (), "", np.zeros, (), lambda: iter(()), ()) for name in COURSE[self.slug]
        )
        return Exercise(self.number, self.slug, "", "", 1, 1, "numpy", "", (), tasks)


@pytest.fixture(autouse=True)
def course(monkeypatch: pytest.MonkeyPatch) -> None:
    """A course of four exercises: 01_output_size, 04_conv_backprop, 06_mnist_cnn and 11_pooling."""
    entries = tuple(_Entry(n, slug, "numpy") for n, slug in zip((1, 4, 6, 11), COURSE, strict=True))
    monkeypatch.setattr(catalog, "ENTRIES", entries)
    monkeypatch.setattr(catalog, "exercises", lambda: tuple(entry.load() for entry in entries))


def submission(name: str, *sources: str) -> Submission:
    """Return a submission that was never on a disk."""
    units = tuple(Unit(f"cell {n}", text, syntax_error(text)) for n, text in enumerate(sources, 1))
    return Submission(Path(name), "", units)


@pytest.mark.parametrize("wanted", ["4", "04", "conv_backprop", "04_conv_backprop"])
def test_the_exercise_that_is_asked_for_decides(wanted: str) -> None:
    """--exercise goes before the file's name and before what the file defines."""
    assert recognise(submission("01_output_size.py", "class CNN: x = 1"), wanted).name == "04_conv_backprop"


def test_an_exercise_that_does_not_exist_is_a_sentence() -> None:
    """An unknown --exercise is bad usage, and the near miss is named."""
    with pytest.raises(UsageError, match="did you mean conv_backprop"):
        recognise(submission("x.py"), "conv_backprob")


@pytest.mark.parametrize(
    "name",
    [
        "04_conv_backprop.py",
        "04_conv_backprop.ipynb",
        "04_Conv_Backprop.PY",
        "04_conv_backprop (1).py",
        "04_conv_backprop-2.py",
        "04-conv-backprop.py",
        "04 conv backprop.py",
        "kim_04_conv_backprop.py",
        "kim_12345_678_04_conv_backprop-1.py",
        "김철수04_conv_backprop_최종.py",
        "Copy of 04_conv_backprop.ipynb",
    ],
)
def test_the_name_of_the_file_tells_the_exercise(name: str) -> None:
    """The course's name is found in copies, with a student's name around it, in Korean too."""
    assert recognise(submission(name, "class CNN: x = 1")).name == "04_conv_backprop"


@pytest.mark.parametrize(
    "name",
    ["104_conv_backprop.py", "04_conv_backprop2.py", "04_conv.py", "01_output_size_04_conv_backprop.py"],
)
def test_a_name_that_only_resembles_one_tells_nothing(name: str) -> None:
    """A longer number, a longer word, a part of a name, and two names in one decide nothing."""
    assert entry_by_name(Path(name)) is None


def test_a_file_of_another_name_is_told_by_what_it_defines() -> None:
    """The entry points may be spread over cells, and need not all be there."""
    assert recognise(submission("homework.py", "def conv1d(): 1", "def conv2d(): 1")).slug == "conv_backprop"
    assert recognise(submission("homework.py", "def conv2d(): 1")).slug == "conv_backprop"
    assert recognise(submission("homework.py", "if True:\n    class CNN: x = 1")).slug == "mnist_cnn"


def test_an_exercise_that_is_complete_goes_before_one_that_is_not() -> None:
    """A network with a helper from another exercise is the network's exercise."""
    assert recognise(submission("x.py", "class CNN: x = 1\ndef conv2d(): 1")).slug == "mnist_cnn"
    assert recognise(submission("x.py", "def size(): 1\ndef shape(): 1")).slug == "output_size"


def test_a_file_that_fits_two_exercises_is_asked_about() -> None:
    """When two exercises fit equally well, both are named, with what to do."""
    with pytest.raises(UnrecognisedExercise, match=r"01_output_size and 11_pooling.*--exercise NAME"):
        recognise(submission("x.py", "def size(): 1"))


def test_a_file_that_defines_nothing_of_the_course_is_asked_about() -> None:
    """A file of another name without any entry point is told how to name its exercise."""
    with pytest.raises(UnrecognisedExercise, match=r"kim\.py .*none of their functions.*01_output_size\.py"):
        recognise(submission("kim.py", "x = 1"))


def test_a_syntax_error_is_named_as_the_reason() -> None:
    """A file that does not parse says so, because its definitions cannot be seen."""
    with pytest.raises(UnrecognisedExercise, match=r"cell 1 is not valid Python \(line 1: .*def conv2d\("):
        recognise(submission("kim.py", "def conv2d(\nx = 1"))
