"""An entry of an archive as a value, why one is refused, and how much an archive may give."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Kind = Literal["file", "folder", "link", "other"]

MIB = 1 << 20
CHUNK = 1 << 18
"""So many bytes are in memory at once."""

_RATIO = 200
"""Code shrinks to a tenth; the output of an endless loop in a notebook shrinks to less, and stays below the slack."""
_FILE_SLACK = 16 * MIB
_MOST_PASSED = 8 << 30


class ArchiveRefusal(Exception):
    """Why nothing of an archive is taken; the message is a sentence."""


class EntryRefusal(Exception):
    """Why one entry is not taken; the message is a sentence."""


def damaged() -> ArchiveRefusal:
    """Return what is said of an archive that cannot be read to its end."""
    return ArchiveRefusal("The archive is damaged or ends in the middle: download it again, or ask for a new one.")


@dataclass(frozen=True)
class Entry:
    """One entry. ``name`` is decoded and otherwise as written; ``modified`` is in seconds since 1970, and 0 where
    that is not known; ``size`` is what it declares to be, in bytes, and ``packed`` its bytes in a zip. ``chunks``
    reads it, and raises EntryRefusal or ArchiveRefusal; an entry of a tar is read before the next is asked for."""

    name: str
    kind: Kind
    modified: float
    size: int
    packed: int | None
    chunks: Callable[[], Iterator[bytes]]


@dataclass(frozen=True)
class Limits:
    """How many files an archive may give, how many bytes in each and in all, and below how many bytes nobody asks
    by what factor it unpacks."""

    files: int
    file_bytes: int
    total_bytes: int
    slack: int


CLASS = Limits(20_000, 64 * MIB, 1024 * MIB, 256 * MIB)
STUDENT = Limits(2_000, 64 * MIB, 256 * MIB, 16 * MIB)
"""The limits of an archive in an archive: smaller, so that one student's cannot use up those of the class."""


@dataclass
class Budget:
    """What an archive of ``packed`` bytes has given so far: files, their bytes, and bytes only passed over.

    What was unpacked and then refused counts too: it bounds the work that an archive can ask for.
    """

    limits: Limits
    packed: int
    files: int = 0
    bytes: int = 0
    passed: int = 0

    def spend(self, files: int, count: int) -> None:
        """Note files and bytes that are taken. Raises ArchiveRefusal where they are too many."""
        self.files += files
        self.bytes += count
        if self.files > self.limits.files:
            raise _too_much(f"holds more than {self.limits.files:,} files")
        if self.bytes > self.limits.total_bytes:
            raise _too_much(f"unpacks to more than {self.limits.total_bytes // MIB:,} MiB")
        self._check_ratio(self.bytes)

    def pass_over(self, count: int) -> None:
        """Note bytes that were unpacked on the way to others. Raises ArchiveRefusal where they are too many."""
        self.passed += count
        if self.passed > _MOST_PASSED:
            raise _too_much(f"unpacks to more than {_MOST_PASSED >> 30} GiB")
        self._check_ratio(self.passed)

    def _check_ratio(self, count: int) -> None:
        if count > self.limits.slack + _RATIO * self.packed:
            raise _too_much(f"unpacks to more than {_RATIO} times its size, as no submission does")


def _too_much(what: str) -> ArchiveRefusal:
    return ArchiveRefusal(f"The archive {what}: nothing of it was taken.")


def save(entry: Entry, target: Path, budget: Budget) -> None:
    """Write the bytes of an entry to a new file. Raises EntryRefusal or ArchiveRefusal, and leaves no file then."""
    _check_size(entry, entry.size, budget.limits)
    written = 0
    try:
        with target.open("xb") as file:
            for chunk in entry.chunks():
                written += len(chunk)
                budget.spend(0, len(chunk))
                _check_size(entry, written, budget.limits)
                file.write(chunk)
    except (EntryRefusal, ArchiveRefusal):
        target.unlink()
        raise


def _check_size(entry: Entry, size: int, limits: Limits) -> None:
    if size > limits.file_bytes:
        raise EntryRefusal(f"It is larger than {limits.file_bytes // MIB} MiB: hand in code only, no data.")
    if entry.packed is not None and size > _FILE_SLACK + _RATIO * entry.packed:
        raise EntryRefusal(f"It unpacks to more than {_RATIO} times its size, as no code does.")
