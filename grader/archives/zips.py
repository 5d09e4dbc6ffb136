"""Reads zip archives, by sections 4.3 and 4.5 of PKWARE's APPNOTE 6.3."""

from __future__ import annotations

import stat
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import BinaryIO

from grader.archives.entry import CHUNK, MIB, ArchiveRefusal, Budget, Entry, EntryRefusal, Kind, damaged
from grader.archives.names import decoded

_END = struct.Struct("<4s4H2LH")
_END_64 = struct.Struct("<4sQ2H2L4Q")
_LOCATOR_64 = struct.Struct("<4sLQL")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_LOCAL = struct.Struct("<4s5H3L2H")
_MOST_COMMENT = 0xFFFF
_MOST_DIRECTORY = 64 * MIB
_STORED, _DEFLATED = 0, 8
_ENCRYPTED, _UTF_8 = 0x1, 0x800
_ELSEWHERE = 0xFFFFFFFF
_EXTRA_SIZES, _EXTRA_NAME = 0x0001, 0x7075


def entries(file: BinaryIO, _budget: Budget) -> Iterator[Entry]:
    """Yield what the central directory lists; nothing is unpacked before it is asked for.

    Raises ArchiveRefusal where there is no directory, or it is damaged.
    """
    directory, start, shift = _directory(file)
    at = 0
    while at < len(directory):
        if directory[at : at + 4] != b"PK\1\2" or len(directory) - at < _CENTRAL.size:
            raise damaged()
        fields = _CENTRAL.unpack_from(directory, at)
        flags, method, time, date, crc, packed, size, name_size, extra_size, comment_size = fields[3:13]
        at += _CENTRAL.size
        raw, extra = directory[at : at + name_size], directory[at + name_size : at + name_size + extra_size]
        at += name_size + extra_size + comment_size
        size, packed, offset = _wide(extra, (size, packed, fields[-1]))
        name = _name(raw, flags, extra)
        data = _Data(file, flags, method, crc, packed, min(offset + shift, start))
        yield Entry(name, _kind(name, fields[-2] >> 16), _time(date, time), size, packed, data.chunks)


def _directory(file: BinaryIO) -> tuple[bytes, int, int]:
    """Return the central directory, where it starts, and how many bytes before the zip its offsets do not count."""
    length = file.seek(0, 2)
    start = max(0, length - _END.size - _MOST_COMMENT)
    file.seek(start)
    tail = file.read()
    at = tail.rfind(b"PK\5\6")
    if at < 0 or len(tail) - at < _END.size:
        raise ArchiveRefusal("It is no archive, or ends in the middle: download it again, or ask for a new one.")
    size, offset = _END.unpack_from(tail, at)[5:7]
    end = start + at
    if tail[max(0, at - _LOCATOR_64.size) : at].startswith(b"PK\6\7"):
        end -= _LOCATOR_64.size + _END_64.size
        file.seek(max(0, end))
        wide = file.read(_END_64.size)
        if len(wide) < _END_64.size or not wide.startswith(b"PK\6\6"):
            raise damaged()
        size, offset = _END_64.unpack(wide)[8:10]
    if size > _MOST_DIRECTORY:
        raise ArchiveRefusal(f"The list of its files alone has more than {_MOST_DIRECTORY // MIB} MiB.")
    start = end - size
    if start < offset:
        raise damaged()
    file.seek(start)
    return file.read(size), start, start - offset


def _wide(extra: bytes, values: tuple[int, int, int]) -> tuple[int, int, int]:
    """Return the sizes and the offset; those that need more than 32 bits stand in an extra field, in this order."""
    if _ELSEWHERE not in values:
        return values
    field = _extra(extra, _EXTRA_SIZES)
    wide = iter(struct.unpack_from(f"<{len(field) // 8}Q", field))
    size, packed, offset = (next(wide, value) if value == _ELSEWHERE else value for value in values)
    return size, packed, offset


def _extra(extra: bytes, wanted: int) -> bytes:
    """Return the extra field of a kind, or nothing."""
    at = 0
    while at + 4 <= len(extra):
        tag, size = struct.unpack_from("<2H", extra, at)
        if tag == wanted:
            return extra[at + 4 : at + 4 + size]
        at += 4 + size
    return b""


def _name(raw: bytes, flags: int, extra: bytes) -> str:
    """Decode a name. Info-ZIP writes it in UTF-8 into an extra field, with the sum of the name that it stands for."""
    if flags & _UTF_8:
        return raw.decode("utf-8", "replace")
    field = _extra(extra, _EXTRA_NAME)
    if len(field) > 5 and struct.unpack_from("<L", field, 1)[0] == zlib.crc32(raw):
        return field[5:].decode("utf-8", "replace")
    return decoded(raw)


def _kind(name: str, mode: int) -> Kind:
    shape = stat.S_IFMT(mode)
    if shape == stat.S_IFLNK:
        return "link"
    if shape not in (0, stat.S_IFREG, stat.S_IFDIR):
        return "other"
    return "folder" if name.endswith(("/", "\\")) else "file"


def _time(date: int, time: int) -> float:
    """Return the seconds of a DOS time, as if its clock had been on UTC; it has a resolution of 2 s."""
    year, month, day = (date >> 9) + 1980, date >> 5 & 15, date & 31
    hour, minute, second = time >> 11, time >> 5 & 63, 2 * (time & 31)
    try:
        return datetime(year, month, day, hour, minute, min(59, second), tzinfo=timezone.utc).timestamp()
    except ValueError:  # there is no month 0, which is what an unset time says
        return 0.0


@dataclass(frozen=True)
class _Data:
    """The bytes of an entry. Only "stored" and "deflated" are read: all that platforms and desktops write, and what
    can be unpacked in small steps."""

    file: BinaryIO
    flags: int
    method: int
    crc: int
    packed: int
    offset: int

    def chunks(self) -> Iterator[bytes]:
        """Yield the bytes, unpacked. Raises EntryRefusal where they cannot be had, or their sum is wrong."""
        if self.flags & _ENCRYPTED:
            raise EntryRefusal("It is locked with a password: ask for it without one.")
        if self.method not in (_STORED, _DEFLATED):
            raise EntryRefusal("It is compressed in a way that is not read here: ask for a plain .zip.")
        crc = 0
        try:
            for piece in _inflated(self._pieces()) if self.method == _DEFLATED else self._pieces():
                crc = zlib.crc32(piece, crc)
                yield piece
        except zlib.error:
            crc = -1
        if crc != self.crc:
            raise EntryRefusal("Its bytes are damaged in the archive: ask for it again.")

    def _pieces(self) -> Iterator[bytes]:
        self.file.seek(self.offset)
        local = self.file.read(_LOCAL.size)
        if len(local) < _LOCAL.size or not local.startswith(b"PK\3\4"):
            raise EntryRefusal("Its bytes are not in the archive: ask for it again.")
        self.file.seek(sum(_LOCAL.unpack(local)[-2:]), 1)  # past name and extra fields, which may differ here
        left = self.packed
        while left and (piece := self.file.read(min(left, CHUNK))):
            left -= len(piece)
            yield piece


def _inflated(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Yield what deflated bytes stand for, never more than a chunk at once. Raises zlib.error where they are none."""
    stream = zlib.decompressobj(-zlib.MAX_WBITS)
    for piece in pieces:
        pending = piece
        while pending and not stream.eof:
            yield stream.decompress(pending, CHUNK)
            pending = stream.unconsumed_tail
    yield stream.flush()
    if not stream.eof:
        raise zlib.error
