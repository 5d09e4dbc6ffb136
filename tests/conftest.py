"""What tests share: warm graders, their reports on the corpus, and a PostgreSQL server."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import postgres
import pytest

from grader import Report
from grader.api import Grader, Options

TORCH = ("06_mnist_cnn", "07_custom_dataset")


@pytest.fixture(scope="session")
def warm() -> Iterator[Grader]:
    """A grader at the strictest level of this machine, whose calls end after 2 seconds."""
    with Grader(Options(time_limit=2.0)) as grader:
        yield grader


@pytest.fixture(scope="session")
def patient() -> Iterator[Grader]:
    """A grader for files that may use torch.optim outside functions: it takes 1.3 s to import. Trains no network."""
    with Grader(Options(train=False)) as grader:
        yield grader


@pytest.fixture(scope="session")
def training() -> Iterator[Grader]:
    """A grader that trains the networks it grades, for 3 s each."""
    with Grader() as grader:
        yield grader


@pytest.fixture(scope="session")
def server() -> Iterator[postgres.Server]:
    """A real PostgreSQL server."""
    try:
        with postgres.running() as started:
            yield started
    except postgres.Absent as absent:
        pytest.skip(str(absent))


@pytest.fixture(scope="session")
def marked(warm: Grader, patient: Grader, training: Grader) -> Callable[[Path], Report]:
    """A function that grades a submission of the corpus, each only once in a run of the tests."""

    @cache
    def mark(path: Path) -> Report:
        exercise = path.parent.parent.name
        trained = "\n# train: yes\n" in path.read_text("utf-8-sig")
        grader = training if trained else patient if exercise in TORCH else warm
        return grader.grade_file(path, exercise)

    return mark
