"""A count that is wrong by one of the arguments is told by which."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.api import Grader

COUNTS = """\
def weight_counts(size_hw, kernel, filters):
    (h, w), (kh, kw) = size_hw, (kernel, kernel) if isinstance(kernel, int) else kernel
    connected = h * w * (h - kh + 1) * (w - kw + 1) * filters
    return {connected}, {shared} * filters
"""

@pytest.mark.parametrize(
    ("connected", "shared", "title"),
    [
        ("connected * filters", "kh * kw", "fully_connected has the factor filters once too often"),
        ("connected // (h * w)", "kh * kw", "fully_connected lacks the factor height * width of size_hw"),
        ("connected + filters", "kh * kw", "fully_connected is too large by filters"),
        ("connected", "kh", "convolution lacks the factor the width of kernel"),
    ],
)
def test_the_quantity_is_named(connected: str, shared: str, title: str, warm: Grader, tmp_path: Path) -> None:
    """A factor or a term that is missing or one too many in every answer is called by its name."""
    path = tmp_path / "03_parameter_count.py"
    path.write_text(COUNTS.format(connected=connected, shared=shared))
    diagnosis = warm.grade_file(path).tasks[2].diagnosis
    assert diagnosis is not None
    assert diagnosis.title == title
    assert diagnosis.certainty == "pattern"
