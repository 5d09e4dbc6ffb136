"""What a student hands in: a .py or an .ipynb becomes a Submission, with the origin of every line."""

from __future__ import annotations

import codecs
import hashlib
import io
import os
import re
import stat
import tokenize
import warnings
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from grader.errors import UsageError
from grader.parsing import cell_source, plain, statements, syntax_error
from grader.show.untrusted import visible
from grader.structure import bindings, is_stub, skeleton

if TYPE_CHECKING:
    import ast

_MIB = 1024 * 1024
_LIMITS = {".py": 5 * _MIB, ".ipynb": 50 * _MIB}
"""What is read, by suffix, and how many bytes of it at the most."""

_MOST_CODE = 5 * _MIB
_MOST_WORDS = 400_000
"""A file of 5 MiB can hold 4 million words of code, and need 20 s and 3 GB. People write 10,000."""

_SKIPPED_FOLDERS = frozenset({"__pycache__", "site-packages", "node_modules"})
_SLOW_CODECS = frozenset({"punycode", "idna"})
"""Encodings that take a time quadratic in the length to decode; nobody writes Python in them."""


class UnreadableSubmission(UsageError):
    """The file cannot be read as a submission; the message is a sentence that says what to do."""


@dataclass(frozen=True)
class Unit:
    """A piece of source that runs as one: the whole file, or one code cell.

    ``label`` is what a person calls it ("04_conv_backprop.py", "cell 3"); line numbers count from 1 within
    it. ``source`` keeps the line numbers: magics and shell lines are replaced, not removed. ``syntax_error``
    is a sentence naming the line when the unit does not parse, else None.
    """

    label: str
    source: str
    syntax_error: str | None = None


@dataclass(frozen=True)
class Submission:
    """One file of one student. ``sha256`` is that of the file's bytes."""

    path: Path
    sha256: str
    units: tuple[Unit, ...]
    student: str | None = None


# --- reading a file ---


def read_submission(path: Path, student: str | None = None) -> Submission:
    """Read a .py as one unit, or an .ipynb as one unit a code cell; nothing of it is run.

    Cells are called "cell N", where N counts all code cells from 1, the empty ones too, as a student counts
    them. Raises UnreadableSubmission, which says what to do, for whatever is no such file.
    """
    data = _contents(path)
    if path.suffix.lower() == ".ipynb":
        units = _cells(path, data)
    else:
        source = plain(_decoded(path, data))
        _refuse_if(not source.strip(), path, _EMPTY)
        _check_length(path, [source])
        units = (Unit(visible(path.name), source, syntax_error(source)),)
    return Submission(path, hashlib.sha256(data).hexdigest(), units, student)


_EMPTY = "is empty: there is nothing to grade in it yet."


def _unreadable(path: Path, what: str) -> UnreadableSubmission:
    return UnreadableSubmission(f"{visible(str(path))} {what}")


def _refuse_if(condition: bool, path: Path, what: str) -> None:
    if condition:
        raise _unreadable(path, what)


def _contents(path: Path) -> bytes:
    """Return the bytes of a file that may be one; raises UnreadableSubmission for any other."""
    try:
        mode = path.stat().st_mode
        _refuse_if(stat.S_ISDIR(mode), path, "is a folder: name a .py or .ipynb file, or a folder of them.")
        limit = _LIMITS.get(path.suffix.lower(), 0)
        _refuse_if(not limit, path, "cannot be graded: only .py and .ipynb files are read.")
        _refuse_if(not stat.S_ISREG(mode), path, "is not a regular file: copy what it gives to one.")
        with path.open("rb") as file:
            data = file.read(limit + 1)
    except (FileNotFoundError, NotADirectoryError):
        raise _unreadable(path, "is not there: check the name and the folder.") from None
    except PermissionError:
        raise _unreadable(path, "may not be read: change its permissions.") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise _unreadable(path, f"cannot be read: {visible(str(reason))}.") from None
    _refuse_if(len(data) > limit, path, f"is larger than {limit // _MIB} MiB: hand in code only, no data.")
    _refuse_if(not data.strip(), path, _EMPTY)
    _refuse_if(_is_utf16(data), path, "is encoded in UTF-16: save it as UTF-8.")
    _refuse_if(b"\0" in data, path, "is binary, not text: hand in the source code, and save it as UTF-8.")
    return data


def _is_utf16(data: bytes) -> bool:
    """Whether bytes begin with a mark of UTF-16 or 32, or most are ASCII signs with a 0 beside each."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)):
        return True
    head = data[:2000]
    even, odd = head[::2].count(0), head[1::2].count(0)
    return min(even, odd) == 0 and max(even, odd) > len(head) / 4


def _decoded(path: Path, data: bytes) -> str:
    """Decode source as Python does: UTF-8 unless a coding line names another encoding (PEP 263)."""
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
        if codecs.lookup(encoding).name in _SLOW_CODECS:
            raise LookupError(encoding)
        return data.decode(encoding)
    except (SyntaxError, LookupError):
        sentence = "is not UTF-8, and names no encoding that Python knows: save it as UTF-8."
    except ValueError:
        sentence = f"is not encoded in {encoding.removesuffix('-sig').upper()}: save it as UTF-8."
    raise _unreadable(path, sentence)


def _check_length(path: Path, sources: list[str]) -> None:
    """Refuse what would take minutes or gigabytes to parse."""
    size = sum(map(len, sources))
    too_long = size > _MOST_CODE
    if not too_long and size > _MOST_WORDS:
        too_long = sum(1 for source in sources for _ in re.finditer(r"\w+|[^\w\s]", source)) > _MOST_WORDS
    _refuse_if(too_long, path, "holds far more code than an exercise needs: hand in the exercise only.")


# --- notebooks ---


_SAVE_AGAIN = "open it in Jupyter and save it again"


def _cells(path: Path, data: bytes) -> tuple[Unit, ...]:
    try:
        sources = [plain(source) for source in _code_cells(path, data.decode("utf-8-sig"))]
    except UnreadableSubmission:
        raise
    except UnicodeDecodeError:
        raise _unreadable(path, "is not encoded in UTF-8: save it as UTF-8.") from None
    except Exception as error:
        line = getattr(error, "lineno", None)
        where = f" (its JSON goes wrong in line {line})" if line else ""
        raise _unreadable(path, f"is not a readable notebook{where}: {_SAVE_AGAIN}.") from None
    _refuse_if(not any(map(str.strip, sources)), path, "is a notebook without code: write some, and save it.")
    _check_length(path, sources)
    return tuple(_cell(number, text) for number, text in enumerate(sources, 1))


def _cell(number: int, text: str) -> Unit:
    source = cell_source(text)
    return Unit(f"cell {number}", source, syntax_error(source, text))


def _code_cells(path: Path, text: str) -> Iterator[str]:
    """Yield the source of each code cell. May raise anything for a notebook that is not one."""
    import json

    notebook = json.loads(text)
    version = notebook.get("nbformat") if isinstance(notebook, dict) else None
    advice = f"{_SAVE_AGAIN}; formats 3 and 4 are read."
    _refuse_if(type(version) is not int, path, f"is not a notebook that names its format: {advice}")
    _refuse_if(version not in (3, 4), path, f"is a notebook of format {str(version)[:20]}: {advice}")
    # Format 4 is read as it stands: nbformat takes 100 ms to import, and refuses broken metadata.
    cells = _upgraded(text)["cells"] if version == 3 else notebook.get("cells")
    for cell in cells if isinstance(cells, list) else []:
        if isinstance(cell, dict) and cell.get("cell_type") == "code":
            source = cell.get("source")
            lines = source if isinstance(source, list) else [source]
            yield "".join(line for line in lines if isinstance(line, str))


def _upgraded(text: str) -> Any:
    """Convert a notebook of format 3 to format 4."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        nbformat: Any = import_module("nbformat")
        return nbformat.convert(nbformat.reader.reads(text), 4)


# --- what it defines ---


def definitions(submission: Submission) -> tuple[str, ...]:
    """Return the names that the units define outside functions, in order.

    By def, class, assignment or import; inside an if, try, with or loop too. Units that do not parse define
    nothing.
    """
    return tuple(dict.fromkeys(name for name, _ in bindings(statements_of(submission))))


def untouched(submission: Submission, name: str) -> bool:
    """Whether the last definition of a function or class is still the stub.

    A stub's body is only ``pass``, ``...``, a docstring or ``raise NotImplementedError``. A class is a stub
    when all its methods are, and it derives from none of the submission's own; a call of the base class's
    ``__init__`` without arguments may stand in them.
    """
    last = dict(bindings(statements_of(submission)))
    return name in last and is_stub(last[name], last)


def default_seed(submission: Submission) -> int:
    """Return a 32-bit seed that follows from the code: a .py and an .ipynb of the same code get the same.

    Imports, ``pass``, texts that stand alone, comments and layout do not count. Everything else does, tables
    of values outside functions too: writing down the answers for a seed changes the seed.
    """
    digest = hashlib.sha256()
    for part in skeleton(statements_of(submission)):
        digest.update(part.encode("utf-8", "backslashreplace"))
    return int.from_bytes(digest.digest()[:4], "big")


@lru_cache(maxsize=1)  # one submission is asked several things in a row
def statements_of(submission: Submission) -> tuple[ast.stmt, ...]:
    """Return the statements outside functions of all units that parse."""
    return tuple(node for unit in submission.units for node in statements(unit.source))


# --- folders ---


def collect(paths: Iterable[Path]) -> list[Path]:
    """Return the files to grade, in the order given, each once.

    A folder gives its .py and .ipynb files, and those of its folders, sorted by name. Hidden ones, caches and
    virtual environments are left out, and so are symbolic links that lead out of the folder: what they point
    to is somebody else's. A folder without any file stays in the list, as a missing path does, and
    ``read_submission`` says what is wrong with it.
    """
    found: dict[str, Path] = {}
    for path in paths:
        for file in (os.path.isdir(path) and _files_below(path)) or [path]:
            found.setdefault(_identity(file), file)
    return list(found.values())


def _identity(path: Path) -> str:
    try:
        return os.path.realpath(path)
    except (OSError, ValueError):  # a NUL in the name
        return str(path)


def _files_below(folder: Path) -> list[Path]:
    root = os.path.join(os.path.realpath(folder), "")
    files = []
    for here, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if _may_hold_submissions(Path(here, name))]
        files += [Path(here, name) for name in names if not name.startswith(".")]
    wanted = [file for file in files if file.suffix.lower() in _LIMITS and _identity(file).startswith(root)]
    return sorted(wanted, key=lambda file: file.relative_to(folder).parts)


def _may_hold_submissions(folder: Path) -> bool:
    hidden = folder.name.startswith(".") or folder.name in _SKIPPED_FOLDERS
    return not hidden and not (folder / "pyvenv.cfg").is_file()
