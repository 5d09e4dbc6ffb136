"""For authors: stubs made from worked solutions, and the checks that an exercise must pass."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from cnnexercises import catalog
from grader.api import Grader

_REGION = re.compile(r"^([ \t]*)# BEGIN SOLUTION\n.*?^[ \t]*# END SOLUTION\n", re.MULTILINE | re.DOTALL)


def stub_of(solution: str) -> str:
    """Return the stub of a worked solution: each region between its marks becomes ``raise NotImplementedError``."""
    return _REGION.sub(r"\1raise NotImplementedError\n", solution)


def write_stubs() -> list[Path]:
    """Write the stubs that differ from what the solutions give, and return them. For a checkout."""
    written = []
    for solution, stub in _pairs():
        text = stub_of(solution.read_text(encoding="utf-8"))
        if not stub.exists() or stub.read_text(encoding="utf-8") != text:
            stub.write_text(text, encoding="utf-8")
            written.append(stub)
    return written


def _pairs() -> Iterator[tuple[Path, Path]]:
    for entry in catalog.ENTRIES:
        name = f"{entry.name}.py"
        yield catalog.folder("solutions") / name, catalog.folder("exercises") / name


def problems() -> Iterator[str]:
    """Yield a sentence for each stub that is not what its solution gives, and each solution without full marks."""
    with Grader() as grader:
        for solution, stub in _pairs():
            if not solution.exists():
                yield f"there is no {solution.name} in {solution.parent}."
                continue
            if not stub.exists() or stub.read_text(encoding="utf-8") != stub_of(solution.read_text(encoding="utf-8")):
                yield f"{stub.name} is not what its solution gives: run `cnnex verify --write-stubs`."
            report = grader.grade_file(solution)
            if not report.full_marks:
                yield f"the solution of {report.exercise} gets {report.score:g} of {report.max_score:g} points."
