"""Where reports go: shown one by one as they come, or gathered into one document for a file or standard output."""

from __future__ import annotations

import codecs
import json
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from itertools import count
from pathlib import Path
from typing import TextIO

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
    with _opened(path, form) as stream:
        if form == "terminal":
            yield _told(path)(_terminal(stream))
        elif form == "json":
            yield _told(path)(lambda report: print(_line(report, stream), file=stream, flush=True))
        else:
            reports: list[Report] = []
            yield reports.append
            document = import_module(f"grader.show.{form}").write(reports)
            with _told(path):
                print(document, end="", file=stream, flush=True)


def _line(report: Report, stream: TextIO) -> str:
    """Return a report as a line of JSON, in ASCII for a stream that is not UTF-8: such as a pipe on Windows."""
    line = report.model_dump_json()
    encoding = getattr(stream, "encoding", None) or "utf-8"  # there may be no standard output at all
    if codecs.lookup(encoding).name == "utf-8":
        return line
    return re.sub(r"[^\x00-\x7f]", lambda char: json.dumps(char[0])[1:-1], line)


@contextmanager
def _opened(path: Path | None, form: str) -> Iterator[TextIO]:
    if path is None:
        if hasattr(sys.stdout, "reconfigure"):
            # A report may hold what a pipe's encoding lacks; a document is UTF-8 wherever it goes.
            encoding = None if form in ("terminal", "json") else "utf-8"
            sys.stdout.reconfigure(encoding=encoding, errors="backslashreplace")
        yield sys.stdout
        return
    with _told(path):
        stream = path.open("w", encoding="utf-8")
    try:
        yield stream
    finally:
        with _told(path):
            stream.close()


@contextmanager
def _told(path: Path | None) -> Iterator[None]:
    """Turn what keeps a file from being written into a sentence. A reader who has gone (`| head`) is no error."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise UsageError(f"{path or 'The output'} cannot be written: {error.strerror}.") from error


def _terminal(stream: TextIO) -> Show:
    from rich.console import Console

    from grader.show.terminal import render

    console = Console(file=stream, highlight=False)
    before = count()

    def show(report: Report) -> None:
        if next(before):
            print(file=stream)  # a blank line between two reports
        entry = catalog.entry(report.exercise)
        following = next((e.name for e in catalog.ENTRIES if e.number == entry.number + 1), None)
        render(report, console=console, title=entry.load().title, next_exercise=following)
        print(end="", file=stream, flush=True)  # now, and not when the file is closed, a full disk tells

    return show
