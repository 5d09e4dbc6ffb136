"""Answers that would be right for other arguments are told so, when that explains every one of them."""

from __future__ import annotations

from pathlib import Path

from grader.api import Grader

NEGATIVE = """\
import numpy as np

def zero_pad(x, padding):
    ph, pw = (padding, padding) if isinstance(padding, int) else padding
    sign = {sign}
    return np.pad(sign * x, [(0, 0)] * (x.ndim - 2) + [(ph, ph), (pw, pw)])
"""


def _slug(warm: Grader, tmp_path: Path, sign: str) -> str | None:
    path = tmp_path / "02_manual_conv.py"
    path.write_text(NEGATIVE.format(sign=sign))
    diagnosis = warm.grade_file(path).tasks[0].diagnosis
    return diagnosis.slug if diagnosis else None


def test_another_reading_of_an_argument_is_told(warm: Grader, tmp_path: Path) -> None:
    """Where every answer is right for the negative of x, that is what is said."""
    assert _slug(warm, tmp_path, "-1") == "x_read_otherwise"


def test_a_reading_must_explain_every_answer(warm: Grader, tmp_path: Path) -> None:
    """Where some answers are right for x as it is, no other reading of x is told."""
    assert _slug(warm, tmp_path, "-1 if ph > 1 else 1") != "x_read_otherwise"
