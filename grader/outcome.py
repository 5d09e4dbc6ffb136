"""What came of calling a submission: plain data, because a student's fault is a value and never an exception."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy.typing as npt


@dataclass(frozen=True)
class TorchTensor:
    """A torch tensor that a submission returned, by its values."""

    array: npt.NDArray[Any]


@dataclass(frozen=True)
class Opaque:
    """A value that is none of those that cross the wire: its type, and a word about it ("too large", a shape)."""

    type_name: str
    detail: str = ""


@dataclass(frozen=True)
class Place:
    """Where in a submission: the index of the unit (the file, or a notebook cell), its 1-based line, the function."""

    unit: int
    line: int
    function: str


@dataclass(frozen=True)
class Returned:
    """The call returned. ``changed`` are the positions or names of arguments that it modified.

    ``shares_memory`` says that the result is a view of an argument.
    """

    value: Any
    changed: tuple[int | str, ...] = ()
    shares_memory: bool = False


@dataclass(frozen=True)
class Raised:
    """The call raised. ``bases`` are the names of the exception's classes, the exception's own first.

    ``waits_for`` is the name of the function that is not written yet, when a stub raised NotImplementedError.
    """

    bases: tuple[str, ...]
    text: str
    place: Place | None = None
    waits_for: str | None = None

    @property
    def name(self) -> str:
        """The name of the exception."""
        return self.bases[0]


@dataclass(frozen=True)
class TimedOut:
    """The call did not end within its time limit, in seconds."""

    seconds: float


@dataclass(frozen=True)
class OutOfMemory:
    """The call asked for more memory than its limit, in MiB."""

    limit: int


@dataclass(frozen=True)
class Died:
    """The process ended during the call: by ``os._exit``, a signal, or by breaking the protocol."""

    how: str


@dataclass(frozen=True)
class Missing:
    """The submission does not define the entry point."""


@dataclass(frozen=True)
class NotStarted:
    """The entry point is the untouched stub."""


Outcome = Returned | Raised | TimedOut | OutOfMemory | Died | Missing | NotStarted


@dataclass(frozen=True)
class LoadError:
    """A statement outside functions that did not run: the error, and the place."""

    name: str
    text: str
    place: Place


@dataclass(frozen=True)
class Loaded:
    """A submission was loaded: which of the wanted names it defines, and the statements that failed."""

    defined: tuple[str, ...]
    errors: tuple[LoadError, ...] = ()
