"""A function that fails because of another one that it calls: then that one is to be mended first."""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence

from grader.crashes import pattern
from grader.report import Diagnosis, TaskResult
from grader.structure import bindings
from grader.submission import Submission, statements_of


def mend_first(submission: Submission, tasks: Sequence[TaskResult]) -> tuple[TaskResult, ...]:
    """Say of each failed function which failed one it calls, where its finding names no place to look at."""
    failed = [task.name for task in tasks if task.status == "failed"]
    if len(failed) < 2:
        return tuple(tasks)
    around = dict(bindings(statements_of(submission)))
    reached = {name: _reached(name, around) for name in failed}
    return tuple(_told(task, [name for name in failed if _calls(task.name, name, reached)]) for task in tasks)


def _calls(caller: str, name: str, reached: Mapping[str, set[str]]) -> bool:
    """Whether one function calls another, and not the other way round as well."""
    return name in reached.get(caller, ()) and caller not in reached[name]


def _told(task: TaskResult, causes: Sequence[str]) -> TaskResult:
    found = task.diagnosis
    if not causes or (found is not None and found.look_at is not None):
        return task
    return task.model_copy(update={"diagnosis": _diagnosis(causes[0], found)})


def _diagnosis(cause: str, found: Diagnosis | None) -> Diagnosis:
    seen = f" What shows here: {found.title[:1].lower()}{found.title[1:]}. {found.explanation}" if found else ""
    return pattern(
        "calls_a_wrong_function",
        f"It calls {cause}, which is wrong itself",
        f"Mend {cause} first: this may come right with it.{seen}",
        f"{cause}.",
    )


def _reached(name: str, around: Mapping[str, ast.stmt]) -> set[str]:
    """Return the names of the submission that a function uses, itself or through others."""
    found: set[str] = set()
    pending = [name]
    while pending:
        node = around.get(pending.pop())
        used = {part.id for part in ast.walk(node) if isinstance(part, ast.Name)} if node is not None else set()
        new = (used & around.keys()) - found
        found |= new
        pending += new
    return found
