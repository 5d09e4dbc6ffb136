"""What a student hands in: a .py or an .ipynb becomes a Submission, with the origin of every line."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


class UnreadableSubmission(Exception):
    """The file cannot be read as a submission; the message is a sentence that says what to do."""


@dataclass(frozen=True)
class Unit:
    """A piece of source that runs as one: the whole file, or one code cell.

    ``label`` is what a person calls it ("04_conv_backprop.py", "cell 3"); line numbers count from 1 within it.
    ``source`` keeps the line numbers: magics and shell lines are replaced, not removed. ``syntax_error`` is a
    sentence naming the line when the unit does not parse, else None.
    """

    label: str
    source: str
    syntax_error: str | None = None


@dataclass(frozen=True)
class Submission:
    """One file of one student. ``sha256`` is that of the file's bytes."""

    path: Path
    sha256: str
    units: tuple[Unit, ...]
    student: str | None = None
