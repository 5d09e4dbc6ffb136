"""A failing call as a script that runs without the grader: the student's file, NumPy, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from grader.errors import UsageError
from grader.report import Report

LOADING = '''\
graded = Path({path!r})
path = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).with_name(graded.name)
path = path if path.exists() or len(sys.argv) > 1 else graded
if not path.exists():
    sys.exit(f"{{path}} is not there. Say which file to run: python {script} FILE")
if path.suffix == ".ipynb":
    cells = json.loads(path.read_text(encoding="utf-8-sig"))["cells"]
    sources = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
else:
    with tokenize.open(path) as file:
        sources = [file.read()]


def statements(source):
    lines = source.split("\\n")
    while True:
        try:
            return ast.parse("\\n".join(lines)).body
        except SyntaxError as error:
            at = min(error.lineno or 1, len(lines)) - 1
            magic = re.match(r"(\\s*)([%!?]|[^#]*(=\\s*[%!]|\\?\\s*$))", lines[at])
            if path.suffix != ".ipynb" or magic is None:
                print(f"left out, for it is not valid Python: {{error}}")
                return []
            lines[at] = magic[1] + "pass"


class Absent:
    """Finds that everything but {said} and the standard library is absent, as it is in a grading."""

    @staticmethod
    def find_spec(name, path=None, target=None):
        if name.partition(".")[0] not in {{*sys.stdlib_module_names, {libraries}}}:
            raise ModuleNotFoundError(f"No module named {{name!r}} when the exercise is graded")


sys.meta_path.insert(0, Absent)
module = sys.modules["submission"] = types.ModuleType("submission")
module.__file__ = str(path)
flags = 0
for source in sources:
    for node in statements(source):
        try:
            code = compile(ast.Module([node], []), str(path), "exec", flags, dont_inherit=True)
            flags |= code.co_flags & __future__.annotations.compiler_flag
            exec(code, module.__dict__)
        except (Exception, SystemExit) as error:
            print(f"line {{node.lineno}} does not run here: {{type(error).__name__}}: {{error}}")
'''
"""Runs the student's file as ``module``; {said} and {libraries} are what it may import, in words and in quotes."""

_SCRIPT = (
    '''\
"""Replays a call that {name} gets wrong.   python {script} [FILE]

Runs your file, makes the call, and compares. Needs NumPy only. Put a breakpoint wherever you like.
"""
import __future__
import ast
import copy
import json
import re
import sys
import tokenize
import types
from pathlib import Path

import numpy as np

'''
    + LOADING
    + '''

def same(returned, expected):
    if isinstance(expected, (tuple, list)):
        alike = isinstance(returned, (tuple, list)) and len(returned) == len(expected)
        return alike and all(map(same, returned, expected))
    if isinstance(expected, np.ndarray):
        if not isinstance(returned, (np.ndarray, np.generic)) or np.shape(returned) != expected.shape:
            return False
        kind, name = returned.dtype.kind, returned.dtype.name
        fits = name in ("float64", "float32") if expected.dtype.kind == "f" else kind in "iuf"
        scale = np.abs(expected).max(initial=0) or 1
        return bool(fits and np.all(np.abs(returned - expected) <= 1e-5 * scale))
    whole = isinstance(returned, (int, np.integer)) and not isinstance(returned, bool)
    return whole and returned == expected


{setting}
given = [*arguments, *keywords.values()]
before = copy.deepcopy(given)
try:
    returned = getattr(module, {name!r})(*arguments, **keywords)
except {error} as error:
    print("raised:", repr(error), sep="\\n")
    print("It agrees here.")
    sys.exit()
except SystemExit as error:
    sys.exit(f"{name} ended the whole program: {{error!r}}")
print("returned:", returned, sep="\\n")
print("expected:", {shown}, sep="\\n")
changed = not all(map(np.array_equal, given, before))
if changed:
    print("The call changed one of its arguments in place.")
assert not changed and {compared}, "{name} differs from what was expected"
print("It agrees here.")
'''
)


def script(name: str, path: Path, setting: str, expected: str | None, error: str | None) -> str:
    """Return the script. ``setting`` is source that binds ``arguments`` and ``keywords``; ``expected`` is the source
    of the answer, or ``error`` the name of the exception that was expected. It ends with an AssertionError, or with
    the student's own exception, as long as the call is wrong."""
    value = expected is not None
    return _SCRIPT.format(
        name=name,
        script=f"replay_{name}.py",
        path=str(path),
        said="NumPy",
        libraries='"numpy"',
        setting=setting + (f"\nexpected = {expected}" if value else ""),
        error=error or "()",
        shown="expected" if value else repr(f"{error} raised"),
        compared="same(returned, expected)" if value else "False",
    )


def write_scripts(report: Path, folder: Path) -> Iterator[tuple[Path, str]]:
    """Write the script of each counterexample in a file of reports, one a line.

    Yields where each went, and the path of the submission that it replays. Where there are several reports, the
    number of a script is that of its report. Raises UsageError when the file holds no report or no failing call,
    or the folder cannot be written to.
    """
    reports = _reports(report)
    found = [(number, one, task) for number, one in enumerate(reports, 1) for task in one.tasks if task.counterexample]
    if not found:
        raise UsageError(f"There is no failing call in {report}.")
    for number, one, task in found:
        assert task.counterexample is not None
        path = folder / (f"replay_{number}_{task.name}.py" if len(reports) > 1 else f"replay_{task.name}.py")
        try:
            folder.mkdir(parents=True, exist_ok=True)
            path.write_text(task.counterexample.replay, encoding="utf-8")
        except OSError as error:
            raise UsageError(f"{path} cannot be written: {error.strerror}.") from error
        yield path, one.submission.path


def _reports(path: Path) -> list[Report]:
    try:
        lines = [line for line in path.read_text(encoding="utf-8-sig").splitlines() if line.strip()]
        return [Report.model_validate_json(line) for line in lines]
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}.") from error
    except ValueError as error:  # the encoding, or the report
        raise UsageError(
            f"{path} is not a report of this version. Make one: cnnex grade FILE --format json -o {path.stem}.json"
        ) from error
