"""The bench on which a network is judged: sessions, drawn inputs, and how a student's answers are read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from typing import Any

import numpy as np
import numpy.typing as npt

from cnnexercises.exercise import ModelTask
from grader.errors import GraderFault
from grader.network_answers import no_logits
from grader.network_crashes import crash
from grader.network_settings import Calls
from grader.outcome import (
    Died,
    Missing,
    NotStarted,
    Outcome,
    OutOfMemory,
    Raised,
    Returned,
    TimedOut,
)
from grader.report import Diagnosis, OutcomeName
from grader.sandbox.runner import Program, Session
from grader.submission import Submission
from grader.training import Drill
from grader.transplant import Layout, Match, Parameter, choices, drawn_weights, match
from grader.verdict import exception_text, located, where_to_look

Array = npt.NDArray[Any]

REFERENCE = "Reference"
"""The name of the class in a reference's file."""

_GAINS = (1.0, 4.0)
"""Small weights show the curve of an activation near zero, large ones where it saturates."""

_LONGEST_NAME = 60
_LARGEST = 1e30


def reference_program(task: ModelTask, seed: int) -> Program:
    """Return the program of a task's reference, beside the functions that ask it."""
    source, probe = (
        files("cnnexercises").joinpath(folder, name).read_text(encoding="utf-8")
        for folder, name in (("networks", task.reference), ("probes", "network.py"))
    )
    return Program(((task.reference, source),), (REFERENCE,), probe, seed)


@dataclass(frozen=True)
class Finding:
    """How one check went. ``diagnosis`` is what a failure says of the mistake; ``facts`` is what later checks
    build on."""

    passed: bool
    message: str | None = None
    outcome: OutcomeName = "returned"
    notes: tuple[str, ...] = ()
    diagnosis: Diagnosis | None = None
    facts: Any = None


@dataclass(frozen=True)
class Bench:
    """A student's network and the reference on the bench, with the seed that draws weights and images.

    Without a drill, training is not asked for.
    """

    task: ModelTask
    student: Session
    reference: Session
    submission: Submission
    seed: int
    drill: Drill | None = None

    def ask(self, probe: str, *args: Any, **kwargs: Any) -> Outcome:
        """Call a probe function on the student's network."""
        return self.student.call(self.task.name, (self.torch_seed, *args), kwargs, probe=probe)

    def expect(self, probe: str, *args: Any, entry: str = REFERENCE, **kwargs: Any) -> Any:
        """Call a probe function on a class of the reference's file. Raises GraderFault when there is no answer."""
        outcome = self.reference.call(entry, (self.torch_seed, *args), kwargs, probe=probe)
        if not isinstance(outcome, Returned):
            raise GraderFault(f"the reference network did not answer to {probe}: {outcome}")
        return outcome.value

    @cached_property
    def asked_calls(self) -> tuple[str, ...]:
        """The calls of torch that the reference makes in forward, in words."""
        return tuple(self.expect("describe", self.task.input_shape)["calls"])

    def follow(self, training: bool = False) -> Calls:
        """Run forward until it raises, and return what it calls, beside what was asked for."""
        match self.ask("followed", self.task.input_shape, training=training):
            case Returned(list(calls)):
                return Calls([str(call)[:_LONGEST_NAME] for call in calls[:60]], self.asked_calls)
        return Calls()

    @property
    def torch_seed(self) -> int:
        """The seed, in the range that every generator takes."""
        return self.seed % 2**31

    @cached_property
    def inputs(self) -> Inputs:
        """The drawn images, labels and weights."""
        return _inputs(self.task, self.seed)


@dataclass(frozen=True)
class Inputs:
    """Drawn images (N, C, H, W) and labels (N,), weights for each gain, and batches for the training steps."""

    images: Array
    labels: Array
    weights: tuple[list[Array], ...]
    batches: Array
    targets: Array


def _inputs(task: ModelTask, seed: int) -> Inputs:
    """Draw what the checks need. The first two images have few values, and so ties in a max-pool."""
    rng = np.random.default_rng([seed, 60])
    images = rng.uniform(0, 1, (12, *task.input_shape))
    images[0], images[1] = 0, images[1] > 0.5
    images[2:4] = images[2:4] * 2 - 1  # where images were normalised, they have negative values
    return Inputs(
        images.astype(np.float32),
        rng.integers(0, task.classes, 12),
        tuple(drawn_weights(task.parameters, gain, rng) for gain in _GAINS),
        rng.uniform(0, 1, (10, 8, *task.input_shape)).astype(np.float32),
        rng.integers(0, task.classes, (10, 8)),
    )


# --- what came back ---


def unanswered(bench: Bench, outcome: Outcome, doing: str, method: str = "forward") -> Finding:
    """Say why a call gave no answer: ``doing`` is its subject, ``method`` where a stub would lie."""
    match outcome:
        case Raised(waits_for=str(name)):
            return Finding(False, f"{doing} calls {name}, which is not written yet.", "raised")
        case Raised():
            text = f"{exception_text(outcome.name, outcome.text)}{located(outcome.place, bench.submission)}"
            meaning = crash(outcome, bench.task, where_to_look(outcome.place, bench.submission), bench.follow)
            return Finding(False, f"{doing} raises {text}", "raised", diagnosis=meaning)
        case TimedOut(seconds):
            return Finding(False, f"{doing} did not end within {seconds:g} s.", "timed_out")
        case OutOfMemory(limit):
            return Finding(False, f"{doing} asks for more than {limit} MiB of memory.", "out_of_memory")
        case Died(how):
            return Finding(False, f"{doing} ended the whole process: it {how}.", "died")
        case Missing():
            return Finding(False, f"{bench.task.name} is not defined.", "missing")
        case NotStarted():
            return Finding(False, f"{bench.task.name}.{method} is not written yet.", "raised")
    return Finding(False, f"{doing} gave an answer that makes no sense.")


def misanswered(bench: Bench, value: Any, images: int, doing: str) -> Finding | None:
    """Say what is wrong with an answer that should be logits, or return None. ``doing`` is the subject."""
    wrong = odd(value, images, bench.task.classes)
    if wrong is None:
        return None
    end = "" if wrong.endswith("?") else "."
    meaning = no_logits(value, images, bench.task, bench.follow)
    return Finding(False, f"{doing} gives {wrong}{end}", diagnosis=meaning)


def odd(value: Any, images: int, classes: int) -> str | None:
    """Say what is wrong with an answer that should be logits, or return None."""
    wanted = f"a float tensor of shape ({images}, {classes}) was expected"
    if isinstance(value, np.ndarray):
        if value.shape != (images, classes):
            return f"a tensor of shape {value.shape}, where {wanted}"
        if value.dtype.kind != "f":
            return f"a tensor of {value.dtype}, where {wanted}: return the logits, not the class"
        return None if finite(value) else "NaN or infinity"
    match value:
        case {"type": "NoneType"}:
            return f"None, where {wanted}: does forward end with `return`?"
        case {"type": str(name)}:
            return f"a {name[:_LONGEST_NAME]}, where {wanted}"
    return f"something else, where {wanted}"


# --- what is known of a network ---


@dataclass(frozen=True)
class Known:
    """What a forward pass of the student's network showed: its parameters, the functions of torch that it calls,
    the shapes of weights that are no parameters, and which parameter is which of the reference's.
    """

    parameters: tuple[Parameter, ...]
    calls: tuple[str, ...]
    strays: tuple[tuple[int, ...], ...]
    match: Match

    @property
    def matched(self) -> list[Parameter]:
        """The student's parameters in the order of the reference's, when the match is complete."""
        return [self.parameters[i] for i in self.match.indices if i is not None]

    def ways(self, task: ModelTask) -> Iterator[tuple[Layout, ...]]:
        """Yield the layouts that the matched parameters can have, the usual ones first."""
        return choices([parameter.shape for parameter in self.matched], task.parameters, task.flattened)

    def placed(self, arrays: Sequence[Array], ways: tuple[Layout, ...]) -> list[Array | None]:
        """Return the reference's arrays in the place and layout of each of the student's parameters."""
        result: list[Array | None] = [None] * len(self.parameters)
        for index, array, way in zip(self.match.indices, arrays, ways, strict=True):
            if index is not None:
                result[index] = way.to_student(array)
        return result


def read(value: Any, task: ModelTask) -> Known | None:
    """Check a description; it comes from the student's process, and may say anything."""
    match value:
        case {"parameters": list(items), "calls": list(calls), "strays": list(strays)}:
            parameters = tuple(_read_parameter(item) for item in items[:1000])
            named = tuple(str(call)[:_LONGEST_NAME] for call in calls[:60])
            loose = tuple(shape for shape in map(_read_shape, strays[:60]) if shape is not None)
            sound = tuple(parameter for parameter in parameters if parameter is not None)
            if len(sound) == len(items):
                return Known(sound, named, loose, match(sound, task.parameters, task.flattened))
    return None


def _read_parameter(item: Any) -> Parameter | None:
    match item:
        case {"name": str(name), "shape": shape, "trainable": int(trainable), "use": int(use)}:
            sides = _read_shape(shape)
            return Parameter(name[:_LONGEST_NAME], sides, bool(trainable), use) if sides is not None else None
    return None


def _read_shape(value: Any) -> tuple[int, ...] | None:
    if not isinstance(value, list) or len(value) > 8:
        return None
    if not all(isinstance(side, int) and 0 <= side < 2**31 for side in value):
        return None
    return tuple(value)


def arrays(value: Any, key: str, known: Known) -> list[Array | None] | None:
    """Return a probe's arrays for the matched parameters, in the reference's order, or None if they are unsound."""
    items = value.get(key) if isinstance(value, dict) else None
    if not isinstance(items, list) or len(items) != len(known.parameters):
        return None
    chosen = [items[i] for i in known.match.indices if i is not None]
    pairs = zip(chosen, known.matched, strict=True)
    return chosen if all(array is None or _sound(array, parameter.shape) for array, parameter in pairs) else None


def _sound(array: Any, shape: tuple[int, ...]) -> bool:
    floats = isinstance(array, np.ndarray) and array.dtype.kind == "f" and array.shape == shape
    return floats and finite(array)


def finite(array: Array) -> bool:
    """Whether all entries are finite, and small enough to be squared and summed."""
    return bool(np.isfinite(array).all() and np.abs(array, dtype=np.float64).max(initial=0) < _LARGEST)
