"""Grades the same 20 submissions of exercise 04 with nbgrader 0.9.6 and with `cnnex bulk`, and prints the ratio.

nbgrader is installed into a folder of its own, ``.venv-nbgrader`` in the checkout, the first time. Its notebook has
the functions to write in two cells, and a test cell for each case of ours, with the answers that the reference gives:
what an instructor would write who wanted the same verdicts. It says neither what is wrong nor why.
"""

from __future__ import annotations

import csv
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np

from cnnexercises import catalog
from cnnexercises.exercise import FunctionTask
from grader.grading import questions

nbformat: Any = import_module("nbformat")
v4: Any = import_module("nbformat.v4")

ROOT = Path(__file__).resolve().parent.parent.parent
VENV = ROOT / ".venv-nbgrader"
EXERCISE = "04_conv_backprop"
STUDENTS = 20
ROUNDS = 3
COPIES = 10
MANY = "cnnex bulk, ten times as many"

CHECK = """\
import numpy as np
def same(given, wanted):
    assert len(given) == len(wanted)
    for one, other in zip(given, wanted):
        assert np.asarray(one).shape == np.shape(other)
        assert np.allclose(one, other, rtol=1e-6, atol=1e-8)
"""


def nbgrader() -> Path:
    """Return the nbgrader command, which is installed first where it is missing."""
    command = VENV / "bin" / "nbgrader"
    if not command.exists():
        subprocess.run([sys.executable, "-m", "venv", str(VENV)], check=True)
        pip = [str(VENV / "bin" / "python"), "-m", "pip", "install", "--quiet", "nbgrader==0.9.6", "numpy"]
        subprocess.run(pip, check=True)
    return command


def submissions() -> list[str]:
    """Return the sources: a third of them wrong, as in a class."""
    folder = ROOT / "tests" / "submissions" / EXERCISE
    wrong = [path.read_text("utf-8") for path in sorted((folder / "wrong").glob("*.py"))[: STUDENTS // 3]]
    right = [path.read_text("utf-8") for path in sorted((folder / "right").glob("*.py"))]
    solution = (catalog.folder("solutions") / f"{EXERCISE}.py").read_text("utf-8")
    padded = [*wrong, *right, *[solution] * STUDENTS]
    return padded[:STUDENTS]


# --- the notebooks ------------------------------------------------------------------------------------------


def cell(source: str, name: str, *, solution: bool = False, points: float | None = None) -> Any:
    """Return a code cell with nbgrader's metadata; with points it is a test, which students cannot change."""
    made = v4.new_code_cell(source)
    made.metadata["nbgrader"] = {
        "grade": points is not None,
        "grade_id": name,
        "locked": not solution,
        "schema_version": 3,
        "solution": solution,
        "task": False,
        **({} if points is None else {"points": points}),
    }
    return made


def literal(value: Any) -> str:
    """Return an argument or an answer as source."""
    if isinstance(value, np.ndarray):
        return f"np.array({value.tolist()!r}).reshape({value.shape!r})"
    if isinstance(value, tuple):
        return f"({', '.join(map(literal, value))},)"
    return repr(value)


def tests() -> list[Any]:
    """Return a test cell for each case with points."""
    cells = [cell(CHECK, "check")]
    for task in catalog.find(EXERCISE).tasks:
        assert isinstance(task, FunctionTask)
        for number, question in enumerate(questions(task, 0)):
            asked = question.call
            words = [*map(literal, asked.args), *(f"{name}={literal(v)}" for name, v in asked.kwargs.items())]
            source = f"same({task.name}({', '.join(words)}), {literal(tuple(question.expected.value))})"
            if question.case.points:
                cells.append(cell(source, f"{task.name}-{number}", points=question.case.points))
    return cells


def write_course(course: Path, sources: list[str]) -> None:
    """Write a course with one assignment, and a submission of each student."""
    course.mkdir()
    (course / "nbgrader_config.py").write_text(
        f"c = get_config()\nc.CourseDirectory.course_id = 'cnn'\nc.CourseDirectory.root = {str(course)!r}\n"
    )
    checks = tests()
    for folder, source in [
        (course / "source", "def conv1d_backward(dy, x, w):\n    raise NotImplementedError\n"),
        *((course / "submitted" / f"s{number:02d}", source) for number, source in enumerate(sources)),
    ]:
        notebook = v4.new_notebook(cells=[cell(source, "functions", solution=True), *checks])
        notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
        (folder / "ps").mkdir(parents=True)
        nbformat.write(notebook, str(folder / "ps" / f"{EXERCISE}.ipynb"))


def write_class(folder: Path, sources: list[str]) -> None:
    """Write the same submissions as notebooks in a folder for each student."""
    for number, source in enumerate(sources):
        (folder / f"s{number:02d}").mkdir(parents=True)
        notebook = v4.new_notebook(cells=[v4.new_code_cell(source)])
        nbformat.write(notebook, str(folder / f"s{number:02d}" / f"{EXERCISE}.ipynb"))


# --- the race -----------------------------------------------------------------------------------------------


def seconds(command: list[str], folder: Path, codes: set[int]) -> float:
    """Return the wall time of a command that ends with one of some exit codes."""
    environment = os.environ | {"PATH": f"{VENV / 'bin'}{os.pathsep}{os.environ['PATH']}"}  # nbgrader calls alembic
    began = time.perf_counter()
    ended = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    if ended.returncode not in codes:
        raise SystemExit(f"{' '.join(command)} ended with {ended.returncode}:\n{ended.stderr[-2000:]}")
    return time.perf_counter() - began


def full_marks(grades: Path) -> int:
    """Return how many lines of a table of grades have every point."""
    with grades.open(encoding="utf-8", newline="") as file:
        return sum(float(line["score"]) == float(line["max_score"]) for line in csv.DictReader(file))


def main() -> None:
    """Grade with both in turns, and print the medians."""
    command, sources = str(nbgrader()), submissions()
    times: dict[str, list[float]] = {"nbgrader autograde": [], "cnnex bulk": [], MANY: []}
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        write_course(folder / "course", sources)
        write_class(folder / "class", sources)
        write_class(folder / "many", [f"{source}\n# {copy}\n" for copy in range(COPIES) for source in sources])
        seconds([command, "generate_assignment", "ps", "--force"], folder / "course", {0})
        for _ in range(ROUNDS):
            shutil.rmtree(folder / "course" / "autograded", ignore_errors=True)
            autograde = [command, "autograde", "ps", "--force"]
            times["nbgrader autograde"].append(seconds(autograde, folder / "course", {0}))
            for name, graded in (("cnnex bulk", "class"), (MANY, "many")):
                bulk = [sys.executable, "-m", "grader", "bulk", graded, "--gradebook", f"{graded}.db", "--regrade"]
                times[name].append(seconds(bulk, folder, {1}))
        seconds([command, "export", "--to", "grades.csv"], folder / "course", {0})
        export = ["export", "--gradebook", "class.db", "--format", "csv", "-o", "grades.csv"]
        seconds([sys.executable, "-m", "grader", *export], folder, {0})
        tables = (folder / "course" / "grades.csv", folder / "grades.csv")
        full = {name: full_marks(table) for name, table in zip(times, tables, strict=False)}
    print(f"{platform.processor() or platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    medians = {name: statistics.median(values) for name, values in times.items()}
    for name, table in full.items():
        told = f"{medians[name] / STUDENTS:6.3f} s each, {table} with full marks"
        print(f"{name:20} {medians[name]:7.2f} s for {STUDENTS} submissions, {told}")
    print(f"ratio: {medians['nbgrader autograde'] / medians['cnnex bulk']:.0f}, the start of both included")
    further = (medians[MANY] - medians["cnnex bulk"]) / (STUDENTS * (COPIES - 1))
    ratio = medians["nbgrader autograde"] / STUDENTS / further
    print(f"each further one: {further:.4f} s with cnnex, ratio {ratio:.0f}")


if __name__ == "__main__":
    main()
