"""Submissions with the same code but for names, layout and comments: for a person to look at, never a verdict."""

from __future__ import annotations

import ast
import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from grader.grades import Mark
from grader.structure import Fields, dumped, is_text
from grader.submission import Submission, statements_of

_ANNOTATIONS = frozenset({"annotation", "returns", "type_comment", "type_params"})
_IMPORTS = (ast.Import, ast.ImportFrom)


def fingerprint(submission: Submission) -> str:
    """Return a digest of its code, the same for code that differs in the names it gives, or in what is not run.

    That is comments, layout, docstrings, imports, annotations, and names of functions, parameters and variables.
    Names from elsewhere count (np.sum, range), and so does the order of the definitions.
    """
    code = [node for node in statements_of(submission) if not isinstance(node, _IMPORTS) and not is_text(node)]
    fields = _normalised({name: f"name{number}" for number, name in enumerate(dict.fromkeys(_given(code)))})
    digest = hashlib.sha256()
    for node in code:
        for part in dumped(node, fields):
            digest.update(part.encode("utf-8", "backslashreplace"))
    return digest.hexdigest()


def alike(marks: Iterable[Mark]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return each exercise with the students who handed in the same code for it, in order.

    The shorter an exercise, the less it says: two who solve it in the obvious way write the same.
    """
    students: dict[tuple[str, str], set[str]] = defaultdict(set)
    for mark in marks:
        if mark.fingerprint is not None:
            students[mark.key.exercise, mark.fingerprint].add(mark.key.student)
    groups = ((exercise, tuple(sorted(names))) for (exercise, _), names in students.items() if len(names) > 1)
    return tuple(sorted(groups))


def _given(code: Iterable[ast.stmt]) -> Iterator[str]:
    """Yield the names that code gives to something, as often as it does."""
    for statement in code:
        for node in ast.walk(statement):
            match node:
                case ast.Name(id=name, ctx=ast.Store()) | ast.arg(arg=name):
                    yield name
                case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                    yield name


def _normalised(names: dict[str, str]) -> Fields:
    """Return what gives the fields of a node: names replaced, and without what is not run."""

    def fields(node: ast.AST) -> Iterator[tuple[str, Any]]:
        for field, value in ast.iter_fields(node):
            if field in _ANNOTATIONS:
                continue
            if isinstance(value, list):
                yield field, [names.get(v, v) if isinstance(v, str) else v for v in value if not _idle(v)]
            elif isinstance(value, str) and not isinstance(node, ast.Attribute | ast.keyword | ast.Constant):
                yield field, names.get(value, value)
            else:
                yield field, value

    return fields


def _idle(node: Any) -> bool:
    return isinstance(node, ast.AST) and (isinstance(node, _IMPORTS) or is_text(node))
