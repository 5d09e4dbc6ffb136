"""Where no single call fails, two calls in a row show what a function keeps between them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from grader.api import Grader

KEEPS = """\
def linear_params(sizes, bias=True, result=[]):
    for n, m in zip(sizes, sizes[1:]):
        result.append((n * m, m if bias else 0))
    return result
"""


def test_two_calls_show_what_is_kept(warm: Grader, tmp_path: Path) -> None:
    """A list that is a default is named, and the script that replays both calls fails."""
    path = tmp_path / "03_parameter_count.py"
    path.write_text(KEEPS)
    task = warm.grade_file(path).tasks[0]
    assert task.diagnosis is not None
    assert task.counterexample is not None
    assert task.diagnosis.slug == "kept_from_call_to_call"
    assert task.counterexample.call == "linear_params([1, 1])\nlinear_params([1, 1])"
    script = tmp_path / "replay.py"
    script.write_text(task.counterexample.replay)
    ran = subprocess.run([sys.executable, script, path], capture_output=True, text=True, check=False)
    assert "AssertionError" in ran.stderr
