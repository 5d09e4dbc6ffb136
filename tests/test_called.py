"""A function that fails because of one that it calls is told to mend that one first."""

from __future__ import annotations

from pathlib import Path

from grader.api import Grader

PAD = """\
import numpy as np

def zero_pad(x, padding):
    ph, pw = (padding, padding) if isinstance(padding, int) else padding
    return np.pad(x, [(0, 0)] * (x.ndim - 2) + [(ph, ph), (pw, pw)], constant_values=0.25)

def framed(x, padding):
    return zero_pad(x, padding)

def conv2d_single(image, kernel, stride=1, padding=0):
    padded = {frame}(image, padding)
    sh, sw = (stride, stride) if isinstance(stride, int) else stride
    windows = np.lib.stride_tricks.sliding_window_view(padded, kernel.shape)[::sh, ::sw]
    return np.tensordot(windows, kernel, 2)
"""
OWN = """
def own(image, padding):
    ph, pw = (padding, padding) if isinstance(padding, int) else padding
    return np.pad(image, [(ph, ph), (pw, pw)], constant_values=0.5)
"""


def _slug(warm: Grader, tmp_path: Path, frame: str) -> str:
    path = tmp_path / "02_manual_conv.py"
    path.write_text(PAD.format(frame=frame) + OWN)
    (single,) = (task for task in warm.grade_file(path).tasks if task.name == "conv2d_single")
    assert single.diagnosis is not None
    return single.diagnosis.slug


def test_the_called_function_is_to_be_mended_first(warm: Grader, tmp_path: Path) -> None:
    """A mistake without a name of its own that may come from a failed function is put down to that one."""
    assert _slug(warm, tmp_path, "framed") == "calls_a_wrong_function"


def test_a_function_that_is_not_called_is_not_to_blame(warm: Grader, tmp_path: Path) -> None:
    """A mistake of a function's own is not put down to another one that fails as well."""
    assert _slug(warm, tmp_path, "own") != "calls_a_wrong_function"
