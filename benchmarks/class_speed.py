"""Grades whole classes with `cnnex bulk`, and prints submissions a second, the peak of memory, and what each costs.

Every class is graded into a gradebook of its own, so that nothing is known from before. Right submissions differ in a
comment, so that none has the bytes of another. Memory is the proportional set size of the command and all that it
started, at its highest of samples taken twice a second.
"""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT / "tests" / "submissions"
NUMPY = ("01_output_size", "02_manual_conv", "03_parameter_count", "04_conv_backprop", "05_pool_backprop")
HOSTILE = {
    "loop": "while True: pass",
    "output": "for _ in range(10_000): print('x' * 1_000_000)",
    "memory": "return len(bytearray(1 << 36))",
    "fork": "import os\n    while True: os.fork()",
    "exit": "import os; os._exit(0)",
}


@dataclass(frozen=True)
class Run:
    """What it took to grade a class: wall seconds, and bytes of memory at the peak."""

    seconds: float
    peak: int


def right(exercise: str, number: int) -> str:
    """Return a right submission that no other number has."""
    return (ROOT / "solutions" / f"{exercise}.py").read_text("utf-8") + f"\n# {number}\n"


def hand_in(folder: Path, student: str, exercise: str, source: str) -> None:
    """Put a submission where a student's lies."""
    (folder / student).mkdir(parents=True, exist_ok=True)
    (folder / student / f"{exercise}.py").write_text(source, "utf-8")


# --- classes ------------------------------------------------------------------------------------------------


def all_right(folder: Path, count: int) -> None:
    """Hand in solutions of the NumPy exercises in turn."""
    for number in range(count):
        exercise = NUMPY[number % len(NUMPY)]
        hand_in(folder, f"s{number:04d}", exercise, right(exercise, number))


def a_third_wrong(folder: Path, count: int) -> None:
    """Hand in as ``all_right`` does, but for a wrong submission of the corpus in every third place."""
    all_right(folder, count)
    for number in range(0, count, 3):
        exercise = NUMPY[number % len(NUMPY)]
        wrong = sorted((CORPUS / exercise / "wrong").glob("*.py"))
        hand_in(folder, f"s{number:04d}", exercise, wrong[number % len(wrong)].read_text("utf-8"))


def with_hostile(folder: Path, count: int) -> None:
    """Hand in as ``all_right`` does, with five hostile ones among them."""
    all_right(folder, count)
    for name, line in HOSTILE.items():
        source = f"def conv_output_size(*args, **kwargs):\n    {line}\n"
        hand_in(folder, f"hostile-{name}", "01_output_size", source)


def networks(folder: Path, count: int) -> None:
    """Hand in the solution of 06."""
    for number in range(count):
        hand_in(folder, f"s{number:04d}", "06_mnist_cnn", right("06_mnist_cnn", number))


# --- measuring ----------------------------------------------------------------------------------------------


def family(pid: int) -> list[int]:
    """Return a process and all its descendants."""
    try:
        lists = [file.read_text() for file in Path(f"/proc/{pid}/task").glob("*/children")]
    except OSError:
        return []
    return [pid, *(below for text in lists for child in text.split() for below in family(int(child)))]


def memory(pid: int) -> int:
    """Return the bytes that a process and its descendants take, shared ones counted once."""
    total = 0
    for member in family(pid):
        try:
            lines = Path(f"/proc/{member}/smaps_rollup").read_text().splitlines()
        except OSError:
            continue
        total += sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))
    return total


def graded(make: Callable[[Path, int], None], count: int, *options: str) -> Run:
    """Grade a class, and return what it took."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        make(folder / "class", count)
        command = [sys.executable, "-m", "grader", "bulk", "class", "--gradebook", "book.db", *options]
        began, peak = time.perf_counter(), 0
        with subprocess.Popen(
            command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
        ) as run:  # fmt: skip
            while run.poll() is None:
                peak = max(peak, memory(run.pid))
                time.sleep(0.5)  # what it takes to look would slow a class of networks down
        return Run(time.perf_counter() - began, peak)


def main() -> None:
    """Grade the classes, and print a line for each."""
    print(f"{platform.processor() or platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    for name, make, count, options in (
        ("right", all_right, 100, ()),
        ("right", all_right, 200, ()),
        ("right", all_right, 1000, ()),
        ("a third wrong", a_third_wrong, 200, ()),
        ("right, five hostile", with_hostile, 200, ("--time-limit", "2")),
        ("06, trained", networks, 50, ()),
    ):
        run = graded(make, count, *options)
        rate, each = count / run.seconds, 1000 * run.seconds / count
        print(
            f"{count:5d} {name:20} {run.seconds:7.1f} s  {rate:6.1f}/s  {60 * rate:6.0f}/min  {each:7.1f} ms each  "
            f"{run.peak / 2**20:5.0f} MiB",
            flush=True,
        )


if __name__ == "__main__":
    main()
