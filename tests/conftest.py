"""What tests share: one warm grader for all of them, and its reports on the corpus."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

from grader import Report
from grader.api import Grader, Options


@pytest.fixture(scope="session")
def warm() -> Iterator[Grader]:
    """A grader at the strictest level of this machine, whose calls end after 2 seconds."""
    with Grader(Options(time_limit=2.0)) as grader:
        yield grader


@pytest.fixture(scope="session")
def marked(warm: Grader) -> Callable[[Path], Report]:
    """A function that grades a submission of the corpus, each only once in a run of the tests."""
    return cache(lambda path: warm.grade_file(path, path.parent.parent.name))


@pytest.fixture(scope="session")
def patient() -> Iterator[Grader]:
    """A grader for files that use torch.optim outside functions, which takes 1.3 s to import. Does not train."""
    with Grader(Options(train=False)) as grader:
        yield grader


@pytest.fixture(scope="session")
def training() -> Iterator[Grader]:
    """A grader that trains the networks it grades, for 3 s each."""
    with Grader() as grader:
        yield grader
