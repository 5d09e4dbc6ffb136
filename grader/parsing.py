"""Reads Python as students write it, without running it: magics, odd text, and syntax errors as sentences."""

from __future__ import annotations

import ast
import re
import warnings

from grader.show.untrusted import visible

_PYTHON_MAGICS = frozenset({"time", "timeit", "capture", "prun"})
"""Cell magics whose cell is Python, and runs; the cells of all others are another language, or a file."""

_NAMES = r"\w[\w.]*(?:\[[^\]]*\])?"
_MAGIC_LINE = re.compile(
    r"\s*(?:[%!?]"  # %matplotlib inline, !pip install ..., ?np.sum
    rf"|{_NAMES}(?:\s*,\s*{_NAMES})*\s*=\s*[%!]\s*\w"  # files = !ls, best = %timeit -o f()
    r"|[^#'\"]*\?\s*$)"  # np.sum?
)
_CELL_MAGIC = re.compile(r"\s*%%\s*(\w*)")
_SINGLE_REPLACEMENTS = 16
_TEXT_LIMIT = 60
_MESSAGE_LIMIT = 160


def plain(text: str) -> str:
    """Return source with \\n line ends, as Python reads it, and with U+FFFD for lone surrogates.

    Form feeds and other separators stay: for Python they end no line.
    """
    ends = text.replace("\r\n", "\n").replace("\r", "\n")
    return ends.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def statements(source: str) -> list[ast.stmt]:
    """Return the statements outside functions, or none when the source does not parse."""
    try:
        return _parsed(source).body
    except Exception:
        return []


def syntax_error(source: str, written: str | None = None) -> str | None:
    """Return a sentence that names the line at which the source does not parse, or None when it parses.

    ``written`` is the source as the student wrote it, with the same lines: it is what the sentence quotes.
    """
    failure = _failure(source)
    return None if failure is None else _sentence(failure, (written or source).split("\n"))


def cell_source(text: str) -> str:
    """Return the Python of a notebook cell, with the line numbers of the cell.

    A cell under %%time, %%timeit, %%capture or %%prun keeps its body; one under another cell magic (%%bash,
    %%writefile ...) is empty. Magics and shell lines are replaced only where the parser stumbles over them,
    so a continuation line that begins with % stays. After some single replacements all lines that look like
    magics are replaced at once: the time stays proportional to the length of the cell.
    """
    lines = _without_cell_magics(text.split("\n"))
    for _ in range(_SINGLE_REPLACEMENTS):
        failure = _failure("\n".join(lines))
        number = failure.lineno if isinstance(failure, SyntaxError) else None
        if number is None or not 1 <= number <= len(lines) or not _MAGIC_LINE.match(lines[number - 1]):
            return "\n".join(lines)
        _blank_magic(lines, number - 1)
    for index, line in enumerate(lines):
        if _MAGIC_LINE.match(line):
            _blank_magic(lines, index)
    return "\n".join(lines)


def _parsed(source: str) -> ast.Module:
    """Parse source without showing its warnings.

    Raises SyntaxError, ValueError, RecursionError or MemoryError. The tree is never compiled here: on a
    comprehension of 100,000 clauses CPython's compiler overflows the stack, and the process ends.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return ast.parse(source)


def _failure(source: str) -> Exception | None:
    try:
        _parsed(source)
    except Exception as failure:
        return failure
    return None


def _sentence(failure: Exception, lines: list[str]) -> str:
    if isinstance(failure, RecursionError | MemoryError):
        return "the code is nested too deeply for Python to read"
    nul = next((number for number, line in enumerate(lines, 1) if "\0" in line), None)
    if nul is not None:  # a ValueError or a SyntaxError without a line, by the version of Python
        return f"line {nul}: the code holds a NUL character"
    if not isinstance(failure, SyntaxError):
        return visible(str(failure), _MESSAGE_LIMIT)
    message = visible(failure.msg, _MESSAGE_LIMIT)
    number = failure.lineno
    if not number:
        return message
    text = visible(lines[number - 1].strip(), _TEXT_LIMIT) if number <= len(lines) else ""
    return f"line {number}: {message} in `{text}`" if text else f"line {number}: {message}"


def _without_cell_magics(lines: list[str]) -> list[str]:
    """Blank the cell magics at the head of a cell; %%capture and %%time may stand on each other."""
    for index, line in enumerate(lines):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        magic = _CELL_MAGIC.match(line)
        if magic is None:
            break
        if magic[1] not in _PYTHON_MAGICS:
            return [""]
        lines[index] = ""
    return lines


def _blank_magic(lines: list[str], index: int) -> None:
    """Replace a magic, and the lines that its backslashes continue, by nothing (inside a block: by pass)."""
    indent = lines[index][: len(lines[index]) - len(lines[index].lstrip())]
    # At the top level an empty line, because `from __future__ import ...` may not stand below a pass.
    replacement = f"{indent}pass" if indent else ""
    while lines[index].endswith("\\") and index + 1 < len(lines):
        lines[index], replacement = replacement, ""
        index += 1
    lines[index] = replacement
