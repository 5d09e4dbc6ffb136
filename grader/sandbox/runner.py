"""Runs a submission: sessions that load a program and call it, and answer with outcomes whatever it does."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Protocol

from grader.errors import SandboxFault
from grader.outcome import (
    Died,
    Loaded,
    LoadError,
    Missing,
    NotStarted,
    Opaque,
    Outcome,
    OutOfMemory,
    Place,
    Raised,
    Returned,
    TimedOut,
    TorchTensor,
)
from grader.sandbox import wire
from grader.sandbox.channel import ChannelBroken, ChannelClosed
from grader.sandbox.worker import Job, Launcher, Level

_MIB = 1024 * 1024
_MAX_SKIPS = 3
_MAX_TEXT, _MAX_NAME, _MAX_LISTED = 2000, 100, 20
_ADDRESS = re.compile(r"0x[0-9a-fA-F]{6,}")
_NO_KEYWORDS: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True)
class Limits:
    """What a submission may use: seconds for one call (and for loading), MiB of memory beyond the libraries', where
    0 is no limit (for level "off" only)."""

    seconds: float = 10.0
    memory: int = 1024


@dataclass(frozen=True)
class Program:
    """What runs: (label, source) units in order, the names that will be called, and the text of a probe file.

    A unit is the file or a cell; statements outside functions run one by one, and one that fails does not keep
    the others from running. A probe is trusted code that runs beside the submission; its functions get the
    submission's entry point first. ``seed`` sets the global random generators before every call.
    """

    units: tuple[tuple[str, str], ...]
    wanted: tuple[str, ...]
    probe: str | None = None
    seed: int = 0


class Session(Protocol):
    """A loaded program that can be called."""

    def load(self) -> Loaded | TimedOut | OutOfMemory | Died:
        """Run the statements outside functions, and say what is defined then."""

    def call(
        self,
        entry: str,
        args: Sequence[Any],
        kwargs: Mapping[str, Any] = _NO_KEYWORDS,
        *,
        probe: str | None = None,
        seconds: float | None = None,
        progress: Callable[[Any], None] | None = None,
    ) -> Outcome:
        """Call an entry point, or a probe function on it, and say what came of it. Never raises for a student's
        fault; raises GraderFault for ours."""

    def close(self) -> None:
        """End the program's process."""


class Runner(Protocol):
    """Opens sessions. ``level`` and ``features`` say how well they are contained."""

    @property
    def level(self) -> Level:
        """The sandbox level."""

    @property
    def features(self) -> tuple[str, ...]:
        """The protections in force."""

    def open(self, program: Program, limits: Limits) -> Session:
        """Return a session for a program; nothing of it has run yet."""

    def close(self) -> None:
        """End what is warm."""


@dataclass(frozen=True)
class SandboxRunner:
    """The runner over sandboxed processes of one profile. Use it from one thread."""

    launcher: Launcher

    @property
    def level(self) -> Level:
        """The sandbox level; waits for the sandbox to start."""
        return self.launcher.level

    @property
    def features(self) -> tuple[str, ...]:
        """The protections in force; waits for the sandbox to start."""
        return self.launcher.features

    def open(self, program: Program, limits: Limits) -> SandboxSession:
        """Return a session for a program."""
        return SandboxSession(self.launcher, program, limits)

    def close(self) -> None:
        """End the warm processes."""
        self.launcher.close()


@dataclass
class SandboxSession:
    """A program in a process of its own, which is replaced when the program kills it.

    After a death or a time-out the next call starts a fresh process and loads the program again, so that one bad
    function does not take the others with it.
    """

    launcher: Launcher
    program: Program
    limits: Limits
    _job: Job | None = None
    _lost: list[LoadError] = field(default_factory=list)

    def load(self) -> Loaded | TimedOut | OutOfMemory | Died:
        """Load the program in a fresh process.

        A statement that does not end, or ends the process, is left out when the program is loaded again: it is
        named among the errors, and the functions beside it are there.
        """
        while True:
            loaded = self._load_once()
            if isinstance(loaded, Loaded):
                return Loaded(loaded.defined, (*self._lost, *loaded.errors))
            if self._at is None or len(self._lost) >= _MAX_SKIPS:
                return loaded
            self._lost.append(LoadError(type(loaded).__name__, _loss(loaded), self._at))

    def _load_once(self) -> Loaded | TimedOut | OutOfMemory | Died:
        self.close()
        self._at: Place | None = None
        self._job = self.launcher.launch(self.limits.memory * _MIB)
        request = {
            "kind": "load",
            "units": [list(unit) for unit in self.program.units],
            "wanted": list(self.program.wanted),
            "probe": self.program.probe,
            "seed": self.program.seed,
            "skip": [[lost.place.unit, lost.place.line] for lost in self._lost],
        }
        answer = self._exchange(request, self.limits.seconds, None)
        if isinstance(answer, (TimedOut, Died)):
            return answer
        if answer.get("kind") == "raised":
            return OutOfMemory(self.limits.memory)
        try:
            return _loaded(answer)
        except (wire.WireError, KeyError, TypeError, ValueError):
            return self._died("broke the grader's protocol")

    def call(
        self,
        entry: str,
        args: Sequence[Any],
        kwargs: Mapping[str, Any] = _NO_KEYWORDS,
        *,
        probe: str | None = None,
        seconds: float | None = None,
        progress: Callable[[Any], None] | None = None,
    ) -> Outcome:
        """Call an entry point, or a probe function on it."""
        if self._job is None:
            loaded = self.load()
            if not isinstance(loaded, Loaded):
                return loaded
        request = {
            "kind": "call",
            "entry": entry,
            "probe": probe,
            "args": [wire.encode(value) for value in args],
            "kwargs": {name: wire.encode(value) for name, value in kwargs.items()},
        }
        answer = self._exchange(request, seconds or self.limits.seconds, progress)
        if isinstance(answer, (TimedOut, Died)):
            return answer
        try:
            return _outcome(answer, entry, self.limits.memory)
        except (wire.WireError, KeyError, TypeError, ValueError):
            return self._died("broke the grader's protocol")

    def _exchange(self, request: Any, seconds: float, progress: Callable[[Any], None] | None) -> Any:
        assert self._job is not None
        deadline = time.monotonic() + seconds
        try:
            self._job.channel.send(request, deadline)
            while True:
                answer = self._job.channel.receive(deadline)
                if not isinstance(answer, dict):
                    return self._died("broke the grader's protocol")
                if answer.get("kind") == "at":
                    self._at = _place([answer.get("unit"), answer.get("line"), ""])
                elif answer.get("kind") == "progress":
                    _report(progress, answer.get("value"))
                else:
                    return answer
        except TimeoutError:
            self.close()
            return TimedOut(seconds)
        except ChannelBroken:
            return self._died("broke the grader's protocol")
        except ChannelClosed:
            return self._died(None)

    def _died(self, how: str | None) -> Died:
        assert self._job is not None
        # A process that is on its way out may have closed its socket first: let it end, so that its status tells.
        time.sleep(0.02)
        job, self._job = self._job, None
        ended = job.end()
        return Died(how or ended or "was killed")

    def close(self) -> None:
        """End the process."""
        job, self._job = self._job, None  # also when it cannot be ended: nobody asks it a second time
        if job is not None:
            job.end()


def _loss(outcome: TimedOut | OutOfMemory | Died) -> str:
    match outcome:
        case TimedOut(seconds):
            return f"did not end within {seconds:g} s"
        case OutOfMemory(limit):
            return f"needs more than {limit} MiB of memory"
        case Died(how):
            return f"the process {how}"


def _loaded(answer: dict[str, Any]) -> Loaded:
    if answer["kind"] != "loaded":
        raise wire.WireError("no answer to a load")
    errors = []
    for item in answer["errors"][:_MAX_LISTED]:
        raised = _raised(item)
        at = _place([*item["at"], ""])
        if at is None:
            raise wire.WireError("an error without a place")
        inside = raised.place if raised.place and raised.place.function != "<module>" else None
        errors.append(LoadError(raised.name, raised.text, inside or at))
    return Loaded(tuple(name for name in answer["defined"] if isinstance(name, str)), tuple(errors))


def _outcome(answer: dict[str, Any], entry: str, memory: int) -> Outcome:
    match answer["kind"]:
        case "missing":
            return Missing()
        case "returned":
            return Returned(decode(answer["value"]), _changed(answer["changed"]), answer["shares"] is True)
        case "raised":
            raised = _raised(answer)
            if "MemoryError" in raised.bases or "can't allocate memory" in raised.text:
                return OutOfMemory(memory)
            return NotStarted() if raised.waits_for == entry else raised
    raise wire.WireError("no answer to a call")


def _changed(keys: list[Any]) -> tuple[int | str, ...]:
    """Return positions and names of arguments; a child may claim that it changed what was never there."""
    names = tuple(key[:_MAX_NAME] for key in keys[:_MAX_LISTED] if isinstance(key, str))
    return (*(key for key in keys[:_MAX_LISTED] if isinstance(key, int) and key >= 0), *names)


def decode(message: Any) -> Any:
    """Return a value from the wire, with tensors and foreign objects as plain data. Raises WireError."""
    return wire.decode(message, tensor=TorchTensor, opaque=lambda *words: Opaque(*map(_unaddressed, words)))


def _unaddressed(text: str) -> str:
    return _ADDRESS.sub("0x…", text)  # addresses differ from run to run, and tell nothing


def _raised(answer: dict[str, Any]) -> Raised:
    match answer:
        case {"bases": [str(), *_] as bases, "text": str(text), "place": place, "waits_for": None | str() as waits_for}:
            names = tuple(name[:_MAX_NAME] for name in bases[:_MAX_LISTED] if isinstance(name, str))
            text = _unaddressed(text[:_MAX_TEXT])
            return Raised(names, text, _place(place), waits_for[:_MAX_NAME] if waits_for else None)
    raise wire.WireError("an exception without a name or a text")


def _place(value: Any) -> Place | None:
    match value:
        case [int(unit), int(line), str(function)] if unit >= 0 and line >= 0:
            return Place(unit, line, function[:_MAX_NAME])
    return None


def _report(progress: Callable[[Any], None] | None, value: Any) -> None:
    if progress is None:
        return
    try:
        progress(decode(value))
    except wire.WireError as error:
        raise ChannelBroken(str(error)) from error


__all__ = ["Limits", "Program", "Runner", "SandboxFault", "SandboxRunner", "SandboxSession", "Session", "decode"]
