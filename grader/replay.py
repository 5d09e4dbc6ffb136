"""A failing call as a script that runs without the grader: the student's file, NumPy, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pydantic import ValidationError

from grader.errors import UsageError
from grader.report import Report

_SCRIPT = '''\
"""Replays a call that {name} gets wrong.   python {script} [FILE]

Runs your file, makes the call, and compares. Needs NumPy only. Put a breakpoint wherever you like.
"""
import ast
import json
import sys
from pathlib import Path

import numpy as np

path = Path(sys.argv[1] if len(sys.argv) > 1 else {path!r})
sources = [path.read_text(encoding="utf-8-sig")]
if path.suffix == ".ipynb":
    cells = [cell for cell in json.loads(sources[0])["cells"] if cell["cell_type"] == "code"]
    lines = ["".join(cell["source"]).splitlines() for cell in cells]
    sources = ["\\n".join("" if line.lstrip().startswith(("%", "!")) else line for line in cell) for cell in lines]
namespace = {{"__name__": "submission", "__file__": str(path)}}
for source in sources:
    for node in ast.parse(source).body:
        try:
            exec(compile(ast.Module([node], []), str(path), "exec"), namespace)
        except Exception as error:
            print(f"line {{node.lineno}} does not run here: {{type(error).__name__}}: {{error}}")


def same(returned, expected):
    if isinstance(expected, (tuple, list)):
        alike = isinstance(returned, (tuple, list)) and len(returned) == len(expected)
        return alike and all(map(same, returned, expected))
    if isinstance(expected, np.ndarray):
        alike = isinstance(returned, (np.ndarray, np.generic)) and np.shape(returned) == expected.shape
        alike = alike and np.asarray(returned).dtype.kind in ("f" if expected.dtype.kind == "f" else "iuf")
        scale = max(np.abs(expected).max(initial=0), 1e-300)
        return bool(alike and np.all(np.abs(returned - expected) <= 1e-5 * scale))
    whole = isinstance(returned, (int, np.integer)) and not isinstance(returned, bool)
    return whole and returned == expected


def copies(values):
    return [np.array(value, order="K") if isinstance(value, np.ndarray) else value for value in values]


{setting}
before = copies(arguments)
try:
    returned = namespace[{name!r}](*arguments, **keywords)
except Exception as error:
    if isinstance(error, {error}):
        sys.exit("It agrees here.")
    raise
print("returned:", returned, sep="\\n")
print("expected:", {shown}, sep="\\n")
changed = any(isinstance(a, np.ndarray) and not np.array_equal(a, b) for a, b in zip(arguments, before))
if changed:
    print("The call changed one of its arguments in place.")
assert not changed and {compared}, "{name} differs from what was expected"
print("It agrees here.")
'''


def script(name: str, path: Path, setting: str, expected: str | None, error: str | None) -> str:
    """Return the script. ``setting`` is source that binds ``arguments`` and ``keywords``; ``expected`` is the source
    of the answer, or ``error`` the name of the exception that was expected. It ends with an AssertionError, or with
    the student's own exception, as long as the call is wrong."""
    value = expected is not None
    return _SCRIPT.format(
        name=name,
        script=f"replay_{name}.py",
        path=str(path),
        setting=setting + (f"\nexpected = {expected}" if value else ""),
        error=error or "()",
        shown="expected" if value else repr(f"{error} raised"),
        compared="same(returned, expected)" if value else "False",
    )


def write_scripts(report: Path, folder: Path) -> Iterator[Path]:
    """Write the script of each counterexample in a file of reports, one a line, and yield where it went.

    Raises UsageError when the file holds no report, or no failing call.
    """
    try:
        lines = [line for line in report.read_text(encoding="utf-8").splitlines() if line.strip()]
        reports = [Report.model_validate_json(line) for line in lines]
    except (OSError, UnicodeDecodeError, ValidationError) as error:
        raise UsageError(f"{report} is not a report of `cnnex grade --format json`: {type(error).__name__}.") from error
    scripts = {
        folder / f"replay_{task.name}.py": task.counterexample.replay
        for one in reports
        for task in one.tasks
        if task.counterexample
    }
    if not scripts:
        raise UsageError(f"There is no failing call in {report}.")
    for path, text in scripts.items():
        path.write_text(text, encoding="utf-8")
        yield path
