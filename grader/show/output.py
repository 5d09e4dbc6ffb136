"""Where reports go: shown one by one as they come, or gathered into one document for a file or standard output."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import IO

from cnnexercises import catalog
from grader.errors import UsageError
from grader.report import Report

Show = Callable[[Report], None]


@contextmanager
def output_of(form: str, path: Path | None) -> Iterator[Show]:
    """Yield what shows a report in a format, on standard output or in a file.

    "terminal" and "json" are written report by report. The other formats are one document: their module in this
    package has ``write(reports) -> str``. Raises UsageError when the file cannot be written.
    """
    with _opened(path) as stream:
        if form == "terminal":
            yield _terminal(stream)
        elif form == "json":
            yield lambda report: print(report.model_dump_json(), file=stream, flush=True)
        else:
            reports: list[Report] = []
            yield reports.append
            stream.write(import_module(f"grader.show.{form}").write(reports))


@contextmanager
def _opened(path: Path | None) -> Iterator[IO[str]]:
    if path is None:
        if hasattr(sys.stdout, "reconfigure"):  # a report may hold what a pipe's encoding lacks
            sys.stdout.reconfigure(errors="backslashreplace")
        yield sys.stdout
        return
    try:
        stream = path.open("w", encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {error.strerror}.") from error
    with stream:
        yield stream


def _terminal(stream: IO[str]) -> Show:
    from rich.console import Console

    from grader.show.terminal import render

    console = Console(file=stream, highlight=False)

    def show(report: Report) -> None:
        entry = catalog.entry(report.exercise)
        following = next((e.name for e in catalog.ENTRIES if e.number == entry.number + 1), None)
        render(report, console=console, title=entry.load().title, next_exercise=following)

    return show
