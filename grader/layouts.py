"""Whose file it is: how learning platforms lay out what they give, one rule each, and the plain rule for the rest.

nbgrader    a folder "submitted" (or, without one, "autograded"): the folder below it is the student
            (submitted/kim/ps4/04_conv_backprop.ipynb). "timestamp.txt" beside a file is when it was handed in.
Moodle      "Kim Minji_12345_assignsubmission_file/04_conv_backprop.py", with or without a "_" behind it, or flat:
            "Kim Minji_12345_assignsubmission_file_04_conv_backprop.py". The student is what stands before the number,
            which is the participant's in this assignment only.
Gradescope  "submission_12345/04_conv_backprop.py"; "submission_metadata.yml" beside the folder tells who handed it
            in, and a group's submission belongs to each of them. Without it the student is "submission_12345".
Canvas      "kimminji_12345_67890_04_conv_backprop.py" or "kimminji_LATE_12345_67890_04_conv_backprop-1.py": the
            student, LATE, the student's number, that of the upload, the file's own name. In anonymous courses
            "anon_Ab3xY_67890_04_conv_backprop.py".
plain       The first folder below PATH is the student, or the first archive ("kim.zip", "kim_04_conv_backprop.zip").
            For a file directly in PATH it is what stands before the exercise's name ("kim_04_conv_backprop.py"), else
            what stands behind it; else the name of the file without suffix ("kim.py"); and a file that is called as
            the exercise alone ("kim/04_conv_backprop.py", with PATH kim) belongs to the folder or archive it lies in.
            A folder that is called as an exercise is nobody, and neither is the single folder of an archive that is
            called as the archive: the next one counts.

A platform's names count in PATH itself and directly below it, and one level further down where everything is laid out
like that (a folder of downloads). What lies deeper is from students, who could hand in a folder with another's name.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timezone
from functools import lru_cache
from pathlib import Path

from cnnexercises import catalog
from grader.archives import SUFFIXES, is_archive
from grader.recognition import entry_by_name
from grader.show.untrusted import visible

GRADED = (".py", ".ipynb")
"""The suffixes of what is graded."""


@dataclass(frozen=True)
class Shape:
    """How all that PATH holds is laid out. ``skip``: so many components are a wrapper around it; ``step``: the step
    of nbgrader that is read; ``direct``: whether files to grade lie in PATH itself."""

    skip: int = 0
    step: str | None = None
    direct: bool = False


@dataclass(frozen=True)
class Place:
    """Where something lies: the name of PATH itself, and those below it, its own last.

    Archives are components as folders are. A folder has "" for its own name, behind those that lead to it.
    """

    root: str
    parts: tuple[str, ...]
    shape: Shape = Shape()

    @property
    def names(self) -> tuple[str, ...]:
        """All components, that of PATH first."""
        return (self.root, *self.parts)

    @property
    def trusted(self) -> tuple[int, ...]:
        """Which components a platform or the instructor named: that of PATH, and the first below it."""
        first = 1 + self.shape.skip
        return (0, first) if first < len(self.names) else (0,)


@dataclass(frozen=True)
class Owner:
    """A student. ``identifier`` is what the platform calls them, and tells namesakes apart within ``scope``;
    ``late`` and ``upload`` order what one student handed in."""

    student: str
    identifier: str | None = None
    scope: tuple[str, ...] = ()
    late: bool = False
    upload: int = 0


@dataclass(frozen=True)
class Records:
    """What files beside the submissions say, by the names of the folder that they speak of: who handed a Gradescope
    submission in, and when an nbgrader submission was handed in."""

    submitters: Mapping[tuple[str, ...], tuple[Owner, ...]] = field(default_factory=dict)
    times: Mapping[tuple[str, ...], float] = field(default_factory=dict)


Rule = Callable[[Place, Records], tuple[Owner, ...]]


def owners(place: Place, records: Records) -> tuple[Owner, ...]:
    """Return whose a file or folder is; more than one for a group, none for what is nobody's."""
    for rule in (_nbgrader, _moodle, _gradescope, _canvas, _plain):
        found = rule(place, records)
        if found:
            return found
    return ()


def by_pattern(pattern: re.Pattern[str]) -> Rule:
    """Return the rule that takes the group "student" where the pattern is found in the path below PATH."""

    def rule(place: Place, _records: Records) -> tuple[Owner, ...]:
        match = pattern.search("/".join(place.parts))
        name = match["student"] if match else None
        return (Owner(person(name)),) if name and name.strip() else ()

    return rule


def person(name: str) -> str:
    """Return a student's name in one spelling: Unicode's form C, single spaces, nothing invisible."""
    text = " ".join(unicodedata.normalize("NFC", name).split())
    return one_line(text, 200) or "unnamed"


def shown(*names: str) -> str:
    """Return a place as a person knows it, in one line."""
    return one_line("/".join(name for name in names if name), 300)


def one_line(text: str, limit: int) -> str:
    """Return untrusted text so that it can be shown in one line."""
    if text.isprintable() and len(text) <= limit:
        return text
    return visible(text.replace("\n", "\\n"), limit)


# --- platforms ---


_STEPS = ("source", "release", "submitted", "autograded", "feedback")
_MOODLE = re.compile(r"(?P<name>.+?)(?:_(?P<number>\d+))?_assignsubmission_[a-z]+(?:_.*)?", re.DOTALL)
_GRADESCOPE = re.compile(r"submission_\d+")
_GRADESCOPE_EXPORT = re.compile(r"assignment_\d+_export")
_CANVAS = re.compile(
    r"(?:(?P<anonymous_late>LATE_)?(?P<anonymous>anon_[^\W_]{5})|(?P<name>.+?)(?P<late>_LATE)?_(?P<number>\d+))"
    r"_(?P<upload>\d+)_(?P<file>.+)",
    re.DOTALL,
)


def shape_of(root: str, parts: list[tuple[str, ...]]) -> Shape:
    """Return how PATH is laid out as a whole, from the places of all files to grade."""
    tops = {part[0].casefold() if len(part) > 1 else "" for part in parts}
    wrapped = is_archive(root) and tops == {_called(root).casefold()}
    downloads = bool(parts) and all(_of_platform(part, 1) and not _of_platform(part, 0) for part in parts)
    skip = int(wrapped or downloads)
    inner = [part[skip:] for part in parts]
    held = {part[0] for part in inner if len(part) > 2}
    step = next((step for step in ("submitted", "autograded") if step in held), None)
    return Shape(skip, step, any(len(part) == 1 for part in inner))


def left_out(place: Place) -> bool:
    """Whether a place is in another step of nbgrader than the one that is read."""
    shape = place.shape
    top = place.parts[shape.skip : shape.skip + 1]
    return shape.step is not None and top != (shape.step,) and bool(top) and top[0] in _STEPS


def _nbgrader(place: Place, _records: Records) -> tuple[Owner, ...]:
    below = place.parts[place.shape.skip :]
    if len(below) < 3 or below[0] != place.shape.step:
        return ()
    return (Owner(person(below[1])),)


def _of_platform(names: tuple[str, ...], depth: int) -> bool:
    """Whether a component is as only a platform writes it; "submission_2" may be a student's second attempt."""
    if depth >= len(names):
        return False
    name = names[depth]
    return bool(_MOODLE.fullmatch(name) or _GRADESCOPE_EXPORT.fullmatch(name) or _canvas_match(names, depth))


def _moodle(place: Place, _records: Records) -> tuple[Owner, ...]:
    for depth in place.trusted:
        match = _MOODLE.fullmatch(place.names[depth])
        if match:
            return (Owner(person(match["name"]), match["number"], place.names[:depth]),)
    return ()


def _gradescope(place: Place, records: Records) -> tuple[Owner, ...]:
    names = place.names
    first = place.trusted[-1]
    inner = (first + 1,) if _GRADESCOPE_EXPORT.fullmatch(names[first]) else ()
    for depth in (*place.trusted, *inner):
        if depth < len(names) - 1:  # it is a folder
            known = records.submitters.get(names[: depth + 1])
            if known or _GRADESCOPE.fullmatch(names[depth]):
                return known or (Owner(names[depth]),)
    return ()


def _canvas(place: Place, _records: Records) -> tuple[Owner, ...]:
    for depth in place.trusted:
        match = _canvas_match(place.names, depth)
        if match:
            student = match["anonymous"] or person(match["name"])
            late = bool(match["late"] or match["anonymous_late"])
            return (Owner(student, match["number"], (), late, int(match["upload"][:18])),)
    return ()


def _canvas_match(names: tuple[str, ...], depth: int) -> re.Match[str] | None:
    """Match the name of a file or an archive: Canvas makes no folders."""
    name = names[depth]
    match = _CANVAS.fullmatch(name) if depth == len(names) - 1 or is_archive(name) else None
    return match if match and not _exercise_is_cut(name, match["file"]) else None


def _exercise_is_cut(name: str, file: str) -> bool:
    """Whether a number was taken from the exercise's name, as in "kim_20231234_04_conv_backprop.py"."""
    return around_exercise(name) is not None and around_exercise(file) is None


# --- the plain rule ---


def _plain(place: Place, _records: Records) -> tuple[Owner, ...]:
    below = place.parts[place.shape.skip :] or place.parts[-1:]
    while len(below) > 1 and around_exercise(below[0]) == ("", ""):
        below = below[1:]
    if below[0] == place.shape.step or _GRADESCOPE_EXPORT.fullmatch(below[0]):
        return ()
    if len(below) > 1 and not is_archive(below[0]):
        return () if place.shape.direct and not below[-1] else (Owner(person(below[0])),)
    if not below[0].lower().endswith((*GRADED, *SUFFIXES)):
        return ()
    around = around_exercise(below[0])
    if around is None:
        return (Owner(person(_called(below[0]))),)
    return (Owner(person(around[0] or around[1] or _called(place.root))),)


def _called(name: str) -> str:
    """Return a name without its suffix, and without the mark that a browser gives to a second download."""
    return re.sub(r"\s*\(\d+\)$", "", _stem(name))


def _stem(name: str) -> str:
    for suffix in (*GRADED, ".tar.gz", *SUFFIXES):
        if name.lower().endswith(suffix):
            return name[: -len(suffix)]
    return name


_SEPARATORS = " _-.+,"
_VERSION = re.compile(
    r"(?:[\s_.-]*(?:version|ver|v|attempt|final|copy|new|fixed|\(?(?<!\d)\d{1,3}(?!\d)\)?)(?![^\W\d_]))*",
    re.IGNORECASE,
)
_LAST_NUMBER = re.compile(r"(?<!\d)(\d{1,3})\)?$")
_COPY_NUMBER = re.compile(r"(?:-|\s*\()(\d{1,3})\)?$")


@lru_cache(maxsize=8192)
def around_exercise(name: str) -> tuple[str, str] | None:
    """Return what stands before and behind the exercise's name in that of a file, or None where it has none.

    Marks of a version are left out: for "04_conv_backprop-2.py" and "04_conv_backprop (1).py" both are "".
    """
    found = _split(name)
    if found is None:
        return None
    before, behind = found
    return before.strip(_SEPARATORS), _VERSION.sub("", behind, count=1).strip(_SEPARATORS)


def _split(name: str) -> tuple[str, str] | None:
    stem = _stem(name)
    entry = entry_by_name(Path(f"{stem}.py"))
    match = _spelled(entry.name).search(stem) if entry else None
    return (stem[: match.start()], stem[match.end() :]) if match else None


@lru_cache(maxsize=len(catalog.ENTRIES))
def _spelled(name: str) -> re.Pattern[str]:
    words = r"[\s_-]+".join(map(re.escape, name.split("_")))
    return re.compile(rf"(?<![a-z0-9]){words}(?![a-z0-9])", re.IGNORECASE)


# --- attempts ---


_ATTEMPT = re.compile(r"(?:attempt|submission|try|version|ver|v)?[\s_-]*(\d{1,9})", re.IGNORECASE)


def attempt_of(place: Place) -> tuple[int, int]:
    """Return which attempt folders say ("attempt_2", "v2", "2"), and which the file's name says ("-2", "(2)"), or 0."""
    folders = [_ATTEMPT.fullmatch(name) for name in place.parts[:-1]]
    name = place.parts[-1]
    found = _split(name)
    number = _LAST_NUMBER.search(found[1]) if found else _COPY_NUMBER.search(_stem(name))
    return max((int(match[1]) for match in folders if match), default=0), int(number[1]) if number else 0


def stem_of(name: str) -> str:
    """Return what files have in common that are attempts at one thing: "hw4.py", "hw4-1.py" and "hw4 (2).ipynb"."""
    return _COPY_NUMBER.sub("", _stem(name)).casefold() or name


# --- what files beside the submissions say ---


SUBMITTERS, TIME = "submission_metadata.yml", "timestamp.txt"
"""Gradescope's file beside all submissions, and nbgrader's beside one."""

_KEY = re.compile(r"(?P<indent> *)(?P<item>- +)?(?P<key>[^\s:'\"-][^:]*|:\w+): *(?P<value>.*)")


def submitters(lines: Iterable[str]) -> dict[str, tuple[Owner, ...]]:
    """Return who handed in each submission, by its folder, from the lines of Gradescope's metadata.

    It is YAML with megabytes of results in it, of which three keys matter: at the left margin the folder, in it
    ":submitters:", a list of ":name:", ":sid:" and ":email:". They are read line by line, and nothing is built.
    """
    found: dict[str, list[dict[str, str]]] = {}
    folder, depth = "", -1
    for line in lines:
        match = _KEY.fullmatch(line.rstrip())
        if match is None:
            continue
        indent, key = len(match["indent"]), match["key"]
        if indent == 0 and not match["item"]:
            folder, depth = key, -1
        elif key == ":submitters" and folder not in found:
            depth = indent
            found[folder] = []
        elif depth >= 0 and (indent < depth or (indent == depth and not match["item"])):
            depth = -1
        elif depth >= 0:
            if match["item"]:
                found[folder].append({})
            if found[folder]:
                found[folder][-1].setdefault(key, _scalar(match["value"]))
    return {folder: tuple(_submitter(person) for person in people) for folder, people in found.items() if people}


def _submitter(said: dict[str, str]) -> Owner:
    name = said.get(":name") or said.get(":email") or said.get(":sid") or "unnamed"
    return Owner(person(name), said.get(":sid") or said.get(":email") or None)


def _scalar(text: str) -> str:
    if text.startswith("'"):
        return text[1:-1].replace("''", "'")
    if text.startswith('"'):
        try:
            return str(json.loads(text))
        except ValueError:
            return text.strip('"')
    return "" if text in ("~", "null") else text


def time_of(text: str) -> float | None:
    """Return the seconds since 1970 of nbgrader's "2026-03-02 15:58:23.948203 UTC", or None for another text.

    Zones are not looked up: a timestamp is only compared with those of the same course.
    """
    try:
        return datetime.fromisoformat(text.strip()[:19]).replace(tzinfo=timezone.utc).timestamp()
    except ValueError:
        return None
