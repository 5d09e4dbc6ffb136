"""Dependencies point one way, and torch is imported only where a submission runs."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
INSIDE = ("wire", "child", "zygote", "lockdown", "plain")
"""The modules of grader.sandbox that run inside a sandbox."""


def modules() -> dict[str, Path]:
    """Return every module of the two packages, by name; probes and networks are sources that run in the sandbox."""
    found = {}
    for package in ("cnnexercises", "grader"):
        for path in sorted((ROOT / package).rglob("*.py")):
            parts = path.relative_to(ROOT).with_suffix("").parts
            if not {"probes", "networks", "exercises", "solutions"} & set(parts[1:-1]):
                found[".".join(part for part in parts if part != "__init__")] = path
    return found


def imports(path: Path) -> Iterator[str]:
    """Yield the modules that a file imports anywhere, save under `if TYPE_CHECKING`."""
    pending: list[ast.AST] = [ast.parse(path.read_text(encoding="utf-8"))]
    while pending:
        node = pending.pop()
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            pending += node.orelse
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        else:
            pending += ast.iter_child_nodes(node)


def graph() -> dict[str, set[str]]:
    """Return which of our modules each of them imports."""
    ours = modules()
    edges: dict[str, set[str]] = {}
    for name, path in ours.items():
        targets = {target if target in ours else target.rpartition(".")[0] for target in imports(path)}
        edges[name] = targets & set(ours) - {name}
    return edges


def test_content_never_imports_the_grader() -> None:
    """An exercise knows nothing of processes, files or terminals."""
    wrong = {
        (name, target)
        for name, targets in graph().items()
        if name.startswith("cnnexercises")
        for target in targets
        if target.startswith("grader")
    }
    assert not wrong


def test_the_sandbox_knows_no_exercise() -> None:
    """The sandbox knows bytes and outcomes: of the project it imports itself, errors and outcomes."""
    allowed = ("grader.sandbox", "grader.errors", "grader.outcome")
    wrong = {
        (name, target)
        for name, targets in graph().items()
        if name.startswith("grader.sandbox")
        for target in targets
        if not target.startswith(allowed)
    }
    assert not wrong


@pytest.mark.parametrize("name", INSIDE)
def test_what_runs_inside_imports_only_what_is_bound_there(name: str) -> None:
    """A module that runs inside a sandbox imports the standard library, NumPy, msgpack, landlockpy and its like."""
    import sys

    tops = {target.partition(".")[0] for target in imports(ROOT / f"grader/sandbox/{name}.py")}
    assert tops - set(sys.stdlib_module_names) <= {"numpy", "msgpack", "landlockpy", "grader", "__future__"}
    ours = graph()[f"grader.sandbox.{name}"]
    assert ours <= {f"grader.sandbox.{other}" for other in INSIDE} | {"grader.sandbox"}


def test_no_module_imports_itself_through_others() -> None:
    """There is no import cycle."""
    try:
        TopologicalSorter({name: targets - {"grader"} for name, targets in graph().items()}).prepare()
    except CycleError as error:
        pytest.fail(" -> ".join(error.args[1]))


def test_grading_never_imports_torch() -> None:
    """Neither content nor grader imports torch: references and probes run where submissions run."""
    wrong = {name for name, path in modules().items() if any(t.partition(".")[0] == "torch" for t in imports(path))}
    assert not wrong


def test_every_module_says_what_lives_there() -> None:
    """Each module begins with a line that says what lives in it."""
    silent = [n for n, p in modules().items() if not ast.get_docstring(ast.parse(p.read_text(encoding="utf-8")))]
    assert not silent
