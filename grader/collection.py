"""Collects what lies in folders and archives; whose it is, is not asked here."""

from __future__ import annotations

import os
import stat
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path

from grader.archives import entries, is_archive
from grader.archives.entry import CLASS, STUDENT, ArchiveRefusal, Budget, Entry, EntryRefusal, save
from grader.archives.names import MOST_FOLDERS, parts_of, safe_name
from grader.layouts import GRADED, SUBMITTERS, TIME, Owner, shown, submitters, time_of

_MOST_SAID = 20
"""So many refusals are told of one archive one by one."""

_IGNORED = frozenset({"__MACOSX", "__pycache__", "site-packages", "node_modules"})
_ENVIRONMENT = "pyvenv.cfg"
"""What makes a folder a virtual environment, which holds code, but nobody's solution."""

_TELLING = 4
"""No layout asks for what lies deeper than so many components."""

_LINK = "It is a link, and links are not followed: hand in the file itself."
_NO_FILE = "It is not a regular file: copy what it gives to one."
_NESTED = "It is an archive in an archive in an archive: unpack it once before."
_DEEP = f"It lies more than {MOST_FOLDERS} folders deep: it was passed over."
_OTHER = "It is no folder, no archive, and neither a .py nor an .ipynb file."

Parts = tuple[str, ...]
"""A place below PATH: the names that lead there, in Unicode's form C; an archive is one as a folder is."""


@dataclass(frozen=True)
class Piece:
    """A file to grade: its place, where it lies on disk, and when it was changed, in seconds since 1970."""

    parts: Parts
    path: Path
    modified: float


@dataclass(frozen=True)
class Refusal:
    """What is not taken, and why: a sentence. ``parts`` is empty where a name cannot be trusted to be a place."""

    parts: Parts
    shown: str
    sentence: str


@dataclass
class Haul:
    """What lies below PATH, whose own name is ``root``, or in an archive there.

    ``seen`` is what is not graded: files, and folders and archives with "" behind them; deep in folders only the
    kinds of files, as "*.csv", since people hand in data sets of 60,000 images. ``submitters`` and ``times``
    are what files beside the submissions say, by the names of the folder they speak of, that of PATH first.
    ``repeated`` says that something was left out because another path had given it already.
    """

    root: str
    pieces: list[Piece] = field(default_factory=list)
    seen: set[Parts] = field(default_factory=set)
    refused: list[Refusal] = field(default_factory=list)
    submitters: dict[Parts, tuple[Owner, ...]] = field(default_factory=dict)
    times: dict[Parts, float] = field(default_factory=dict)
    repeated: bool = False

    def refuse(self, parts: Parts, sentence: str) -> None:
        """Note what is not taken."""
        self.refused.append(Refusal(parts, shown(self.root, *parts), sentence))

    def see(self, parts: Parts) -> None:
        """Note that there is something which is not graded."""
        if len(parts) > 2 and parts[-1] not in ("", _ENVIRONMENT):
            parts = (*parts[:-1][:_TELLING], f"*{os.path.splitext(parts[-1])[1].lower()}")
        self.seen.add(parts)

    def add(self, other: Haul) -> None:
        """Take over what an archive holds."""
        self.pieces += other.pieces
        self.seen |= other.seen
        self.refused += other.refused
        self.submitters |= other.submitters
        self.times |= other.times

    def note(self, parts: Parts, path: Path) -> None:
        """Keep what a file beside the submissions says. One of more than 64 MiB is none."""
        if path.stat().st_size > CLASS.file_bytes:
            return
        beside = (self.root, *parts[:-1])
        with path.open(encoding="utf-8", errors="replace") as lines:
            if parts[-1] == SUBMITTERS:
                self.submitters |= {(*beside, folder): whose for folder, whose in submitters(lines).items()}
            elif (time := time_of(lines.read(100))) is not None:
                self.times[beside] = time

    def leave_out(self, folders: set[Parts]) -> None:
        """Forget the files to grade below some folders."""
        if folders:
            self.pieces = [
                piece
                for piece in self.pieces
                if folders.isdisjoint(piece.parts[:depth] for depth in range(len(piece.parts)))
            ]


@dataclass
class Collector:
    """Finds files, and unpacks those of archives into ``folder``, where a number tells those of one name apart."""

    folder: Path
    count: int = 0
    known: set[str] = field(default_factory=set)

    def take(self, path: Path) -> Haul:
        """Return what a path holds: a folder or an archive what is in it, a file itself, as if in its folder."""
        whole = composed(os.path.abspath(path))
        try:
            mode = os.stat(path).st_mode
        except (OSError, ValueError) as error:
            haul = Haul(os.path.basename(whole))
            haul.refuse((), _unreadable(error))
            return haul
        inside = stat.S_ISDIR(mode) or is_archive(whole)
        haul = Haul(os.path.basename(whole if inside else os.path.dirname(whole)))
        parts = () if inside else (os.path.basename(whole),)
        if stat.S_ISDIR(mode):
            self._walk(path, haul)
        elif not stat.S_ISREG(mode):
            haul.refuse(parts, _NO_FILE)
        elif inside or _is_wanted(whole):
            self._file(path, parts, haul)
        else:
            haul.refuse(parts, _OTHER)
        return haul

    # --- folders ---

    def _walk(self, top: Path, haul: Haul) -> None:
        pending: list[tuple[Path, Parts]] = [(top, ())]
        while pending:
            folder, at = pending.pop()
            try:
                with os.scandir(folder) as listing:
                    there = sorted(listing, key=lambda item: item.name)
            except OSError as error:
                haul.refuse(at, _unreadable(error))
                continue
            if any(item.name == _ENVIRONMENT for item in there):
                continue
            if at:
                haul.see((*at, ""))
            if len(at) > MOST_FOLDERS:
                haul.refuse(at, _DEEP)
                continue
            inner = [item for item in there if not _is_ignored(item.name) and self._item(item, at, haul)]
            pending += [(folder / item.name, (*at, composed(item.name))) for item in reversed(inner)]

    def _item(self, item: os.DirEntry[str], at: Parts, haul: Haul) -> bool:
        """Take what a folder lists, and return whether it is a folder to go into."""
        parts = (*at, composed(item.name))
        try:
            if item.is_symlink():
                if _is_wanted(item.name) or item.is_dir():
                    haul.refuse(parts, _LINK)
            elif item.is_dir():
                return True
            elif item.is_file():
                self._file(Path(item.path), parts, haul)
            elif _is_wanted(item.name):
                haul.refuse(parts, _NO_FILE)
        except OSError as error:
            haul.refuse(parts, _unreadable(error))
        return False

    def _file(self, path: Path, parts: Parts, haul: Haul) -> None:
        """Take a file on disk, unless it was taken already."""
        name = path.name
        if not _is_wanted(name) and name not in (SUBMITTERS, TIME):
            haul.see(parts)
            return
        real = os.path.realpath(path)
        if real in self.known:
            haul.repeated = True
            return
        self.known.add(real)
        if is_archive(name):
            haul.add(self._archive(path, parts, haul.root, Budget(CLASS, path.stat().st_size)))
        elif _is_wanted(name):
            haul.pieces.append(Piece(parts, path, path.stat().st_mtime))
        else:
            haul.note(parts, path)

    # --- archives ---

    def _archive(self, path: Path, at: Parts, root: str, budget: Budget) -> Haul:
        """Return what an archive holds: all that can be taken of it, or nothing where it cannot be read to its end.

        Half an archive would lack somebody's last attempt, and nobody would know.
        """
        haul = Haul(root, seen={(*at, "")} if at else set())
        names: dict[str, str] = {}
        try:
            with path.open("rb") as file:
                for entry in entries(file, budget):
                    self._entry(entry, at, haul, budget, names)
        except ArchiveRefusal as why:
            for piece in haul.pieces:
                piece.path.unlink()
            haul = Haul(root)
            haul.refuse(at, str(why))
        haul.leave_out({parts[:-1] for parts in haul.seen if parts[-1] == _ENVIRONMENT})
        more = len(haul.refused) - _MOST_SAID
        if more > 0:
            del haul.refused[_MOST_SAID:]
            haul.refuse(at, f"It holds {more:,} more files that were refused for such reasons.")
        return haul

    def _entry(self, entry: Entry, at: Parts, haul: Haul, budget: Budget, names: dict[str, str]) -> None:
        """Take an entry, or refuse it. ``names`` are those taken so far, by their spelling without capitals."""
        try:
            inside = parts_of(entry.name)
        except EntryRefusal as why:
            haul.refused.append(Refusal((), shown(haul.root, *at, entry.name[:100]), str(why)))
            return
        if not inside or any(map(_is_ignored, inside)):
            return
        parts = (*at, *inside)
        try:
            if entry.kind == "folder":
                haul.see((*parts, ""))
            elif entry.kind != "file":
                raise EntryRefusal(_LINK if entry.kind == "link" else _NO_FILE)
            elif _is_wanted(inside[-1]) or inside[-1] in (SUBMITTERS, TIME):
                _check_collision(inside, names)
                self._unpack(entry, parts, haul, budget)
            else:
                haul.see(parts)
        except EntryRefusal as why:
            haul.refuse(parts, str(why))

    def _unpack(self, entry: Entry, parts: Parts, haul: Haul, budget: Budget) -> None:
        name = parts[-1]
        if is_archive(name) and budget.limits is STUDENT:
            raise EntryRefusal(_NESTED)
        budget.spend(1, 0)
        target = self._place_for(name)
        save(entry, target, budget)
        if name.lower().endswith(GRADED):
            haul.pieces.append(Piece(parts, target, entry.modified))
            return
        if is_archive(name):
            inner = Budget(STUDENT, target.stat().st_size)
            haul.add(self._archive(target, parts, haul.root, inner))
            budget.spend(inner.files, inner.bytes)
            budget.pass_over(inner.passed)
        else:
            haul.note(parts, target)
        target.unlink()

    def _place_for(self, name: str) -> Path:
        """Return where to write a file. All are in one folder: to make and remove one for each takes 3 ms on ext4."""
        self.count += 1
        stem, suffix = os.path.splitext(safe_name(name))
        return self.folder / f"{stem}~{self.count}{suffix}"


def _check_collision(inside: Parts, names: dict[str, str]) -> None:
    written = "/".join(inside)
    first = names.setdefault(written.casefold(), written)
    if first is not written:
        same = "the same name" if first == written else "the same name but for capitals"
        raise EntryRefusal(f"Another file in the archive has {same}, and that one was taken: ask which counts.")


def _is_wanted(name: str) -> bool:
    return name.lower().endswith(GRADED) or is_archive(name)


def _is_ignored(name: str) -> bool:
    return name.startswith(".") or name in _IGNORED


def composed(name: str) -> str:
    """Return a name in Unicode's form C: macOS takes Hangul and accents apart."""
    return unicodedata.normalize("NFC", name)


def _unreadable(error: OSError | ValueError) -> str:
    if isinstance(error, OSError) and not isinstance(error, FileNotFoundError):
        return f"It cannot be read: {error.strerror}."
    return "It is not there: check the name and the folder."
