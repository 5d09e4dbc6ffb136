"""The catalogue: every exercise in order, found by number, slug or file stem, with did-you-mean."""

from __future__ import annotations

import difflib
from functools import cache
from importlib import import_module
from pathlib import Path

from cnnexercises.exercise import Exercise

_MODULES = (
    "output_size",
)
"""One module an exercise, in the order of the course. Adding an exercise adds a line here."""


class UnknownExercise(LookupError):
    """No exercise has this name; the message says what it may have meant."""


@cache
def exercises() -> tuple[Exercise, ...]:
    """Return all exercises in the order of the course."""
    return tuple(import_module(f"cnnexercises.{module}").EXERCISE for module in _MODULES)


def find(name: str) -> Exercise:
    """Return the exercise with this number ("4", "04"), slug ("conv_backprop") or stem ("04_conv_backprop").

    Raises UnknownExercise, whose message names the nearest exercise or says how to list them.
    """
    wanted = name.strip().lower().removesuffix(".py").removesuffix(".ipynb").replace("-", "_")
    for exercise in exercises():
        if wanted in (exercise.name, exercise.slug) or (wanted.isdecimal() and int(wanted) == exercise.number):
            return exercise
    names = [exercise.name for exercise in exercises()] + [exercise.slug for exercise in exercises()]
    near = difflib.get_close_matches(wanted, names, n=1, cutoff=0.5)
    meant = f"did you mean {near[0]}?" if near else "`cnnex list` shows what there is."
    raise UnknownExercise(f"There is no exercise {name!r}: {meant}")


def folder(kind: str) -> Path:
    """Return where the "exercises" (stubs) or "solutions" lie, in an installed package or in a checkout."""
    package = Path(__file__).resolve().parent
    inside = package / kind
    return inside if inside.is_dir() else package.parent / kind
