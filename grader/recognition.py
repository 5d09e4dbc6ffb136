"""Tells which exercise a submission is for: by what was asked, by its file's name, or by what it defines."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from cnnexercises import catalog
from grader.show.untrusted import visible
from grader.submission import Submission, UnreadableSubmission, definitions

if TYPE_CHECKING:
    from cnnexercises.exercise import Exercise


class UnrecognisedExercise(UnreadableSubmission):
    """No exercise fits, or several do; the message says how to name it."""


def recognise(submission: Submission, wanted: str | None = None) -> Exercise:
    """Return the exercise of a submission.

    ``wanted`` (a number, slug or file stem) decides when given, then the file's name, then the entry points
    that it defines. Raises UnrecognisedExercise, which says what to do.
    """
    entry = entry_of(wanted) if wanted is not None else entry_by_name(submission.path)
    return entry.load() if entry else _by_entry_points(submission)


def entry_of(name: str) -> catalog.Entry:
    """Return the exercise that a person named. Raises UnrecognisedExercise."""
    try:
        return catalog.entry(name)
    except catalog.UnknownExercise as error:
        raise UnrecognisedExercise(visible(str(error))) from None


def entry_by_name(path: Path) -> catalog.Entry | None:
    """Return the exercise whose name is in the file's name, when it is one only; nothing is imported for it.

    "04_conv_backprop (1).py", "04-conv-backprop-2.ipynb" and "kim_04_conv_backprop.py" count.
    """
    stem = re.sub(r"[\s-]+", "_", path.stem.lower())
    found = [
        entry
        for entry in catalog.ENTRIES
        if re.search(rf"(?<![a-z0-9]){re.escape(entry.name)}(?![a-z0-9])", stem)
    ]
    return found[0] if len(found) == 1 else None


def _by_entry_points(submission: Submission) -> Exercise:
    """Return the exercise of which most is defined; one that is defined completely goes before the others."""
    defined = set(definitions(submission))
    ranked = [(_fit(exercise, defined), exercise) for exercise in catalog.exercises()]
    best = max(fit for fit, _ in ranked)
    fitting = [exercise for fit, exercise in ranked if fit == best and any(fit)]
    if len(fitting) == 1:
        return fitting[0]
    raise UnrecognisedExercise(_unrecognised(submission, [exercise.name for exercise in fitting]))


def _fit(exercise: Exercise, defined: set[str]) -> tuple[bool, int]:
    count = len(defined.intersection(exercise.entry_points))
    return count == len(exercise.entry_points), count


def _unrecognised(submission: Submission, names: list[str]) -> str:
    file = visible(str(submission.path))
    broken = next((unit for unit in submission.units if unit.syntax_error), None)
    if names:
        reason = f"it fits {' and '.join(names)}"
    elif broken:
        reason = f"{broken.label} is not valid Python ({broken.syntax_error})"
    else:
        reason = "it defines none of their functions"
    return (
        f"Which exercise {file} is for cannot be told: its name is not that of one, and {reason}. Please say "
        f"--exercise NAME, or name the file as the course does, such as {catalog.ENTRIES[0].name}.py."
    )
