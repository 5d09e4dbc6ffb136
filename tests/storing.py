"""Stores made-up reports: for the tests of the gradebook, and as a program that they run twice or kill."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

from grader.gradebook import Key, open_gradebook
from grader.report import Environment, Report, SandboxInfo, SubmissionInfo

_ENVIRONMENT = Environment(cnnexercises="0.1.0", python="3.11.7", numpy="2.4.6", torch=None, platform="Linux")


def a_report(student: str = "kim", score: float = 8.0, **fields: Any) -> Report:
    """Return a report out of 10 points."""
    content: dict[str, Any] = {
        "exercise": "04_conv_backprop",
        "submission": SubmissionInfo(path=f"{student}/04.py", sha256="ab" * 32, student=student),
        "status": "graded",
        "score": score,
        "max_score": 10.0,
        "tasks": (),
        "environment": _ENVIRONMENT,
        "sandbox": SandboxInfo(level="strict", features=("seccomp",)),
        "seed": 7,
        "duration_seconds": 0.1,
    }
    return Report(**content | fields)


def a_key(student: str = "kim", attempt: int = 1, **fields: Any) -> Key:
    """Return the key of a report."""
    content: dict[str, Any] = {"exercise": "04_conv_backprop", "sha256": "ab" * 32, "version": "0.1.0+1", "seed": 7}
    return Key(student, attempt=attempt, **content | fields)


def numbered(number: int) -> tuple[Report, Key]:
    """Return report and key of a student with a number; the score is the number, and the message is long."""
    student = f"student {number:06d}"
    return a_report(student, float(number), message=f"{number} " * 1500), a_key(student)


def rows(book: Path | str) -> dict[str, Any]:
    """Return the stored reports by student, without how long grading took."""
    with open_gradebook(str(book), create=False) as gradebook:
        reports = {entry.key.student: json.loads(entry.json) for entry in gradebook.entries()}
    for report in reports.values():
        del report["duration_seconds"]
    return reports


def main(where: str) -> None:
    """Store what standard input says, a line for each run: "from until", in a child process of its own.

    Tells the child's process, each number once its report is stored, and "ended" when the child has ended.
    """
    for line in sys.stdin:
        first, last = map(int, line.split())
        child = os.fork()
        if child:
            os.waitpid(child, 0)
            print("ended", flush=True)
            continue
        print(os.getpid(), flush=True)
        with open_gradebook(where) as book:
            for number in range(first, last):
                book.store(*numbered(number))
                print(number, flush=True)
        os._exit(0)


if __name__ == "__main__":
    main(sys.argv[1])
