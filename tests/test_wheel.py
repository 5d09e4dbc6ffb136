"""The built wheel holds all that a user needs: it is installed away from the checkout, and used there."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel installed, and nothing else."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    target = folder / "site"
    install = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-compile", "--target", str(target)]
    subprocess.run([*install, str(wheel)], check=True, capture_output=True)
    return target


def run(site: Path, *command: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run Python with the wheel's packages before those of the checkout."""
    environment = os.environ | {"PYTHONPATH": str(site)}
    return subprocess.run(
        [sys.executable, *command], cwd=cwd, env=environment, capture_output=True, text=True, check=False
    )


def test_the_wheel_carries_stubs_solutions_data_and_types(site: Path) -> None:
    """Stubs, solutions, probes, networks, digits and py.typed are in the wheel."""
    for name in (
        "cnnexercises/exercises/01_output_size.py",
        "cnnexercises/solutions/06_mnist_cnn.py",
        "cnnexercises/probes/network.py",
        "cnnexercises/networks/mnist_cnn.py",
        "cnnexercises/data/train-images-idx3-ubyte.gz",
        "cnnexercises/py.typed",
        "grader/py.typed",
    ):
        assert (site / name).is_file(), name


def test_solutions_of_the_wheel_get_full_marks(site: Path, tmp_path: Path) -> None:
    """Away from the checkout, the wheel grades the solutions that it carries: full marks and exit code 0."""
    found = run(site, "-c", "import grader; print(grader.__file__)", cwd=tmp_path)
    assert found.stdout.startswith(str(site)), found
    solutions = sorted((site / "cnnexercises/solutions").glob("*.py"))
    assert len(solutions) >= 7
    graded = run(site, "-m", "grader", "grade", "--format", "json", *map(str, solutions), cwd=tmp_path)
    assert graded.returncode == 0, graded
    assert len(graded.stdout.splitlines()) == len(solutions)


def test_the_suite_passes_on_the_wheel(site: Path, tmp_path: Path) -> None:
    """The verdicts on the corpus are the same when the installed wheel gives them."""
    tests = str(ROOT / "tests/test_corpus.py")
    result = run(site, "-m", "pytest", "-q", "-p", "no:cacheprovider", f"--rootdir={tmp_path}", tests, cwd=tmp_path)
    assert result.returncode == 0, result.stdout[-3000:]
