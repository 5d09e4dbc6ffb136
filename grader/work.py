"""One submission of a class on its way to a worker, and what the worker does with it. Knows no gradebook."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from pathlib import Path

from grader.api import Grader, Options
from grader.grades import Key


@dataclass(frozen=True)
class Work:
    """One submission to grade, with the key of its report. It crosses to a worker, and so holds the file's bytes."""

    key: Key
    name: str
    shown: str
    content: bytes
    identifier: str | None
    options: Options


_local = threading.local()
"""One warm grader a thread: a worker process has one thread, a Dask worker may have several."""


def grade_work(work: Work) -> tuple[str, str | None]:
    """Grade one submission and return its report as JSON, and its fingerprint: a pure function, wherever it runs.

    The grader stays warm for the next one. The file is written to a temporary folder, under its own name.
    """
    from tempfile import TemporaryDirectory

    from grader.similarity import fingerprint
    from grader.submission import read_submission

    grader = _warm(work.options)
    with TemporaryDirectory(prefix="cnnex-") as folder:
        path = Path(folder, work.name)
        path.write_bytes(work.content)
        report = grader.grade_file(path, work.key.exercise, work.key.student)
        # The same value as the grader read, so that its statements are not parsed again.
        submission = read_submission(path, work.key.student) if report.status == "graded" else None
    code = None if submission is None else fingerprint(submission)
    shown = report.submission.model_copy(update={"path": work.shown})
    return report.model_copy(update={"submission": shown}).model_dump_json().replace(str(path), work.shown), code


def get_ready(options: Options, profile: str) -> None:
    """Start the sandbox of a profile, and import what grading needs, before the first submission comes."""
    _warm(options).warm_up(profile)
    import grader.grading
    import grader.similarity  # noqa: F401


def _warm(options: Options) -> Grader:
    """Return this thread's grader, a new one where the options are others than before."""
    grader: Grader | None = getattr(_local, "grader", None)
    if grader is None or grader.options != options:
        if grader is not None:
            grader.close()
        grader = _local.grader = Grader(options)
    return grader
