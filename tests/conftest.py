"""What tests share: one warm grader for all of them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from grader.api import Grader, Options


@pytest.fixture(scope="session")
def warm() -> Iterator[Grader]:
    """A grader at the strictest level of this machine, whose calls end after 2 seconds."""
    with Grader(Options(time_limit=2.0)) as grader:
        yield grader
