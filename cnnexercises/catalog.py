"""The catalogue: every exercise in order, found by number, slug or file stem, with did-you-mean."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # an exercise is imported when it is asked for: NumPy and its cases cost time
    from cnnexercises.exercise import Exercise, Profile


@dataclass(frozen=True)
class Entry:
    """A line of the catalogue: enough to find an exercise, and to warm up its sandbox, before it is imported.

    The module ``cnnexercises.<slug>`` holds the exercise itself.
    """

    number: int
    slug: str
    profile: Profile

    @property
    def name(self) -> str:
        """The stem of its files, such as "04_conv_backprop"."""
        return f"{self.number:02d}_{self.slug}"

    def load(self) -> Exercise:
        """Import the exercise."""
        exercise: Exercise = import_module(f"cnnexercises.{self.slug}").EXERCISE
        return exercise


ENTRIES = (
    Entry(1, "output_size", "numpy"),
    Entry(2, "manual_conv", "numpy"),
    Entry(3, "parameter_count", "numpy"),
    Entry(4, "conv_backprop", "numpy"),
    Entry(5, "pool_backprop", "numpy"),
    Entry(6, "mnist_cnn", "torch"),
    Entry(7, "custom_dataset", "torch"),
)
"""The course in order. Adding an exercise adds its module and a line here."""


class UnknownExercise(LookupError):
    """No exercise has this name; the message says what it may have meant."""


@cache
def exercises() -> tuple[Exercise, ...]:
    """Return all exercises in the order of the course."""
    return tuple(entry.load() for entry in ENTRIES)


def entry(name: str) -> Entry:
    """Return the line of the exercise with this number ("4", "04"), slug ("conv_backprop") or stem.

    Raises UnknownExercise, whose message names the nearest exercise or says how to list them.
    """
    wanted = name.strip().lower().removesuffix(".py").removesuffix(".ipynb").replace("-", "_")
    for line in ENTRIES:
        if wanted in (line.name, line.slug) or (wanted.isdecimal() and int(wanted) == line.number):
            return line
    names = [line.name for line in ENTRIES] + [line.slug for line in ENTRIES]
    near = difflib.get_close_matches(wanted, names, n=1, cutoff=0.5)
    meant = f"did you mean {near[0]}?" if near else "`cnnex list` shows what there is."
    raise UnknownExercise(f"There is no exercise {name!r}: {meant}")


def find(name: str) -> Exercise:
    """Return the exercise with this number, slug or stem. Raises UnknownExercise."""
    return entry(name).load()


def folder(kind: str) -> Path:
    """Return where the "exercises" (stubs) or "solutions" lie, in an installed package or in a checkout."""
    package = Path(__file__).resolve().parent
    inside = package / kind
    return inside if inside.is_dir() else package.parent / kind
