"""The vocabulary of the course: exercises, tasks, cases and hints, all of them frozen values."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from importlib import import_module
from types import MappingProxyType
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

Profile = Literal["numpy", "torch"]
"""What a submission may import: "numpy" is NumPy and the standard library, "torch" adds torch."""


@dataclass(frozen=True)
class Tensor:
    """An expected torch tensor, by the array that it holds: content says "a float32 tensor" without torch."""

    array: npt.NDArray[Any]


@dataclass(frozen=True)
class Call:
    """The arguments of one call. Arrays among them may have any memory order; none is ever written to."""

    args: tuple[Any, ...] = ()
    kwargs: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))


def call(*args: Any, **kwargs: Any) -> Call:
    """Write a call as it is made: ``call(x, kernel, stride=2)``."""
    return Call(args, MappingProxyType(kwargs))


@dataclass(frozen=True)
class Case:
    """One question to a task, with its points.

    ``name`` is what a student reads: "stride 2 on a non-square image". ``inputs`` draws the arguments from a
    seeded generator; the expected answer is the task's reference on them (an exception counts as an answer: a
    reference that raises ValueError asks for a ValueError). ``why`` is said when the case fails: what a failure
    here tells, in a sentence or two. A case worth no points never fails a task: its ``why`` becomes a note.
    ``stays`` is for authors: why a case with points stays that no known mistake needs (`cnnex verify` asks for it).
    """

    name: str
    points: float
    inputs: Callable[[np.random.Generator], Call]
    why: str | None = None
    stays: str | None = None


@dataclass(frozen=True)
class Misconception:
    """A known wrong turn, as code.

    ``wrong`` answers as a student with this mistake does. When it is a partial of a computation with some steps
    exchanged (see ``misconception``), two mistakes in different steps of one computation can be tried together.
    ``title`` says the mistake in a line, ``explanation`` why it is one, in a student's words, and ``look_at`` where
    in the code to look.
    """

    slug: str
    title: str
    explanation: str
    look_at: str
    wrong: Callable[..., Any]


def misconception(
    slug: str, title: str, explanation: str, look_at: str, computation: Callable[..., Any], **steps: Any
) -> Misconception:
    """Make a misconception from a computation whose ``steps`` are keyword-only arguments."""
    return Misconception(slug, title, explanation, look_at, partial(computation, **steps))


@dataclass(frozen=True)
class FunctionTask:
    """A function to write.

    ``parameters`` are the names of its arguments in order, as the contract has them. ``results`` names the parts
    of a tuple result, such as ("dx", "dweight", "dbias"), and is empty for a single result; ``shares`` is what each of
    them is worth of a case's points (their sum is 1), and empty where a case is all or nothing. ``reference`` is the
    oracle: NumPy float64, plain rather than fast, never shown. ``ladder`` yields small calls with small integer
    values, the smallest first: the first of them that a failing submission gets wrong is what the student is
    shown. ``hints`` are the rungs of the hint ladder, from a nudge to nearly the answer. ``mistakes``
    says where the misconceptions are: "module:NAME" in this package.
    """

    name: str
    parameters: tuple[str, ...]
    summary: str
    reference: Callable[..., Any]
    cases: tuple[Case, ...]
    ladder: Callable[[], Iterator[Call]]
    hints: tuple[str, ...]
    results: tuple[str, ...] = ()
    shares: tuple[float, ...] = ()
    mistakes: str = ""

    @property
    def misconceptions(self) -> tuple[Misconception, ...]:
        """The known wrong turns. Imported when they are asked for: a right submission has no use for them."""
        if not self.mistakes:
            return ()
        module, _, name = self.mistakes.partition(":")
        known: tuple[Misconception, ...] = getattr(import_module(f"cnnexercises.{module}"), name)
        return known


Names = Sequence[tuple[str, Any]]
"""What the parts of a nested value are called: a name for each, with the names of its own parts."""


@dataclass(frozen=True)
class Observation:
    """One question to an object: a probe function's name, what the student would type for it, and the answer.

    ``answer`` is the reference in NumPy terms: it takes the call's arguments and returns the expected value, or
    raises the expected exception. ``names`` takes them as well, and returns what the answer's parts are called, each
    with the names of its own parts. ``public`` says that the values are no secret, and may be shown.
    """

    case: Case
    probe: str
    shown: str
    answer: Callable[..., Any]
    names: Callable[..., Names]
    public: bool = False


@dataclass(frozen=True)
class Usage:
    """A small use of a class: ``lines`` that a student would type, an expression ``asked``, and what it gives.

    ``answer`` returns the expected value, or raises the expected exception. ``cases`` are the names of the cases
    that ask for the same.
    """

    cases: tuple[str, ...]
    lines: str
    asked: str
    answer: Callable[[], Any]


@dataclass(frozen=True)
class DatasetMistake:
    """A known wrong turn of a data set, recognised by which observations fail, and how.

    ``seen`` are observations that fail, by the names of their cases, each with a regular expression for what is
    said about it ("" for anything). ``beside`` are others that may fail as well; None stands for all of them. All
    other observations pass. ``title``, ``explanation`` and ``look_at`` are as in a misconception.
    """

    slug: str
    title: str
    explanation: str
    look_at: str
    seen: Mapping[str, str] = field(hash=False)
    beside: tuple[str, ...] | None = None


@dataclass(frozen=True)
class DatasetTask:
    """A Dataset class to write, judged by what a user of it sees.

    ``probes`` is the name of a file beside this module, in ``probes/``, which runs next to the submission in the
    sandbox; each of its functions takes the submitted class and the arguments of a case. Of the ``mistakes`` the
    first that fits is told.
    ``usages`` are small ones, the simplest first: one that goes wrong is what the student is shown.
    """

    name: str
    summary: str
    probes: str
    observations: tuple[Observation, ...]
    hints: tuple[str, ...]
    mistakes: tuple[DatasetMistake, ...] = ()
    usages: tuple[Usage, ...] = ()

    @property
    def cases(self) -> tuple[Case, ...]:
        """The cases, in the order of the observations."""
        return tuple(observation.case for observation in self.observations)


@dataclass(frozen=True)
class TrainingPlan:
    """A brief training that confirms that a network learns (how its numbers were found: docs/training.md).

    ``images`` and ``test_images`` are how many are drawn (all, where there are fewer). ``peak_rate`` is the peak of
    a one-cycle schedule with ``warm_up`` (a fraction of the steps) of linear rise and a linear fall to zero.
    ``thresholds`` are the test accuracies, by data set name, with which it passes. ``usual`` are those that PyTorch's
    own initialisation reaches, where a network that passes and stays below is to be told so, and loses nothing.
    """

    images: int
    test_images: int
    epochs: int
    batch: int
    peak_rate: float
    warm_up: float
    thresholds: Mapping[str, float]
    usual: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True)
class NetworkMistake:
    """A known wrong turn of a network that has the right parameters.

    ``steps`` are those of the task's steps that it takes in another way. ``title``, ``explanation`` and ``look_at``
    are as in a misconception. ``frequent`` mistakes are also tried two at a time.
    """

    slug: str
    title: str
    explanation: str
    look_at: str
    steps: Mapping[str, str]
    frequent: bool = False


@dataclass(frozen=True)
class ModelTask:
    """A network to write, judged by structure and function against a reference network with the same weights.

    ``reference`` is the name of a file beside this module, in ``networks/``: its class ``Reference`` runs in the
    sandbox, like a submission, so that the grading process needs no torch. ``parameters`` are the shapes of the
    reference's parameters in order of use, ``input_shape`` is that of one image, ``flattened`` the (C, H, W) that
    is flattened before the linear layer, ``points`` maps each check to what it is worth. ``trainings`` are tried in
    turn, until the network passes one; by the last, from two seeds, it is judged.

    ``steps`` are the reference's, in their order: a name for the place of each (such as "activation1"), and the
    steps there, none or several, apart by blanks. The class ``Mistaken`` of the reference's file takes them, and
    those of the ``mistakes``.
    """

    name: str
    summary: str
    reference: str
    input_shape: tuple[int, ...]
    flattened: tuple[int, ...]
    classes: int
    parameters: tuple[tuple[int, ...], ...]
    points: Mapping[str, float]
    trainings: tuple[TrainingPlan, ...]
    hints: tuple[str, ...]
    steps: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    mistakes: tuple[NetworkMistake, ...] = ()

    def taken(self, *mistakes: NetworkMistake) -> tuple[str, ...]:
        """Return the steps of a network with these mistakes, in their order."""
        steps = dict(self.steps)
        for mistake in mistakes:
            steps.update(mistake.steps)
        return tuple(" ".join(steps.values()).split())


Task = FunctionTask | DatasetTask | ModelTask


@dataclass(frozen=True)
class Exercise:
    """An exercise: what to write and how it is judged.

    ``statement`` is Markdown: what the lecture says, its formula, its figure in words, and what to write.
    ``corrections`` say what the lecture gets wrong and how it is right. ``difficulty`` is 1 to 5, ``minutes`` is
    what a student who has heard the lecture needs.
    """

    number: int
    slug: str
    title: str
    topic: str
    difficulty: int
    minutes: int
    profile: Profile
    statement: str
    corrections: tuple[str, ...]
    tasks: tuple[Task, ...]

    @property
    def name(self) -> str:
        """The stem of its files, such as "04_conv_backprop"."""
        return f"{self.number:02d}_{self.slug}"

    @property
    def entry_points(self) -> tuple[str, ...]:
        """The functions and classes that a submission defines."""
        return tuple(task.name for task in self.tasks)
