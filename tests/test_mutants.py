"""The mutation test of the references and solutions: benchmarks/mutants.py."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

SCRIPT = Path(__file__).resolve().parent.parent / "benchmarks" / "mutants.py"


def run(*arguments: str, reasons: Path) -> subprocess.CompletedProcess[str]:
    """Run the script with a file of reasons."""
    command = [sys.executable, str(SCRIPT), *arguments, "--reasons", str(reasons)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_a_survivor_without_a_reason_fails(tmp_path: Path) -> None:
    """Where a mutant survives and no reason is given, the script says so, shows the line, and ends with 1."""
    (tmp_path / "none.toml").write_text("", encoding="utf-8")
    ran = run("conv1d_backward", reasons=tmp_path / "none.toml")
    assert ran.returncode == 1, ran.stderr
    assert "  + for n, i in np.ndindex(len(dy), len(dw)):" in ran.stdout
    assert ran.stdout.count("why does this survive?") == 3


def test_a_reason_without_a_survivor_fails(tmp_path: Path) -> None:
    """Every mutant of a small task is caught, so that a reason why one survives is out of date."""
    (tmp_path / "old.toml").write_text("[solution.upsample]\n'pass' = 'It does nothing.'\n", encoding="utf-8")
    ran = run("upsample", reasons=tmp_path / "old.toml")
    assert ran.returncode == 1, ran.stderr
    assert ran.stdout.count("100.0%") == 4
    assert "upsample, solution: this has a reason, and is caught: pass" in ran.stdout


def test_an_unknown_task_is_named(tmp_path: Path) -> None:
    """A task that does not exist is bad usage, and its name is repeated."""
    ran = run("conv3d", reasons=tmp_path / "none.toml")
    assert ran.returncode == 2
    assert "there is no task conv3d." in ran.stderr
