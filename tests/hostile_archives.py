"""Archives as an attacker writes them: every field of a zip can be forged, and tars hold what no class hands in."""

from __future__ import annotations

import gzip
import io
import stat
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

GOOD = b"def f(x):\n    return x\n"
MIB = 1 << 20


@dataclass(frozen=True)
class Forged:
    """An entry of a zip with what its directory says of it; ``size`` None is the truth."""

    name: bytes
    data: bytes = GOOD
    flags: int = 0
    method: int = zipfile.ZIP_DEFLATED
    mode: int = 0
    size: int | None = None
    at: int | None = None


def forged_zip(entries: Iterable[Forged]) -> bytes:
    """Return a zip. An entry with ``at`` has no bytes of its own: it points to those of the entry with that index."""
    body, directory = bytearray(), bytearray()
    offsets: list[int] = []
    written: list[tuple[int, int]] = []
    for entry in entries:
        if entry.at is None:
            deflate = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS)
            stored = entry.method == zipfile.ZIP_STORED
            packed = entry.data if stored else deflate.compress(entry.data) + deflate.flush()
            offsets.append(len(body))
            written.append((zlib.crc32(entry.data), len(packed)))
            local = (20, entry.flags, entry.method, 0, 33, 0, 0, 0, len(entry.name), 0)
            body += struct.pack("<4s5H3L2H", b"PK\3\4", *local) + entry.name + packed
        else:
            offsets.append(offsets[entry.at])
            written.append(written[entry.at])
        crc, length = written[-1]
        size = len(entry.data) if entry.size is None else entry.size
        numbers = (20, 20, entry.flags, entry.method, 0, 33, crc, length, size, len(entry.name), 0, 0, 0, 0)
        directory += struct.pack("<4s6H3L5H2L", b"PK\1\2", *numbers, entry.mode << 16, offsets[-1]) + entry.name
    short = min(len(offsets), 0xFFFF)
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, short, short, len(directory), len(body), 0)
    return bytes(body + directory + end)


def plain_zip(files: dict[str, bytes]) -> bytes:
    """Return a zip as desktops write it."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in files.items():
            file.writestr(name, data)
    return buffer.getvalue()


def member(name: str, kind: bytes = tarfile.REGTYPE, target: str = "", modified: float = 0) -> tarfile.TarInfo:
    """Return the header of an entry of a tar."""
    info = tarfile.TarInfo(name)
    info.type, info.linkname, info.mtime = kind, target, modified
    info.size = len(GOOD) if kind == tarfile.REGTYPE else 0
    return info


def plain_tar(members: Iterable[tarfile.TarInfo], mode: str = "w:gz", form: int = tarfile.PAX_FORMAT) -> bytes:
    """Return a tar whose files all hold the same few lines."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode=mode, format=form) as file:  # type: ignore[call-overload]
        for info in members:
            file.addfile(info, io.BytesIO(GOOD))
    return buffer.getvalue()


def _huge_pax_header() -> bytes:
    info = tarfile.TarInfo("././@PaxHeader")
    info.type, info.size = tarfile.XHDTYPE, 40 * MIB
    return gzip.compress(info.tobuf() + bytes(40 * MIB), 1)


HONEST = "kim/04_conv_backprop.py"
"""In every hostile archive that can be read at all."""


def _with_honest(*entries: Forged) -> bytes:
    return forged_zip([Forged(HONEST.encode()), *entries])


def _bomb(count: int) -> bytes:
    """Return a zip of some files that all are the same 40 MiB of zeros, and say that they are small."""
    kernel = Forged(b"s0/04_conv_backprop.py", bytes(40 * MIB), size=100)
    others = [Forged(b"s%d/04_conv_backprop.py" % number, size=100, at=0) for number in range(1, count)]
    return forged_zip([kernel, *others])


LINK, DEVICE, FIFO = stat.S_IFLNK | 0o777, stat.S_IFCHR | 0o666, stat.S_IFIFO | 0o666


@cache
def readable() -> dict[str, tuple[bytes, str]]:
    """Return archives of which the honest part is graded, by name, and what is said of the rest."""
    return {
        "climbs.zip": (_with_honest(Forged(b"../../04_evil.py")), "leads out"),
        "absolute.zip": (_with_honest(Forged(b"/etc/04_evil.py")), "leads out"),
        "drive.zip": (_with_honest(Forged(b"C:\\Users\\evil.py")), "leads out"),
        "backslashes.zip": (_with_honest(Forged(b"..\\..\\evil.py")), "leads out"),
        "spaces.zip": (_with_honest(Forged(b".. /evil.py")), "leads out"),
        "link_out.zip": (_with_honest(Forged(b"lee/04_conv_backprop.py", b"/etc/passwd", mode=LINK)), "is a link"),
        "link_folder.zip": (_with_honest(Forged(b"lee", b"/etc", mode=LINK), Forged(b"lee/a.txt")), "is a link"),
        "device.zip": (_with_honest(Forged(b"lee/04_conv_backprop.py", b"", mode=DEVICE)), "regular file"),
        "fifo.zip": (_with_honest(Forged(b"lee/04_conv_backprop.py", b"", mode=FIFO)), "regular file"),
        "nul.zip": (_with_honest(Forged(b"lee/04_conv_backprop.py\0.txt")), "NUL"),
        "case.zip": (_with_honest(Forged(b"KIM/04_Conv_Backprop.py")), "but for capitals"),
        "twice.zip": (_with_honest(Forged(HONEST.encode(), b"x = 1")), "the same name"),
        "unicode.zip": (
            _with_honest(*(Forged(f"{e}/a.py".encode(), flags=0x800) for e in ("é", "e\u0301"))),
            "the same name",
        ),
        "long.zip": (_with_honest(Forged(b"lee/" + b"n" * 5000 + b".py")), "5,003 characters"),
        "deep.zip": (_with_honest(Forged(b"a/" * 500 + b"x.py")), "folders deep"),
        "locked.zip": (_with_honest(Forged(b"lee/04_conv_backprop.py", flags=1)), "password"),
        "method.zip": (_with_honest(Forged(b"lee/04_conv_backprop.py", method=99)), "compressed in a way"),
        "crc.zip": (_with_honest(Forged(b"lee/x.py"), Forged(b"lee/y.py", at=1, method=zipfile.ZIP_STORED)), "damaged"),
        "large.zip": (_with_honest(Forged(b"lee/x.py", bytes(65 * MIB))), "64 MiB"),
        "liar.zip": (_with_honest(Forged(b"lee/x.py", bytes(40 * MIB), size=10)), "200 times"),
        "bomb.zip": (plain_zip({HONEST: GOOD, "lee/hw.zip": _bomb(30)}), "200 times"),
        "gz_bomb.zip": (plain_zip({HONEST: GOOD, "lee/hw.tgz": gzip.compress(bytes(48 * MIB), 9)}), "200 times"),
        "pax.zip": (plain_zip({HONEST: GOOD, "lee/hw.tgz": _huge_pax_header()}), "1 MiB"),
        "nested.zip": (
            plain_zip({HONEST: GOOD, "lee/a.zip": plain_zip({"b.zip": plain_zip({"c.py": GOOD})})}),
            "archive in an archive in an archive",
        ),
        "inner.zip": (plain_zip({HONEST: GOOD, "lee/hw.zip": b"Rar!\x1a\x07"}), "no archive"),
        "links.tar.gz": (
            plain_tar([member("kim/a", tarfile.SYMTYPE, "/etc"), member("kim/a/x.txt"), member(HONEST)]),
            "is a link",
        ),
        "hard.tar": (
            plain_tar([member("kim/x.py", tarfile.LNKTYPE, "/etc/passwd"), member(HONEST)], "w"),
            "is a link",
        ),
        "in.tar": (plain_tar([member(HONEST), member("lee/x.py", tarfile.LNKTYPE, HONEST)], "w"), "is a link"),
        "devices.tar": (
            plain_tar([member("k/x.py", tarfile.CHRTYPE), member("k/y.py", tarfile.FIFOTYPE), member(HONEST)], "w"),
            "regular file",
        ),
        "climbs.tar.gz": (plain_tar([member("../../evil.py"), member("/evil.py"), member(HONEST)]), "leads out"),
        "long.tar": (plain_tar([member("n" * 5000 + ".py"), member(HONEST)], "w"), "5,003 characters"),
    }


@cache
def refused() -> dict[str, tuple[bytes, str]]:
    """Return archives of which nothing is graded, by name, and what is said of them."""
    return {
        "overlap.zip": (_bomb(30), "200 times"),
        "entries.zip": (forged_zip(Forged(b"%d.txt" % i, b"", at=0 if i else None) for i in range(100_001)), "100,000"),
        "files.zip": (forged_zip(Forged(b"%d.py" % i, b"", at=0 if i else None) for i in range(20_001)), "20,000"),
        "cut.zip": (plain_zip({HONEST: GOOD})[:-30], "ends in the middle"),
        "cut.tar.gz": (plain_tar([member(f"s{i}/04_conv_backprop.py") for i in range(50)])[:-40], "ends in the middle"),
        "cut.tar": (plain_tar([member(HONEST), member("lee/x.py")], "w")[:1500], "ends in the middle"),
        "fake.zip": (b"this is a text", "no archive"),
        "empty.zip": (b"", "no archive"),
        "text.tar.gz": (gzip.compress(b"this is a text"), "ends in the middle"),
        "directory.zip": (plain_zip({HONEST: GOOD}).replace(b"PK\1\2", b"PK\1\3"), "damaged"),
        "negative.tar": (plain_tar([member(HONEST)], "w")[:124] + b"\xff" * 12 + bytes(1000), "no archive"),
    }


def write_all(folder: Path) -> list[Path]:
    """Write every hostile archive, and return the paths."""
    paths = []
    for name, (data, _) in (readable() | refused()).items():
        paths.append(folder / name)
        paths[-1].write_bytes(data)
    return paths
