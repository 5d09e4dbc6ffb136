"""A gradebook goes to other systems: each format loads in what reads it, and holds what the gradebook holds."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree
from zipfile import ZipFile

import pandas
import pytest
from click.testing import CliRunner, Result
from storing import a_key, a_report

import grader.cli
from cnnexercises import catalog
from grader.exports import EXPORTS, exporter
from grader.gradebook import Gradebook, open_gradebook
from grader.report import Report, TaskResult

FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =1", "＝1", "=HYPERLINK(\"http://x\",\"y\")", "|=1"]


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Gradebook]:
    """A gradebook of three students: a Korean name, a formula for a name, and one whose grading failed."""
    with open_gradebook(str(tmp_path / "gradebook.db")) as book:
        store(book, "김민지", 7.25, identifier="4711")
        store(book, "김민지", 3, exercise="05_pool_backprop", identifier="4712")
        store(book, "=1+1", 10, identifier="4713")
        store(book, "lee, \"jr\"", 0, status="fault")
        book.adjust("김민지", "04_conv_backprop", -0.5, "=late", "Prof. Kim")
        yield book


def store(book: Gradebook, student: str, score: float, identifier: str | None = None, **fields: object) -> Report:
    """Store a report of a student, with a task that holds its points."""
    task = TaskResult(name="conv2d_backward", status="failed", score=score, max_score=10.0, cases=(), notes=())
    report = a_report(student, float(score), tasks=(task,), **fields)
    book.store(report, a_key(student, exercise=report.exercise), identifier)
    return report


def exported(book: Gradebook, form: str, path: Path) -> Path:
    """Write a gradebook in a format, and return where it is."""
    exporter(form)(book, "last", path)
    return path


# --- spreadsheets -------------------------------------------------------------------------------------------


def test_csv_loads_in_pandas(book: Gradebook, tmp_path: Path) -> None:
    """A line a student and exercise, numbers as numbers, an empty score for what was not graded."""
    frame = pandas.read_csv(exported(book, "csv", tmp_path / "grades.csv"))
    assert list(frame["student"]) == ["'=1+1", "lee, \"jr\"", "김민지", "김민지"]
    assert list(frame["total"].dropna()) == [10, 6.75, 3]
    assert frame["score"].isna().tolist() == [False, True, False, False]
    fault = frame.iloc[1]
    assert (fault["status"], fault["not_graded_attempts"]) == ("fault", 1)
    assert frame.iloc[2]["comments"] == "'-0.5 Prof. Kim: =late"
    assert frame.iloc[2]["exercise"] == "04_conv_backprop"


@pytest.mark.parametrize("name", FORMULAS)
@pytest.mark.parametrize("form", ["csv", "canvas", "moodle"])
def test_no_cell_is_a_formula(form: str, name: str, tmp_path: Path) -> None:
    """A name that a spreadsheet program would compute is text in every table."""
    with open_gradebook(str(tmp_path / "gradebook.db")) as book:
        store(book, name, 5)
        book.adjust(name, "04_conv_backprop", 1, name, name)
        path = exported(book, form, tmp_path / "grades.csv")
    with path.open(encoding="utf-8", newline="") as file:
        cells = [cell for line in csv.reader(file) for cell in line]
    texts = [cell for cell in cells if not cell.replace(".", "").isdigit() and cell != "-"]
    assert texts
    assert not [cell for cell in texts if cell.strip(" ").startswith(tuple("=+-@＝＋－＠\t\r\n"))]


def test_canvas_reads_students_by_number(book: Gradebook, tmp_path: Path) -> None:
    """Canvas's five columns come first, a second line has the points possible, and a column is an exercise."""
    frame = pandas.read_csv(exported(book, "canvas", tmp_path / "canvas.csv"), dtype={"ID": str})
    assert list(frame.columns) == [
        "Student", "ID", "SIS User ID", "SIS Login ID", "Section", "04_conv_backprop", "05_pool_backprop",
    ]  # fmt: skip
    assert frame.iloc[0]["Student"].strip() == "Points Possible"
    assert list(frame.iloc[0][["04_conv_backprop", "05_pool_backprop"]]) == [10, 10]
    kim = frame[frame["Student"] == "김민지"].iloc[0]
    assert (kim["04_conv_backprop"], kim["05_pool_backprop"]) == (6.75, 3)
    assert kim["ID"] in ("4711", "4712")
    fault = frame[frame["Student"].str.startswith("lee")].iloc[0]
    assert pandas.isna(fault["04_conv_backprop"]), "an empty cell leaves Canvas's grade as it is"


def test_moodle_gets_the_worksheet_of_an_assignment(tmp_path: Path) -> None:
    """For one exercise the columns that Moodle's grading worksheet reads are there, with its participants."""
    with open_gradebook(str(tmp_path / "gradebook.db")) as book:
        store(book, "김민지", 7.25, identifier="4711")
        store(book, "lee", 0, status="unreadable", identifier="4712")
        frame = pandas.read_csv(exported(book, "moodle", tmp_path / "moodle.csv"))
    assert {"Identifier", "Full name", "Grade", "Last modified (grade)"} <= set(frame.columns)
    assert list(frame["Identifier"]) == ["Participant 4712", "Participant 4711"]
    assert frame["Grade"].isna().tolist() == [True, False]
    assert frame.iloc[1]["Grade"] == 7.25


def test_moodle_gets_a_column_for_each_of_several_exercises(book: Gradebook, tmp_path: Path) -> None:
    """For several exercises it is a table for the import of grades, without the numbers of single assignments."""
    frame = pandas.read_csv(exported(book, "moodle", tmp_path / "moodle.csv"))
    assert list(frame.columns) == ["Full name", "04_conv_backprop", "05_pool_backprop"]
    assert len(frame) == 3


# --- documents ----------------------------------------------------------------------------------------------


def test_jsonl_is_what_was_stored(book: Gradebook, tmp_path: Path) -> None:
    """Each line is a stored report, to the byte, and reads back as one."""
    lines = exported(book, "jsonl", tmp_path / "reports.jsonl").read_text("utf-8").splitlines()
    assert lines == [entry.json for entry in book.entries()]
    assert len([Report.model_validate_json(line) for line in lines]) == 4


def test_gradescope_gets_the_points_with_those_by_hand(book: Gradebook, tmp_path: Path) -> None:
    """Each student has a results.json: the score is the sum of the tests, an adjustment is a test of its own."""
    folder = exported(book, "gradescope", tmp_path / "results")
    results = {path.parent.name: json.loads(path.read_text("utf-8")) for path in folder.glob("*/results.json")}
    assert len(results) == 3
    kim = results["김민지"]
    assert kim["score"] == sum(test["score"] for test in kim["tests"]) == 7.25 + 3 - 0.5
    assert kim["tests"][-1]["output"] == "=late"
    (lee,) = (result for name, result in results.items() if name.startswith("lee"))
    assert "score" not in lee, "a fault costs no points"
    assert "tests" not in lee


def test_gradescope_results_of_one_student_may_be_a_file(book: Gradebook, tmp_path: Path) -> None:
    """A path that ends in .json is the file of the only student; of several it is refused with a sentence."""
    told = export(tmp_path, "--format", "gradescope", "-o", str(tmp_path / "results.json"))
    assert (told.exit_code, "3 students" in told.stderr) == (2, True)
    with open_gradebook(str(tmp_path / "one.db")) as one:
        store(one, "kim", 5)
        assert json.loads(exported(one, "gradescope", tmp_path / "one.json").read_text("utf-8"))["score"] == 5


@pytest.mark.parametrize("names", [["a/b", "a_b", "A_B"], ["..", ".", "_"], ["con", "CON"], ["x" * 250, "x" * 251]])
def test_students_never_share_a_file(names: list[str], tmp_path: Path) -> None:
    """Names that are no file names, or differ in capitals only, have folders of their own inside the given one."""
    with open_gradebook(str(tmp_path / "gradebook.db")) as book:
        for number, name in enumerate(names):
            store(book, name, number)
        folder = exported(book, "gradescope", tmp_path / "out" / "results")
    scores = sorted(json.loads(path.read_text("utf-8"))["score"] for path in folder.glob("*/results.json"))
    assert scores == list(range(len(names)))
    assert len({path.name.casefold() for path in folder.iterdir()}) == len(names)
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["results"]


def test_junit_has_a_suite_for_each_report_that_counts(book: Gradebook, tmp_path: Path) -> None:
    """The document parses, and its suites are the graded reports, by exercise and student."""
    root = ElementTree.parse(exported(book, "junit", tmp_path / "junit.xml")).getroot()
    assert [suite.get("name") for suite in root.iter("testsuite")] == [
        "04_conv_backprop: =1+1", "04_conv_backprop: 김민지", "05_pool_backprop: 김민지",
    ]  # fmt: skip


# --- the command --------------------------------------------------------------------------------------------


def export(folder: Path, *arguments: str) -> Result:
    """Run `cnnex export` on the gradebook of a folder."""
    return CliRunner().invoke(grader.cli.main, ["export", "--gradebook", str(folder / "gradebook.db"), *arguments])


@pytest.mark.parametrize("form", EXPORTS)
@pytest.mark.usefixtures("book")
def test_every_format_is_written_by_the_command(form: str, tmp_path: Path) -> None:
    """`cnnex export` writes each of its formats, and says where."""
    told = export(tmp_path, "--format", form, "-o", str(tmp_path / "out"))
    assert (told.exit_code, told.stdout) == (0, "")
    assert "out is written." in told.stderr
    assert (tmp_path / "out").exists()


def test_what_cannot_be_exported_is_a_sentence(tmp_path: Path) -> None:
    """No gradebook, no format, and a folder that is not there are exit code 2 and no traceback."""
    told = export(tmp_path, "--format", "csv", "-o", str(tmp_path / "x.csv"))
    assert (told.exit_code, "There is no gradebook" in told.stderr) == (2, True)
    assert not (tmp_path / "gradebook.db").exists()
    open_gradebook(str(tmp_path / "gradebook.db")).close()
    assert export(tmp_path, "-o", "x").exit_code == 2
    told = export(tmp_path, "--format", "csv", "-o", str(tmp_path / "no" / "x.csv"))
    assert (told.exit_code, "cannot be written" in told.stderr) == (2, True)


def test_the_autograder_grades_as_gradescope_runs_it(tmp_path: Path) -> None:
    """The zip, laid out as Gradescope does, grades a submission into results.json; its solutions stay at home."""
    assert export(tmp_path, "gradescope-autograder", "-o", str(tmp_path / "autograder.zip")).exit_code == 0
    root = tmp_path / "autograder"
    with ZipFile(tmp_path / "autograder.zip") as archive:
        names = archive.namelist()
        archive.extractall(root / "source")
    assert {"setup.sh", "run_autograder", "requirements.txt", "grader/cli.py", "cnnexercises/catalog.py"} <= {*names}
    assert not [name for name in names if "solutions" in name or name.endswith(".pyc")]
    assert "torch" in (root / "source/requirements.txt").read_text()
    # What setup.sh does in Gradescope's image: an environment beside the package, here that of the tests.
    (root / "source/venv/bin").mkdir(parents=True)
    python = root / "source/venv/bin/python"
    python.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
    python.chmod(0o755)
    (root / "run_autograder").write_bytes((root / "source/run_autograder").read_bytes())
    (root / "submission").mkdir()
    solution = (catalog.folder("solutions") / "01_output_size.py").read_text("utf-8")
    (root / "submission/01_output_size.py").write_text(solution, "utf-8")
    run = subprocess.run(["bash", root / "run_autograder"], cwd=root, env=os.environ, check=False, capture_output=True)
    assert run.returncode == 0, run.stderr
    results = json.loads((root / "results/results.json").read_text("utf-8"))
    assert results["score"] == sum(test["max_score"] for test in results["tests"]) > 0
