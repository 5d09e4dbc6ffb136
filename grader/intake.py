"""What a class handed in: a Found for each submission, and a Refused for what is none, with the reason."""

from __future__ import annotations

import hashlib
import os
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import compress
from pathlib import Path
from tempfile import TemporaryDirectory

from grader.archives.names import safe_name
from grader.collection import Collector, Haul
from grader.errors import UsageError
from grader.layouts import (
    Owner,
    Place,
    Records,
    Rule,
    attempt_of,
    by_pattern,
    left_out,
    owners,
    shape_of,
    shown,
    stem_of,
)
from grader.recognition import entry_by_name, recognise
from grader.submission import read_submission


@dataclass(frozen=True)
class Found:
    """A submission. ``path`` is a readable file, which may lie in a temporary folder; ``shown`` is how a person knows
    it ("class.zip/kim_minji/04_conv_backprop.py"); ``attempt`` counts what the student handed in for the exercise,
    from 1, the last being the newest; ``identifier`` is the student's in the learning platform, where that is known;
    ``name`` is the file's own name, made safe, without the number that ``path`` may have in it."""

    student: str
    path: Path
    shown: str
    attempt: int
    identifier: str | None = None
    name: str = ""


@dataclass(frozen=True)
class Refused:
    """Something that is not graded, and why: a whole sentence."""

    shown: str
    sentence: str


@dataclass(frozen=True)
class Intake:
    """All that was found, in the order of the paths and of the names in them, and all that was refused."""

    found: tuple[Found, ...]
    refused: tuple[Refused, ...]


@contextmanager
def open_intake(
    paths: Iterable[Path], student_pattern: str | None = None, exercise: str | None = None
) -> Iterator[Intake]:
    """Take in folders, archives and files. What was unpacked is there until the context is left.

    Whose a file is, `grader.layouts` tells; ``student_pattern``, a regular expression with a group named "student",
    overrides that: it is searched for in the path below PATH, the names of archives in it included. ``exercise`` says
    that all is for one exercise, whatever the files are called. What is wrong with one path or file does not hinder
    the others: it is refused. Raises UsageError for a pattern that is none.
    """
    rule = owners if student_pattern is None else by_pattern(_compiled(student_pattern))
    with TemporaryDirectory(prefix="cnnex-", ignore_cleanup_errors=True) as folder:
        collector = Collector(Path(folder))
        claims: list[_Claim] = []
        refused: list[Refused] = []
        for number, path in enumerate(paths):
            some, others = _claimed(collector.take(path), rule, number)
            claims += some
            refused += others
        yield Intake(tuple(_numbered(_told_apart(claims), exercise)), tuple(refused))


def _compiled(pattern: str) -> re.Pattern[str]:
    try:
        compiled = re.compile(pattern)
    except re.error as error:
        raise UsageError(f"--student-pattern is not a regular expression: {error}.") from None
    if "student" not in compiled.groupindex:
        raise UsageError(
            "--student-pattern has no group named student: write one, such as (?P<student>[^/]+)/ for a folder."
        )
    return compiled


# --- whose it is ---


_NOBODY = "Whose it is cannot be told from its path: --student-pattern can say how."
_MOST_SILENT = 1000
"""Of so many students at the most it is told that they handed nothing in: a class, but no archive of data."""
_NOTHING = "There is no .py or .ipynb file"


@dataclass(frozen=True)
class _Claim:
    """A file, as one student's; ``modified`` is when it was handed in or changed, in seconds since 1970; ``source``
    is the number of the PATH that it was found below."""

    owner: Owner
    place: Place
    path: Path
    modified: float
    source: int


def _claimed(haul: Haul, rule: Rule, source: int) -> tuple[list[_Claim], list[Refused]]:
    """Return whose the files are, and a sentence on everything else that somebody may miss."""
    pieces = sorted(haul.pieces, key=lambda piece: piece.parts)
    shape = shape_of(haul.root, [piece.parts for piece in pieces])
    records = Records(haul.submitters, haul.times)

    def owners_at(parts: tuple[str, ...]) -> tuple[Owner, ...]:
        place = Place(haul.root, parts, shape)
        return () if left_out(place) else rule(place, records)

    claims = []
    refused = [Refused(one.shown, one.sentence) for one in haul.refused]
    heard = {_who(owner) for one in haul.refused if one.parts for owner in owners_at(one.parts)}
    for piece in pieces:
        place = Place(haul.root, piece.parts, shape)
        modified = records.times.get(place.names[:-1], piece.modified)
        whose = owners_at(piece.parts)
        claims += [_Claim(owner, place, piece.path, modified, source) for owner in whose]
        heard.update(map(_who, whose))
        if not whose and not left_out(place):
            refused.append(Refused(shown(*place.names), _NOBODY))
    silent: dict[tuple[str, str | None], list[tuple[str, ...]]] = defaultdict(list)
    for parts in sorted(haul.seen):
        for who in set(map(_who, owners_at(parts))) - heard:
            silent[who].append(parts)
    refused += [_without_files(haul.root, who[0], silent[who]) for who in list(silent)[:_MOST_SILENT]]
    if len(silent) > _MOST_SILENT:
        more = f"{len(silent) - _MOST_SILENT:,} more folders or files in it have nothing to grade either."
        refused.append(Refused(shown(haul.root), more))
    if not (claims or refused or haul.repeated):
        refused.append(Refused(shown(haul.root), f"{_NOTHING} in it."))
    return claims, refused


def _who(owner: Owner) -> tuple[str, str | None]:
    return owner.student, owner.identifier


def _without_files(root: str, student: str, places: list[tuple[str, ...]]) -> Refused:
    """Return what is said of a student of whom there is something, but nothing to grade."""
    suffixes = sorted({os.path.splitext(parts[-1])[1].lower() for parts in places} - {""})
    only = f", only {', '.join(suffixes[:3])}" if suffixes else ""
    nearest = min(places, key=len)
    folder = nearest[:-1] or nearest
    return Refused(shown(root, *folder), f"{_NOTHING} of {student}{only}: ask for one.")


def _told_apart(claims: list[_Claim]) -> list[_Claim]:
    """Return the claims, in which namesakes have their identifier behind their name."""
    known: dict[tuple[object, str], set[str | None]] = defaultdict(set)
    for claim in claims:
        known[claim.owner.scope, claim.owner.student].add(claim.owner.identifier)
    return [
        replace(claim, owner=replace(claim.owner, student=f"{claim.owner.student} ({claim.owner.identifier})"))
        if claim.owner.identifier and len(known[claim.owner.scope, claim.owner.student]) > 1
        else claim
        for claim in claims
    ]


# --- attempts ---


def _numbered(claims: list[_Claim], exercise: str | None) -> Iterator[Found]:
    """Yield the submissions, those of one student for one exercise numbered in the order they were handed in."""
    by_student: dict[str, list[int]] = defaultdict(list)
    for index, claim in enumerate(claims):
        by_student[claim.owner.student].append(index)
    numbers: dict[int, int] = {}
    for theirs in by_student.values():
        groups: dict[str, list[int]] = defaultdict(list)
        for index in theirs:
            groups[_exercise(claims[index], len(theirs) == 1, exercise)].append(index)
        for group in groups.values():
            ordered = sorted(group, key=lambda index: _order(claims[index]))
            kept = _without_repetitions([claims[index] for index in ordered])
            numbers |= {index: number for number, index in enumerate(compress(ordered, kept), 1)}
    for index in sorted(numbers):
        owner, place = claims[index].owner, claims[index].place
        name = safe_name(place.parts[-1])
        yield Found(owner.student, claims[index].path, shown(*place.names), numbers[index], owner.identifier, name)


def _without_repetitions(ordered: list[_Claim]) -> list[bool]:
    """Return which claims to keep: a second download holds the first again, and only the later copy counts.

    What a student handed in twice without a change lies in one PATH, and stays two attempts.
    """
    if len({claim.source for claim in ordered}) == 1:
        return [True] * len(ordered)
    digests = [_digest(claim.path) for claim in ordered]
    last = {digest: claim.source for digest, claim in zip(digests, ordered, strict=True)}
    return [last[digest] == claim.source for digest, claim in zip(digests, ordered, strict=True)]


def _exercise(claim: _Claim, alone: bool, exercise: str | None) -> str:
    """Return what files have in common that are attempts at the same. Only where it matters is a file read for that."""
    if exercise is not None or alone:
        return exercise or ""
    name = claim.place.parts[-1]
    entry = entry_by_name(Path(name))
    if entry is not None:
        return entry.name
    try:
        return recognise(read_submission(claim.path)).name
    except UsageError:
        return stem_of(name)


def _order(claim: _Claim) -> tuple[int, bool, int, int, float]:
    """Order what one student handed in: by what folders say, LATE, the number in the name, the number of the upload,
    and the time. What is alike in all of it stays in the order of the paths, and of the names in them."""
    folder, copy = attempt_of(claim.place)
    return folder, claim.owner.late, copy, claim.owner.upload, claim.modified


def _digest(path: Path) -> bytes:
    try:
        return hashlib.sha256(path.read_bytes()).digest()
    except OSError:  # what cannot be read is like nothing else; grading it says why
        return os.fsencode(path)
