"""The command `cnnex` as students and instructors use it: sentences, exit codes, and what goes to which stream."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

import grader.cli
from cnnexercises import catalog
from grader import Report
from grader.show import FORMATS

SOLUTIONS, STUBS = catalog.folder("solutions"), catalog.folder("exercises")
RIGHT, OTHER = SOLUTIONS / "01_output_size.py", SOLUTIONS / "03_parameter_count.py"
WRONG = """
def conv_output_size(size, kernel, stride=1, padding=0, dilation=1):
    return (size - kernel) // stride

def conv_output_shape(size_hw, kernel, stride=1, padding=0, dilation=1):
    return tuple(size_hw)
"""
ENDLESS = """
def conv_output_size(size, kernel, stride=1, padding=0, dilation=1):
    while True:
        pass
"""
on_linux = pytest.mark.skipif(sys.platform != "linux", reason="sandboxes and /proc are Linux's")


def cnnex(*args: str | Path) -> Result:
    """Run the command in this process."""
    return CliRunner().invoke(grader.cli.main, [str(arg) for arg in args])


def process(*args: str | Path, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run the command as a process of its own, with variables added to the environment."""
    command = [sys.executable, "-m", "grader", *map(str, args)]
    return subprocess.run(command, capture_output=True, check=False, env=os.environ | environment)


def reports(text: str) -> list[Report]:
    """Read reports, one a line; anything else among them is an error."""
    return [Report.model_validate_json(line) for line in text.splitlines()]


def written(folder: Path, name: str, content: str | bytes) -> Path:
    """Write a file, and its folders."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def sentence(text: str) -> str:
    """Return what was said on standard error, which has no traceback in it, on one line."""
    assert "Traceback" not in text
    return " ".join(text.split())


# --- input that cannot be read ---------------------------------------------------------------------------------

UNREADABLE = [
    ("04_conv_backprop.py", bytes(range(256)), "is binary, not text"),
    ("04_conv_backprop.py", b"", "is empty"),
    ("04_conv_backprop.ipynb", b" \n", "is empty"),
    ("04_conv_backprop.py", "x = '가'".encode("cp949"), "save it as UTF-8"),
    ("04_conv_backprop.py", "x = 1".encode("utf-16"), "UTF-16"),
    ("04_conv_backprop.ipynb", b'{"nbformat": 2, "worksheets": []}', "a notebook of format 2: open it in Jupyter"),
    ("04_conv_backprop.ipynb", b'{"nbformat": 5, "cells": []}', "a notebook of format 5: open it in Jupyter"),
    ("04_conv_backprop.ipynb", b'{"nbformat": 4,\n "cells": [', "its JSON goes wrong in line 2"),
    ("04_conv_backprop.ipynb", b"[]", "open it in Jupyter and save it again"),
    ("한글 폴더/04_conv_backprop 김 철수.py", b"", "is empty"),
]
unreadable = pytest.mark.parametrize(("name", "content", "said"), UNREADABLE)


@unreadable
def test_an_unreadable_file_is_a_sentence_and_exit_code_2(
    name: str, content: bytes, said: str, tmp_path: Path
) -> None:
    """A file that cannot be read is named on standard error with what to do; nothing is on standard output."""
    path = written(tmp_path, name, content)
    result = cnnex("grade", path)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in sentence(result.stderr)
    assert path.name in sentence(result.stderr)


@unreadable
def test_an_unreadable_file_named_as_an_exercise_has_a_report(
    name: str, content: bytes, said: str, tmp_path: Path
) -> None:
    """As JSON it is a report with status unreadable, beside the sentence on standard error."""
    result = cnnex("grade", "--format", "json", written(tmp_path, name, content))
    (report,) = reports(result.stdout)
    assert (report.status, report.score, report.tasks) == ("unreadable", 0, ())
    assert report.max_score > 0
    assert said in (report.message or "")
    assert said in sentence(result.stderr)
    assert result.exit_code == 2


MISUSED: list[tuple[list[str | Path], str]] = [
    (["grade", "nowhere.py"], "nowhere.py is not there: check the name"),
    (["grade", "nowhere/"], "is not there"),
    (["grade", "empty"], "empty is a folder: name a .py or .ipynb file"),
    (["grade", "notes"], "Please say --exercise NAME, or name the file as the course does"),
    (["grade", "notes/notes.txt"], "only .py and .ipynb files are read"),
    (["grade", RIGHT, "--exercise", "conv_backprp"], "no exercise 'conv_backprp': did you mean conv_backprop?"),
    (["grade", RIGHT, "--exercise", "99"], "There is no exercise '99': `cnnex list` shows what there is."),
    (["grade", RIGHT, "--format", "yaml"], "'yaml' is not one of 'terminal', 'json'"),
    (["grade", RIGHT, "-o", "nowhere/report.txt"], "cannot be written: No such file or directory"),
    (["grade", RIGHT, "-o", "empty"], "is a directory"),
    (["grade", RIGHT, "--seed", "-1"], "-1 is not in the range 0<=x<=4294967295"),
    (["grade", RIGHT, "--seed", "4294967296"], "is not in the range"),
    (["grade", RIGHT, "--seed", "one"], "'one' is not a valid integer"),
    (["grade", RIGHT, "--time-limit", "0"], "is not in the range"),
    (["grade", RIGHT, "--time-limit", "nan"], "nan is not a number of seconds"),
    (["grade", RIGHT, "--memory-limit", "1"], "is not in the range"),
    (["grade", RIGHT, "--device", "tpu"], "'tpu' is not one of 'auto', 'cpu', 'cuda'"),
    (["grade", RIGHT, "--sandbox", "lax"], "'lax' is not one of 'auto', 'strict', 'basic', 'off'"),
    (["grade", SOLUTIONS / "06_mnist_cnn.py", "--data", "empty"], "empty does not hold MNIST"),
    (["grade", RIGHT, "--bogus"], "No such option"),
    (["grade"], "Missing argument 'PATH...'"),
    (["garde", RIGHT], "No such command 'garde'"),
    (["hint", "conv_backprp"], "did you mean conv_backprop?"),
    (["hint", "4", "0"], "is not in the range"),
    (["replay", "nowhere.json"], "nowhere.json cannot be read: No such file or directory"),
    (["replay", "notes/notes.txt"], "Make one: cnnex grade FILE --format json -o"),
]


@pytest.mark.parametrize(("arguments", "said"), MISUSED, ids=[" ".join(map(str, args)) for args, _ in MISUSED])
def test_bad_usage_is_a_sentence_and_exit_code_2(
    arguments: list[str | Path], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A wrong path, name, option or value is answered on standard error with what is meant, and exit code 2."""
    (tmp_path / "empty").mkdir()
    written(tmp_path, "notes/notes.txt", "no report")
    written(tmp_path, "notes/notes.py", "print('hello')")
    monkeypatch.chdir(tmp_path)
    result = cnnex(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in sentence(result.stderr)


def test_odd_files_do_not_keep_the_good_ones_of_a_folder_from_being_graded(tmp_path: Path) -> None:
    """In a folder each submission is graded, and each other file is named in a sentence."""
    shutil.copy(RIGHT, tmp_path / "01_output_size.py")
    shutil.copy(OTHER, tmp_path / "kim.py")
    for number, (name, content, _) in enumerate(UNREADABLE):
        written(tmp_path, f"{number}/{name}", content)
    written(tmp_path, "plain.py", "print('hello')")
    written(tmp_path, "notes.txt", "not looked at")
    result = cnnex("grade", "--format", "json", tmp_path)
    found = reports(result.stdout)
    graded = {Path(one.submission.path).name: one for one in found if one.status == "graded"}
    assert sorted(graded) == ["01_output_size.py", "kim.py"]
    assert all(one.full_marks for one in graded.values())
    assert len(found) == 2 + len(UNREADABLE)
    told = sentence(result.stderr)
    assert told.count("cnnex: ") == 1 + len(UNREADABLE)
    assert "passed over: Which exercise" in told
    assert result.exit_code == 2


def test_a_folder_with_other_python_files_is_no_error(tmp_path: Path) -> None:
    """A file that is no submission is passed over in a folder; asked for by name it is exit code 2."""
    shutil.copy(RIGHT, tmp_path / "01_output_size.py")
    other = written(tmp_path, "helper.py", "print('hello')")
    assert cnnex("grade", tmp_path).exit_code == 0
    assert cnnex("grade", tmp_path / "01_output_size.py", other).exit_code == 2


def test_reports_on_a_terminal_stand_apart() -> None:
    """Between two reports in the terminal view is one blank line, and none before the first or after the last."""
    text = cnnex("grade", RIGHT, OTHER).stdout
    assert "\n\nCounting parameters: " in text
    assert "\n\n\n" not in text
    assert text.strip() == text.rstrip("\n")


def test_several_paths_are_graded_in_their_order(tmp_path: Path) -> None:
    """A missing path among several is named, the others are graded in the order given, and the exit code is 2."""
    result = cnnex("grade", OTHER, tmp_path / "nowhere.py", RIGHT, "--format", "json")
    assert [report.exercise for report in reports(result.stdout)] == ["03_parameter_count", "01_output_size"]
    assert "nowhere.py is not there" in sentence(result.stderr)
    assert result.exit_code == 2


# --- exit codes ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [entry.name for entry in catalog.ENTRIES if entry.number <= 5])
def test_full_marks_are_exit_code_0(name: str) -> None:
    """A worked solution gets full marks, exit code 0, and nothing is said on standard error."""
    result = cnnex("grade", SOLUTIONS / f"{name}.py")
    assert result.exit_code == 0
    assert "full marks" in result.stdout
    assert result.stderr == ""


@pytest.mark.parametrize("name", [entry.name for entry in catalog.ENTRIES])
def test_an_untouched_stub_is_not_started(name: str) -> None:
    """A stub is not started, with 0 points and exit code 1, and is no error."""
    result = cnnex("grade", "--format", "json", STUBS / f"{name}.py")
    (report,) = reports(result.stdout)
    assert (report.status, report.score) == ("not_started", 0)
    assert {task.status for task in report.tasks} == {"not_started"}
    assert (result.exit_code, result.stderr) == (1, "")


def test_the_terminal_says_not_started() -> None:
    """The terminal view of a stub says that nothing is written yet, and where the first hint is."""
    result = cnnex("grade", STUBS / "04_conv_backprop.py")
    assert "not started" in result.stdout
    assert "cnnex hint 4" in result.stdout
    assert "rror" not in result.stdout


def test_lost_points_are_exit_code_1(tmp_path: Path) -> None:
    """A wrong submission is exit code 1, and shows the call, what came back and what was expected."""
    result = cnnex("grade", written(tmp_path, "01_output_size.py", WRONG))
    assert result.exit_code == 1
    for heading in ("Call", "What came back", "Expected", "cnnex hint 1"):
        assert heading in result.stdout


@on_linux
def test_a_sandbox_that_cannot_be_had_is_exit_code_3(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Asked for a sandbox that this machine lacks, nothing is graded: each report says why and what to do."""
    monkeypatch.setenv("PATH", str(tmp_path))
    result = cnnex("grade", RIGHT, OTHER, "--sandbox", "strict", "--format", "json")
    assert result.exit_code == 3
    for report in reports(result.stdout):
        assert (report.status, report.score, report.max_score) == ("fault", 0, 0)
        assert "apt install bubblewrap" in (report.message or "")
        assert "cnnex doctor" in (report.message or "")
    assert "apt install bubblewrap" in sentence(result.stderr)
    assert cnnex("grade", RIGHT, "--sandbox", "strict").exit_code == 3


@on_linux
def test_without_bubblewrap_the_level_is_basic(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Where bubblewrap is missing, the same verdict comes from the level basic."""
    monkeypatch.setenv("PATH", str(tmp_path))
    result = cnnex("grade", RIGHT, "--format", "json")
    (report,) = reports(result.stdout)
    assert (result.exit_code, report.sandbox.level, report.full_marks) == (0, "basic", True)


def test_an_error_in_the_grader_costs_no_points_and_not_the_next_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """An error of ours is a report with status fault and exit code 3; the file after it is graded."""
    import grader.grading

    right = grader.grading.grade_submission

    def broken(exercise: Any, *rest: Any) -> Report:
        return 1 // 0 if exercise.number == 3 else right(exercise, *rest)  # type: ignore[return-value]

    monkeypatch.setattr(grader.grading, "grade_submission", broken)
    result = cnnex("grade", OTHER, RIGHT, "--format", "json")
    first, second = reports(result.stdout)
    assert (first.status, second.full_marks, result.exit_code) == ("fault", True, 3)
    assert "ZeroDivisionError" in result.stderr


def test_an_error_in_a_command_is_exit_code_3(monkeypatch: pytest.MonkeyPatch) -> None:
    """An error of ours in any command shows its traceback, asks to report it, and is not taken for lost points."""
    monkeypatch.setattr(catalog, "exercises", lambda: 1 // 0)
    result = cnnex("list")
    assert result.exit_code == 3
    assert "Please report it" in result.stderr
    assert "ZeroDivisionError" in result.stderr


# --- what a submission does ------------------------------------------------------------------------------------


def test_a_syntax_error_shows_its_line(tmp_path: Path) -> None:
    """A file that is no valid Python is told its line and what stands there; exit code 1."""
    path = written(tmp_path, "01_output_size.py", "import math\n\ndef conv_output_size(size, kernel)\n    return 1\n")
    result = cnnex("grade", path)
    assert "line 3: expected ':' in `def conv_output_size(size, kernel)`" in sentence(result.stdout)
    assert result.exit_code == 1


def test_an_endless_loop_costs_its_time_and_the_others_are_graded(tmp_path: Path) -> None:
    """A function that does not end is told its time limit, and the function beside it gets its points."""
    honest = RIGHT.read_text("utf-8").replace("conv_output_size(", "_size(")
    path = written(tmp_path, "01_output_size.py", honest + ENDLESS)
    began = time.monotonic()
    result = cnnex("grade", path, "--time-limit", "0.5", "--format", "json")
    assert time.monotonic() - began < 15
    (report,) = reports(result.stdout)
    size, shape_task = report.tasks
    assert (size.status, shape_task.status) == ("failed", "passed")
    assert size.cases[0].outcome == "timed_out"
    assert "did not end within 0.5 s" in (size.cases[0].message or "")
    assert {case.outcome for case in size.cases} == {"timed_out", "skipped"}


@pytest.mark.parametrize("level", ["auto", "off"])
def test_what_a_submission_prints_is_not_shown(level: str, tmp_path: Path) -> None:
    """Prints, warnings and raw writes of a submission reach neither standard output nor standard error."""
    noisy = """
import os, sys, warnings
print("forged report")
os.write(1, b"forged report")
os.write(2, b"forged report")
warnings.warn("forged report")
def conv_output_size(size, kernel, stride=1, padding=0, dilation=1):
    print("forged report", file=sys.stderr)
    os.write(1, b'{"score": 17}')
    return 0
"""
    path = written(tmp_path, "01_output_size.py", noisy)
    result = process("grade", path, "--format", "json", "--sandbox", level)
    assert len(reports(result.stdout.decode())) == 1
    assert b"forged" not in result.stdout
    assert (result.stderr, result.returncode) == (b"", 1)


def test_windows_line_ends_are_fine(tmp_path: Path) -> None:
    """A file with Windows line ends, and a byte order mark, gets full marks."""
    content = b"\xef\xbb\xbf" + (SOLUTIONS / "04_conv_backprop.py").read_bytes().replace(b"\n", b"\r\n")
    assert cnnex("grade", written(tmp_path, "04_conv_backprop.py", content)).exit_code == 0


# --- streams and files -----------------------------------------------------------------------------------------


def test_json_is_one_report_a_line_and_nothing_else() -> None:
    """With --format json standard output holds a report for each file of a folder, and standard error nothing."""
    numpy_only = [SOLUTIONS / f"{entry.name}.py" for entry in catalog.ENTRIES if entry.profile == "numpy"]
    result = process("grade", *numpy_only, "--format", "json")
    assert [report.exercise for report in reports(result.stdout.decode())] == [path.stem for path in numpy_only]
    assert (result.stderr, result.returncode) == (b"", 0)


@pytest.mark.parametrize("form", FORMATS)
def test_each_format_goes_to_a_file(form: str, tmp_path: Path) -> None:
    """With -o each format is written to the file in UTF-8, and nothing is printed."""
    path = written(tmp_path, "김 01_output_size.py", RIGHT.read_bytes())
    target = tmp_path / "보고서.out"
    result = cnnex("grade", path, "--format", form, "-o", target)
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "")
    assert "conv_output_shape" in target.read_text("utf-8")


def test_a_reader_who_goes_away_is_no_error(tmp_path: Path) -> None:
    """Under `| head -1` the command ends without a traceback."""
    command = [sys.executable, "-m", "grader", "grade", *[str(RIGHT), str(OTHER)], "--format", "json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.read(1)
        running.stdout.close()
        assert running.stderr.read() == b""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a full disk is played by /dev/full")
@pytest.mark.parametrize("form", FORMATS)
def test_a_full_disk_is_a_sentence(form: str) -> None:
    """When nothing more can be written the command says so, and ends with exit code 2."""
    result = cnnex("grade", RIGHT, "--format", form, "-o", "/dev/full")
    assert "/dev/full cannot be written: No space left" in sentence(result.stderr)
    assert result.exit_code == 2


FOREIGN = [
    {"LC_ALL": "C", "PYTHONIOENCODING": "ascii"},
    {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    {"PYTHONIOENCODING": "latin-1"},
]
in_every_locale = pytest.mark.parametrize("environment", FOREIGN, ids=["ascii", "C", "latin-1"])


@in_every_locale
def test_json_is_right_in_every_locale(environment: dict[str, str], tmp_path: Path) -> None:
    """In the C locale and in other encodings a report stays valid JSON, Korean, French and emoji included."""
    raising = "def conv_output_size(*args, **kwargs):\n    raise ValueError('é 한 \N{BUG}')\n"
    path = written(tmp_path, "한글 폴더/01_output_size 김 철수.py", raising)
    result = process("grade", path, "--format", "json", **environment)
    (report,) = reports(result.stdout.decode("ascii"))
    assert report.submission.path == str(path)
    assert "é 한 \N{BUG}" in (report.tasks[0].cases[0].message or "")
    assert (result.stderr, result.returncode) == (b"", 1)


@in_every_locale
def test_the_terminal_view_works_in_every_locale(environment: dict[str, str], tmp_path: Path) -> None:
    """What an encoding cannot show becomes an escape, in the verdict and in sentences on standard error."""
    path = written(tmp_path, "한글/01_output_size.py", RIGHT.read_bytes())
    result = process("grade", path, path.parent / "없다.py", **environment)
    assert b"full marks" in result.stdout
    assert b"is not there" in result.stderr
    assert b"Traceback" not in result.stderr
    assert result.returncode == 2


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has file names that are no text")
def test_a_file_name_that_is_no_text_is_graded(tmp_path: Path) -> None:
    """A file name with bytes that are no UTF-8 stands in the report with escapes."""
    path = written(tmp_path, os.fsdecode(b"\xff_01_output_size.py"), RIGHT.read_bytes())
    result = cnnex("grade", path, "--format", "json")
    (report,) = reports(result.stdout)
    assert report.submission.path.endswith("/\\xff_01_output_size.py")
    assert result.exit_code == 0


def on_a_terminal(*args: str | Path, **environment: str) -> str:
    """Run the command with standard output on a terminal, and return what it wrote there."""
    pty = pytest.importorskip("pty", reason="terminals are Unix's")
    ours, theirs = pty.openpty()
    clean = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "FORCE_COLOR")}
    clean |= {"TERM": "xterm-256color", **environment}
    command = [sys.executable, "-m", "grader", *map(str, args)]
    with subprocess.Popen(command, stdout=theirs, stderr=theirs, stdin=theirs, env=clean):
        os.close(theirs)
        return b"".join(_read_all(ours)).decode()


def _read_all(descriptor: int) -> Iterator[bytes]:
    try:
        while part := os.read(descriptor, 65536):
            yield part
    except OSError:  # Linux's way to say that the other end of a terminal is closed
        return
    finally:
        os.close(descriptor)


@on_linux
def test_colour_is_for_terminals(tmp_path: Path) -> None:
    """A terminal gets colour, unless NO_COLOR is set; a pipe and a file never get an escape sequence."""
    path = written(tmp_path, "01_output_size.py", WRONG)
    red = re.compile(r"\x1b\[[\d;]*31m")
    assert red.search(on_a_terminal("grade", path))
    assert not red.search(on_a_terminal("grade", path, NO_COLOR="1"))
    assert b"\x1b" not in process("grade", path, TERM="xterm-256color").stdout
    on_a_terminal("grade", path, "-o", tmp_path / "report.txt")
    assert "\x1b" not in (tmp_path / "report.txt").read_text("utf-8")


# --- ended from outside ----------------------------------------------------------------------------------------


def below(pid: int) -> list[int]:
    """Return the processes below one."""
    try:
        children = [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []
    return [*children, *(grandchild for child in children for grandchild in below(child))]


def alive(pid: int) -> bool:
    """Whether a process runs; one that only waits to be reaped does not."""
    try:
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return False


def soon(condition: Any, seconds: float = 10.0) -> bool:
    """Wait until a condition holds; return whether it came to hold."""
    stop = time.monotonic() + seconds
    while not condition() and time.monotonic() < stop:
        time.sleep(0.02)
    return bool(condition())


@on_linux
@pytest.mark.parametrize("level", ["auto", "basic", "off"])
def test_ctrl_c_ends_all_of_it(level: str, tmp_path: Path) -> None:
    """Ctrl-C ends the command with exit code 130 and one word, and ends every process that it had started."""
    running, started = _busy(level, tmp_path)
    os.killpg(running.pid, signal.SIGINT)  # a terminal sends it to the whole group
    out, err = running.communicate(timeout=30)
    assert (running.returncode, out, err) == (130, b"", b"cnnex: stopped.\n")
    assert soon(lambda: not any(map(alive, started)))


@on_linux
@pytest.mark.parametrize("level", ["auto", "basic"])
def test_a_sandbox_ends_with_its_grader(level: str, tmp_path: Path) -> None:
    """When the grader is killed the sandbox and the submission in it end too."""
    running, started = _busy(level, tmp_path)
    running.kill()
    running.communicate(timeout=30)
    assert soon(lambda: not any(map(alive, started)))


def _busy(level: str, folder: Path) -> tuple[subprocess.Popen[bytes], list[int]]:
    """Start to grade an endless loop, and wait until it runs. Return the command, and the processes below it."""
    path = written(folder, "01_output_size.py", f"open({str(folder / 'never')!r})\n{ENDLESS}")
    command = [sys.executable, "-m", "grader", "grade", str(path), "--sandbox", level, "--time-limit", "60"]
    running = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True, cwd=folder
    )
    assert soon(lambda: any(_seconds_used(pid) > 0.3 for pid in below(running.pid)))
    return running, below(running.pid)


def _seconds_used(pid: int) -> float:
    """Return the processor time of a process: one in an endless loop soon has used more than a start needs."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


# --- seeds -----------------------------------------------------------------------------------------------------


def test_a_seed_can_be_chosen(tmp_path: Path) -> None:
    """--seed stands in the report; without it the seed follows from the code, not from the name of the file."""
    copy = written(tmp_path, "kim/01_output_size.py", RIGHT.read_bytes())
    result = cnnex("grade", RIGHT, copy, OTHER, "--format", "json")
    first, second, other = (report.seed for report in reports(result.stdout))
    assert first == second != other
    (chosen,) = reports(cnnex("grade", RIGHT, "--seed", "4294967295", "--format", "json").stdout)
    assert chosen.seed == 4294967295
    assert chosen.full_marks


# --- the other commands ----------------------------------------------------------------------------------------


def test_cnnex_alone_is_help() -> None:
    """`cnnex` alone shows what commands there are, on standard output and as a success."""
    result = cnnex()
    assert (result.exit_code, result.stderr) == (0, "")
    assert all(name in result.stdout for name in grader.cli.main.commands)


@pytest.mark.parametrize("name", sorted(grader.cli.main.commands))
def test_every_command_has_help(name: str) -> None:
    """Each command says what it does and what each of its options is for, and the README shows it."""
    result = cnnex(name, "--help")
    assert result.exit_code == 0
    command = grader.cli.main.commands[name]
    assert command.help
    for parameter in command.params:
        if parameter.param_type_name == "option":
            assert parameter.opts[0] in result.stdout
            assert getattr(parameter, "help", None), parameter.name
    readme = Path(__file__).parent.parent / "README.md"
    assert f"cnnex {name}" in readme.read_text("utf-8")


def test_grade_has_the_options_of_the_contract() -> None:
    """`cnnex grade` has the options, and the choices, that course material is written against."""
    text = cnnex("grade", "--help").stdout
    for option in ("--exercise", "-o, --output", "--seed", "--train / --no-train", "--time-limit", "--memory-limit"):
        assert option in text
    for choices in ("[terminal|json|html|junit|gradescope]", "[auto|cpu|cuda]", "[auto|strict|basic|off]"):
        assert choices in text


def test_list_shows_every_exercise() -> None:
    """`cnnex list` shows each exercise with its number, title and functions, in lines that fit a terminal."""
    result = cnnex("list")
    for exercise in catalog.exercises():
        assert f"{exercise.number:02d}  {exercise.title}" in result.stdout
        assert ", ".join(exercise.entry_points) in result.stdout
    assert result.exit_code == 0
    assert max(map(len, result.stdout.splitlines())) <= 100


@pytest.mark.parametrize("name", ["4", "04", "conv_backprop", "04_conv_backprop", "04_conv_backprop.py"])
def test_an_exercise_has_several_names(name: str) -> None:
    """A number, a slug and a file's name all name an exercise."""
    assert cnnex("hint", name).stdout == cnnex("hint", "4").stdout


def test_hints_come_one_by_one() -> None:
    """`cnnex hint` gives the first rung of each task and says how to ask for the next, up to the last one."""
    exercise = catalog.find("4")
    longest = max(len(task.hints) for task in exercise.tasks)
    for rung in range(1, longest + 1):
        text = cnnex("hint", "4", str(rung)).stdout
        for task in exercise.tasks:
            assert (task.hints[rung - 1] in text) if rung <= len(task.hints) else (f"{task.name}: there are" in text)
        assert (f"cnnex hint 4 {rung + 1}" in text) == (rung < longest)


@on_linux
def test_doctor_says_what_is_lacking_and_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """`cnnex doctor` names the level that is taken, and without bubblewrap says how to install it."""
    result = cnnex("doctor")
    assert result.exit_code == 0
    assert re.search(r"^ok +sandbox auto: takes (strict|basic)$", result.stdout, re.MULTILINE)
    for what in ("python", "torch", "cuda", "data"):
        assert re.search(rf"^(ok|lacking) +{what}: ", result.stdout, re.MULTILINE)
    monkeypatch.setenv("PATH", str(tmp_path))
    without = cnnex("doctor").stdout
    assert re.search(r"^lacking +sandbox strict: .*apt install bubblewrap", without, re.MULTILINE)
    assert re.search(r"^ok +sandbox auto: takes basic$", without, re.MULTILINE)


def test_verify_finds_a_stale_stub_and_a_wrong_solution(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """`cnnex verify` names a solution without full marks and a stub that is not its own, and writes the stub anew."""
    monkeypatch.setattr(catalog, "ENTRIES", catalog.ENTRIES[:1])
    monkeypatch.setattr(catalog, "exercises", tuple)  # no misconceptions: their matrices take long
    monkeypatch.setattr(catalog, "folder", lambda kind: tmp_path / kind)
    solution = written(tmp_path, "solutions/01_output_size.py", RIGHT.read_bytes().replace(b"stride", b"strides"))
    stub = written(tmp_path, "exercises/01_output_size.py", "# BEGIN SOLUTION\n")
    result = cnnex("verify")
    assert result.exit_code == 1
    assert "01_output_size.py is not what its solution gives: run `cnnex verify --write-stubs`." in result.stdout
    assert re.search(r"the solution of 01_output_size gets [\d.]+ of \d+ points", result.stdout)
    solution.write_bytes(RIGHT.read_bytes())
    result = cnnex("verify", "--write-stubs")
    assert result.stdout.startswith("wrote 01_output_size.py\n")
    assert "is not what its solution gives" not in result.stdout
    assert "the solution of" not in result.stdout
    assert "BEGIN SOLUTION" not in stub.read_text("utf-8")
    solution.unlink()
    assert "there is no 01_output_size.py" in cnnex("verify").stdout


def test_replay_writes_a_script_for_each_failing_call(tmp_path: Path) -> None:
    """`cnnex replay` writes scripts into a folder, which it makes; with several reports, none over another's."""
    first = written(tmp_path, "kim/01_output_size.py", WRONG)
    second = written(tmp_path, "lee/01_output_size.py", WRONG.replace("stride", "step"))
    report = tmp_path / "report.jsonl"
    cnnex("grade", first, "--format", "json", "-o", report)
    result = cnnex("replay", report, "-o", tmp_path / "one")
    assert result.exit_code == 0
    names = ["replay_conv_output_shape.py", "replay_conv_output_size.py"]
    assert sorted(path.name for path in (tmp_path / "one").iterdir()) == names
    cnnex("grade", first, second, "--format", "json", "-o", report)
    result = cnnex("replay", report, "-o", tmp_path / "two")
    assert len(list((tmp_path / "two").iterdir())) == len(result.stdout.splitlines()) == 4
    assert f"replay_2_conv_output_size.py replays a call of {second}" in result.stdout


def test_replay_of_full_marks_has_nothing_to_write(tmp_path: Path) -> None:
    """`cnnex replay` on reports without a failing call says so, and exit code 2."""
    report = tmp_path / "report.json"
    cnnex("grade", RIGHT, "--format", "json", "-o", report)
    result = cnnex("replay", report)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "There is no failing call" in sentence(result.stderr)
    report.write_text(json.dumps(json.loads(report.read_text("utf-8")) | {"points": 3}), "utf-8")
    assert "is not a report" in sentence(cnnex("replay", report).stderr)
