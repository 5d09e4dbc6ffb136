"""The catalogue: every exercise in order, found by number, slug or file stem, with did-you-mean."""

from __future__ import annotations

import ast
import difflib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from cnnexercises import __version__

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

    def version(self) -> str:
        """Return the package's version and a digest of all that judges a submission, such as "0.1.0+2f1c9a0b7d3e4f56".

        The digest is of the sources of the exercise: its module, those named after it or imported by them, and all
        mistakes, probes and networks. Nothing is imported for it.
        """
        return f"{__version__}+{_digest(self.slug)}"


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


@cache
def _digest(slug: str) -> str:
    import hashlib

    package = Path(__file__).resolve().parent
    files = sorted({*_sources(package, slug), *package.glob("probes/*.py"), *package.glob("networks/*.py")})
    digest = hashlib.sha256()
    for file in files:  # read as text: line ends differ between systems, and say nothing
        for part in (file.relative_to(package).as_posix(), file.read_text(encoding="utf-8")):
            digest.update(part.encode() + b"\0")
    return digest.hexdigest()[:16]


def _sources(package: Path, slug: str) -> set[Path]:
    """Return the modules of an exercise, and of this package whatever they import."""
    found: set[Path] = set()
    pending = {*package.glob(f"{slug}*.py"), *package.glob("*_mistakes.py")}
    while pending:
        found |= pending
        names = {name for file in pending for name in _imported(file)}
        pending = {package / f"{name}.py" for name in names if (package / f"{name}.py").is_file()} - found
    return found


@cache
def _imported(file: Path) -> frozenset[str]:
    return frozenset(_imports(ast.parse(file.read_text(encoding="utf-8"))))


def _imports(tree: ast.Module) -> Iterator[str]:
    """Yield the modules of this package that a module imports anywhere in it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        else:
            continue
        for name in names:
            package, _, rest = name.partition(".")
            if package == "cnnexercises" and rest:
                yield rest.partition(".")[0]
