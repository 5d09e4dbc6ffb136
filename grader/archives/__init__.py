"""Archives of strangers, read entry by entry: bounded, and never written where a name says.

`zipfile` and `tarfile` read an archive all or nothing: one name that does not decode or one broken field takes the
whole class with it, and no limit holds before the directory is in memory. So the directories are read here, and
zlib, gzip and TarInfo do the rest.
"""

from __future__ import annotations

import tarfile
from collections.abc import Callable, Iterator
from typing import BinaryIO

from grader.archives import tars, zips
from grader.archives.entry import ArchiveRefusal, Budget, Entry

SUFFIXES = (".zip", ".tar", ".tar.gz", ".tgz")
"""What is called an archive. What one really is, its first bytes tell."""

MOST_ENTRIES = 100_000


def is_archive(name: str) -> bool:
    """Whether a file is called as an archive."""
    return name.lower().endswith(SUFFIXES)


def entries(file: BinaryIO, budget: Budget) -> Iterator[Entry]:
    """Yield the entries of a zip, a tar or a gzipped tar, whatever it is called.

    Raises ArchiveRefusal where it is none of them, ends in the middle, or has more than 100,000 entries.
    """
    head = file.read(tarfile.BLOCKSIZE)
    file.seek(0)
    for count, entry in enumerate(_reader(head)(file, budget), 1):
        if count > MOST_ENTRIES:
            raise ArchiveRefusal(f"The archive has more than {MOST_ENTRIES:,} entries: nothing of it was taken.")
        yield entry


def _reader(head: bytes) -> Callable[[BinaryIO, Budget], Iterator[Entry]]:
    if head.startswith(b"\x1f\x8b"):
        return tars.gzipped_entries
    return tars.entries if tars.is_header(head) else zips.entries
