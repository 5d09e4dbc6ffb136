"""A class is graded into a gradebook: nothing is lost, nothing is graded twice, nobody pays for a neighbour."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import postgres
import pytest
from hostile_archives import write_all
from storing import rows

from cnnexercises import catalog
from grader.gradebook import open_gradebook

CORPUS = Path(__file__).parent / "submissions"


@pytest.fixture
def class_folder(tmp_path: Path) -> Path:
    """A class of twelve: half hand in the solution of 01, half a wrong submission of the corpus."""
    folder = tmp_path / "class"
    right = (catalog.folder("solutions") / "01_output_size.py").read_text("utf-8")
    wrong = sorted((CORPUS / "01_output_size/wrong").glob("*.py"))[:6]
    for number in range(6):
        hand_in(folder, f"right{number}", f"{right}\n# {number}\n")
        hand_in(folder, f"wrong{number}", wrong[number].read_text("utf-8"))
    return folder


def hand_in(folder: Path, student: str, source: str) -> None:
    """Put a submission of exercise 01 where a student's lies."""
    (folder / student).mkdir(parents=True)
    (folder / student / "01_output_size.py").write_text(source, "utf-8")


def command(folder: Path, book: Path | str, *options: str) -> list[str]:
    """Return the command that grades a class."""
    return [sys.executable, "-m", "grader", "bulk", str(folder), "--gradebook", str(book), "--workers", "2", *options]


def bulk(folder: Path, book: Path | str, *options: str) -> subprocess.CompletedProcess[str]:
    """Grade a class."""
    return subprocess.run(command(folder, book, *options), capture_output=True, text=True, check=False)


def test_a_class_is_graded_once(class_folder: Path, tmp_path: Path) -> None:
    """Each student has a report and its score; a second run grades nothing, and a late submission is added."""
    book = tmp_path / "gradebook.db"
    first = bulk(class_folder, book)
    assert first.returncode == 1, first.stderr
    stored = rows(book)
    assert len(stored) == 12
    assert all((report["score"] == report["max_score"]) == name.startswith("right") for name, report in stored.items())
    assert stored["right0"]["submission"]["path"].endswith("class/right0/01_output_size.py")
    hand_in(class_folder, "late", (class_folder / "right0/01_output_size.py").read_text("utf-8"))
    again = bulk(class_folder, book)
    assert "12 in the gradebook already" in again.stdout
    assert again.returncode == 1, "the exit code tells of the class, not of what was new"
    assert rows(book).keys() == {*stored, "late"}


def test_a_killed_run_goes_on_where_it_was(class_folder: Path, tmp_path: Path) -> None:
    """A run killed at 20 random moments, started again each time, gives the gradebook of one that was not."""
    for number in range(88):
        source = (class_folder / f"{('right', 'wrong')[number % 2]}{number % 6}/01_output_size.py").read_text("utf-8")
        hand_in(class_folder, f"more{number}", source)
    whole, broken = tmp_path / "whole.db", tmp_path / "broken.db"
    bulk(class_folder, whole)
    assert len(rows(whole)) == 100
    moments = random.Random(5)
    stored = []
    for _ in range(20):
        with subprocess.Popen(command(class_folder, broken), stderr=subprocess.PIPE, text=True) as run:
            assert run.stderr is not None
            if moments.random() < 0.8:  # else: before it has graded anything
                run.stderr.readline()
            time.sleep(moments.uniform(0.0, 0.15))
            run.kill()
        stored.append(len(rows(broken)) if broken.exists() else 0)
    assert len({count for count in stored if 0 < count < 100}) >= 5, f"not killed in the middle: {stored}"
    assert bulk(class_folder, broken).returncode == 1
    assert rows(broken) == rows(whole)


@pytest.mark.skipif(sys.platform != "linux", reason="processes are looked up in /proc")
def test_a_killed_run_leaves_no_process(class_folder: Path, tmp_path: Path) -> None:
    """When a run is killed, its workers and their sandboxes end too."""
    book = str(tmp_path / "unlike-any-other.db")
    with subprocess.Popen(command(class_folder, Path(book)), stderr=subprocess.DEVNULL) as run:
        deadline = time.monotonic() + 20
        while len(family(run.pid)) < 4 and time.monotonic() < deadline:
            time.sleep(0.02)
        started = family(run.pid)
        run.kill()
    assert len(started) >= 4, "the workers did not start"
    deadline = time.monotonic() + 10
    while any(alive(pid) for pid in started) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not [pid for pid in started if alive(pid)]


def family(pid: int) -> list[int]:
    """Return the process numbers of all descendants."""
    lists = Path(f"/proc/{pid}/task").glob("*/children")
    children = [int(child) for file in lists for child in file.read_text().split()]
    return [number for child in children for number in (child, *family(child))]


def alive(pid: int) -> bool:
    """Whether a process runs: one that has ended and is not waited for does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def test_a_class_goes_into_postgresql(class_folder: Path, tmp_path: Path, server: postgres.Server) -> None:
    """Into a database by URL goes what goes into a file; pages and exports come out of it; its password is not told."""
    url = server.database("a_class")
    told = bulk(class_folder, url)
    bulk(class_folder, tmp_path / "gradebook.db")
    assert told.returncode == 1
    assert rows(url) == rows(tmp_path / "gradebook.db")
    for words in (["report", "-o", "pages"], ["export", "--format", "csv", "-o", "grades.csv"]):
        run = [sys.executable, "-m", "grader", words[0], "--gradebook", url, *words[1:]]
        done = subprocess.run(run, cwd=tmp_path, capture_output=True, text=True, check=True)
        assert postgres.PASSWORD not in told.stdout + told.stderr + done.stdout + done.stderr
    assert (tmp_path / "grades.csv").read_text("utf-8").count("\n") == 13
    assert len(list((tmp_path / "pages").glob("*.html"))) == 13


def test_two_runs_at_once_do_no_harm(class_folder: Path, tmp_path: Path) -> None:
    """Two runs on one gradebook end well, and leave one report a submission."""
    book = tmp_path / "gradebook.db"
    runs = [
        subprocess.Popen(command(class_folder, book), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    for run in runs:
        _, errors = run.communicate(timeout=120)
        assert run.returncode == 1, errors
        assert "locked" not in errors
    assert len(rows(book)) == 12


def test_hostile_submissions_cost_nobody_else_a_point(class_folder: Path, tmp_path: Path) -> None:
    """An endless loop, 10 GB of output, bombs of memory and forks, and a dying process lose their own points only."""
    for name, line in (
        ("loop", "while True: pass"),
        ("output", "for _ in range(10_000): print('x' * 1_000_000)"),
        ("exit", "import os; os._exit(0)"),
        ("fork", "import os\n    while True: os.fork()"),
        ("memory", "x = bytearray(1 << 36); return len(x)"),
    ):
        hand_in(class_folder, f"hostile_{name}", f"def conv_output_size(*args, **kwargs):\n    {line}\n")
    book = tmp_path / "gradebook.db"
    assert bulk(class_folder, book, "--time-limit", "1").returncode == 1
    for name, report in rows(book).items():
        assert (report["score"] == report["max_score"]) == name.startswith("right"), name
        assert report["score"] == 0 or not name.startswith("hostile")


def test_hostile_archives_cost_nobody_else_a_point(class_folder: Path, tmp_path: Path) -> None:
    """Of each hostile archive is said why it, or a part of it, was not graded; the rest of the class is graded."""
    archives = class_folder.parent / "archives"
    archives.mkdir()
    count = len(write_all(archives))
    told = bulk(class_folder, tmp_path / "gradebook.db", str(archives), "--exercise", "1")
    assert told.returncode == 2
    assert "Traceback" not in told.stderr
    lines = [line for line in told.stderr.splitlines() if line.startswith("not graded: ")]
    assert len({line.split(": ")[1].split("/")[1].strip() for line in lines if "archives/" in line}) == count
    reports = rows(tmp_path / "gradebook.db")
    assert all(reports[f"right{number}"]["score"] == reports["right0"]["max_score"] for number in range(6))


@pytest.mark.skipif(sys.platform != "linux", reason="only there a level of the sandbox can be missing")
def test_a_fault_costs_no_points(class_folder: Path, tmp_path: Path) -> None:
    """What the grader cannot grade is listed with the reason, exit code 3, and graded when the command runs again."""
    book = tmp_path / "gradebook.db"
    (tmp_path / "bin").mkdir()
    words = command(class_folder, book, "--sandbox", "strict", "--limit", "2")
    environment = os.environ | {"PATH": str(tmp_path / "bin")}  # without bubblewrap
    told = subprocess.run(words, capture_output=True, text=True, check=False, env=environment)
    assert told.returncode == 3
    listed = told.stdout.partition("fault of the grader")[2].splitlines()
    assert len([line for line in listed if "01_output_size.py: " in line and "bubblewrap" in line]) == 2
    with open_gradebook(str(book), create=False) as gradebook:
        assert [(grade.status, grade.total) for grade in gradebook.grades("last")] == [("fault", None)] * 2
    assert bulk(class_folder, book, "--limit", "2").returncode in (0, 1)
    assert all(report["status"] == "graded" for report in rows(book).values())


def test_what_cannot_be_read_is_said_why(class_folder: Path, tmp_path: Path) -> None:
    """A file that is no text is told with the reason while the class is graded, and costs the others nothing."""
    (class_folder / "binary").mkdir()
    (class_folder / "binary/01_output_size.py").write_bytes(bytes(range(256)))
    told = bulk(class_folder, tmp_path / "gradebook.db")
    assert told.returncode == 2
    (line,) = (line for line in told.stderr.splitlines() if line.startswith("binary"))
    assert "unreadable: " in line
    assert "is binary, not text" in line
    assert sum(report["status"] == "graded" for report in rows(tmp_path / "gradebook.db").values()) == 12


def test_a_dry_run_grades_nothing(class_folder: Path, tmp_path: Path) -> None:
    """--dry-run says who handed in what, and makes no gradebook."""
    book = tmp_path / "gradebook.db"
    told = bulk(class_folder, book, "--dry-run")
    assert told.returncode == 0
    assert len(told.stdout.splitlines()) == 12
    assert not book.exists()


def test_an_empty_class_is_told(tmp_path: Path) -> None:
    """A folder without submissions is a sentence, and exit code 2."""
    (tmp_path / "empty").mkdir()
    told = bulk(tmp_path / "empty", tmp_path / "gradebook.db")
    assert told.returncode == 2
    assert "Traceback" not in told.stderr


def test_the_same_code_is_shown_to_a_person(class_folder: Path, tmp_path: Path) -> None:
    """Who handed in the same code is listed, and no score depends on it."""
    told = bulk(class_folder, tmp_path / "gradebook.db")
    line = next(line for line in told.stdout.splitlines() if line.startswith("The same code"))
    assert "01_output_size: right0, right1, right2, right3, right4, right5" in line
    assert "wrong" not in line


# --- adjustments --------------------------------------------------------------------------------------------


def adjust(book: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Give points by hand."""
    words = [sys.executable, "-m", "grader", "adjust", "--gradebook", str(book), *arguments]
    return subprocess.run(words, capture_output=True, text=True, check=False)


def test_points_by_hand_survive_grading_again(class_folder: Path, tmp_path: Path) -> None:
    """What a person gave or took stays beside the automatic score when everything is graded again."""
    book = tmp_path / "gradebook.db"
    bulk(class_folder, book, "--limit", "8")
    told = adjust(book, "right0", "1", "--points", "-0.5", "--comment", "handed in late", "--by", "Prof. Kim")
    assert (told.returncode, told.stderr) == (0, "")
    assert "-0.5 by Prof. Kim" in told.stdout
    bulk(class_folder, book, "--limit", "8", "--regrade")
    with open_gradebook(str(book), create=False) as gradebook:
        (grade,) = (grade for grade in gradebook.grades("last") if grade.student == "right0")
    assert grade.total == grade.max_score - 0.5
    assert [one.comment for one in grade.adjustments] == ["handed in late"]


def test_points_for_nobody_are_refused(class_folder: Path, tmp_path: Path) -> None:
    """A misspelt student, an unknown exercise and a gradebook that is not there are a sentence each."""
    book = tmp_path / "gradebook.db"
    given = ("--points", "1", "--comment", "well explained")
    assert "There is no gradebook" in adjust(book, "right0", "1", *given).stderr
    assert not book.exists()
    bulk(class_folder, book, "--limit", "2")
    assert "Did you mean right0?" in adjust(book, "rigth0", "1", *given).stderr
    unknown = adjust(book, "right0", "conv_backprob", *given)
    assert (unknown.returncode, "conv_backprop" in unknown.stderr) == (2, True)
    assert adjust(book, "right0", "1", "--points", "nan", "--comment", "").returncode == 2
    with open_gradebook(str(book), create=False) as gradebook:
        assert gradebook.adjustments() == ()
