"""Reads tar archives, plain and gzipped, in one pass: ustar, with the long names of GNU and of pax."""

from __future__ import annotations

import gzip
import re
import tarfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Protocol

from grader.archives.entry import CHUNK, MIB, ArchiveRefusal, Budget, Entry, Kind, damaged
from grader.archives.names import decoded

_MOST_HEADER = MIB
_PAX = (tarfile.XHDTYPE, tarfile.SOLARIS_XHDTYPE)
_ABOUT_THE_NEXT = (*_PAX, tarfile.XGLTYPE, tarfile.GNUTYPE_LONGNAME, tarfile.GNUTYPE_LONGLINK)
_KINDS: dict[bytes, Kind] = {
    tarfile.REGTYPE: "file",
    tarfile.AREGTYPE: "file",
    tarfile.CONTTYPE: "file",
    tarfile.DIRTYPE: "folder",
    tarfile.LNKTYPE: "link",
    tarfile.SYMTYPE: "link",
}
_WITHOUT_DATA = (
    tarfile.LNKTYPE,
    tarfile.SYMTYPE,
    tarfile.DIRTYPE,
    tarfile.FIFOTYPE,
    tarfile.CHRTYPE,
    tarfile.BLKTYPE,
)


class _Stream(Protocol):
    def read(self, size: int, /) -> bytes: ...


@dataclass(frozen=True)
class _Gunzipped:
    """A gzipped stream, whose bytes are noted in a budget. Raises ArchiveRefusal where it is damaged."""

    stream: gzip.GzipFile
    budget: Budget

    def read(self, size: int, /) -> bytes:
        try:
            piece = self.stream.read(size)
        except (gzip.BadGzipFile, EOFError, zlib.error):
            raise damaged() from None
        self.budget.pass_over(len(piece))
        return piece


@dataclass
class _Body:
    """The bytes of one entry, which are followed by zeros up to a whole block."""

    stream: _Stream
    size: int

    def __post_init__(self) -> None:
        self.left = self.size

    def chunks(self) -> Iterator[bytes]:
        """Yield the bytes. Raises ArchiveRefusal where they end too early."""
        while self.left:
            yield self._next()

    def skip(self) -> None:
        """Go on to the next header."""
        self.left += -self.size % tarfile.BLOCKSIZE
        while self.left:
            self._next()

    def _next(self) -> bytes:
        piece = self.stream.read(min(self.left, CHUNK))
        if not piece:
            raise damaged()
        self.left -= len(piece)
        return piece


def is_header(block: bytes) -> bool:
    """Whether these 512 bytes begin a tar: its header holds a sum over itself."""
    try:
        tarfile.TarInfo.frombuf(block, "utf-8", "surrogateescape")
    except tarfile.HeaderError:
        return False
    return True


def gzipped_entries(file: BinaryIO, budget: Budget) -> Iterator[Entry]:
    """Yield the entries of a gzipped tar, as ``entries`` does."""
    with gzip.GzipFile(fileobj=file) as stream:
        yield from entries(_Gunzipped(stream, budget), budget)


def entries(file: _Stream, _budget: Budget) -> Iterator[Entry]:
    """Yield the entries in order. Raises ArchiveRefusal where a header is damaged, or the end is missing."""
    said: dict[bytes, bytes] = {}  # by the headers before the one of the entry
    while block := file.read(tarfile.BLOCKSIZE):
        if not block.strip(b"\0"):
            while file.read(CHUNK):  # to the end, where gzip compares its sum
                pass
            return
        info = _header(block)
        if info.type in _ABOUT_THE_NEXT:
            body = _Body(file, info.size)
            said |= _said(info.type, body)
        else:
            body = _Body(file, 0 if info.type in _WITHOUT_DATA else _number(said.get(b"size"), info.size))
            yield _entry(info, said, body)
            said = {}
        body.skip()
    raise damaged()


def _header(block: bytes) -> tarfile.TarInfo:
    try:
        info = tarfile.TarInfo.frombuf(block, "utf-8", "surrogateescape")
    except tarfile.HeaderError:
        raise damaged() from None
    if info.size < 0:  # it could be walked in a circle
        raise damaged()
    return info


def _said(kind: bytes, body: _Body) -> dict[bytes, bytes]:
    """Return what a header says of the next entry; where links lead does not matter."""
    if kind in _PAX:
        return _records(_small(body))
    return {b"path": _small(body).rstrip(b"\0")} if kind == tarfile.GNUTYPE_LONGNAME else {}


def _entry(info: tarfile.TarInfo, said: dict[bytes, bytes], body: _Body) -> Entry:
    name = decoded(said.get(b"path", info.name.encode("utf-8", "surrogateescape")))
    modified = float(_number(said.get(b"mtime"), int(info.mtime)))
    return Entry(name, _KINDS.get(info.type, "other"), modified, body.size, None, body.chunks)


def _number(said: bytes | None, written: int) -> int:
    """Return a number of a pax header in whole units, or what the header itself gives."""
    digits = re.match(rb"\d{1,18}", said or b"")
    return int(digits[0]) if digits else written


def _small(body: _Body) -> bytes:
    if body.left > _MOST_HEADER:
        raise ArchiveRefusal("The archive has a header of more than 1 MiB, as nobody writes it: nothing was taken.")
    return b"".join(body.chunks())


_LENGTH = re.compile(rb"(\d{1,7}) ")


def _records(data: bytes) -> dict[bytes, bytes]:
    """Return what a pax header says: each record is "LENGTH KEY=VALUE" and a newline, LENGTH counting all of it."""
    records = {}
    at = 0
    while (digits := _LENGTH.match(data, at)) and int(digits[1]) > len(digits[0]):
        end = at + int(digits[1])
        key, _, value = data[digits.end() : end - 1].partition(b"=")
        records[key] = value
        at = end
    return records
