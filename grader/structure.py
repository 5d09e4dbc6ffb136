"""What a syntax tree tells without running it: the names it binds, what is still a stub, what is the same."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
_BLOCKS = ("body", "handlers", "cases", "orelse", "finalbody")

# Nothing here is recursive: an elif chain, or a sum, may be a thousand nodes deep.


def bindings(statements: Iterable[ast.stmt]) -> Iterator[tuple[str, ast.stmt]]:
    """Yield each name that is bound outside functions, with its statement, in the order of the source."""
    pending: list[Any] = [*statements][::-1]
    while pending:
        node = pending.pop()
        yield from ((name, node) for name in _bound(node))
        if not isinstance(node, _DEFINITIONS):
            pending += [inner for block in _BLOCKS for inner in getattr(node, block, ())][::-1]


def _bound(node: Any) -> list[str]:
    match node:
        case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
            return [node.name]
        case ast.Import() | ast.ImportFrom():
            return [alias.asname or alias.name.partition(".")[0] for alias in node.names if alias.name != "*"]
        case ast.Assign(targets):
            return _stored(targets)
        case ast.AnnAssign(value=ast.expr()) | ast.For():
            return _stored([node.target])
        case ast.With(items):
            return _stored([item.optional_vars for item in items if item.optional_vars])
    return []


def _stored(targets: list[Any]) -> list[str]:
    names = (part for target in targets for part in ast.walk(target))
    return [part.id for part in names if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store)]


def is_stub(node: ast.stmt, around: Mapping[str, ast.stmt] = MappingProxyType({})) -> bool:
    """Whether a function's body says nothing, or a class has only methods that do.

    A class that derives from another one of ``around``, what the submission binds, may have everything from there.
    """
    match node:
        case ast.FunctionDef(body=body) | ast.AsyncFunctionDef(body=body):
            return all(map(_says_nothing, body))
        case ast.ClassDef(bases=bases, body=body):
            inherits = any(isinstance(around.get(b.id), ast.ClassDef) for b in bases if isinstance(b, ast.Name))
            return not inherits and all(_says_nothing(line) or _is_stub_method(line) for line in body)
    return False


def _is_stub_method(node: ast.stmt) -> bool:
    match node:
        case ast.FunctionDef(body=body) | ast.AsyncFunctionDef(body=body):
            return all(_says_nothing(line) or _calls_base_init(line) for line in body)
    return False


def _says_nothing(node: ast.stmt) -> bool:
    match node:
        case ast.Raise(ast.Name("NotImplementedError") | ast.Call(ast.Name("NotImplementedError"))):
            return True
        case ast.Pass():
            return True
        case ast.Expr(ast.Constant(value)):
            return value is ... or isinstance(value, str)
    return False


def _calls_base_init(node: ast.stmt) -> bool:
    match node:
        # super().__init__() or nn.Module.__init__(self); with more arguments it may be the whole class
        case ast.Expr(ast.Call(ast.Attribute(attr="__init__"), [] | [ast.Name("self")], [])):
            return True
    return False


def skeleton(statements: Iterable[ast.stmt]) -> Iterator[str]:
    """Yield, as text, what statements do: equal for code that differs in layout, comments and imports only.

    Like ast.dump without positions. Empty fields are left out, because versions of Python differ in them.
    """
    for statement in statements:
        if not isinstance(statement, ast.Import | ast.ImportFrom | ast.Pass) and not is_text(statement):
            yield from dumped(statement)


def is_text(node: ast.AST) -> bool:
    """Whether a statement is only a constant, such as a docstring."""
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


Fields = Callable[[ast.AST], Iterable[tuple[str, Any]]]


def dumped(node: ast.AST, fields: Fields = ast.iter_fields) -> Iterator[str]:
    """Yield a tree as text, with of each node the fields that ``fields`` gives, where they are not empty."""
    pending: list[tuple[str, Any]] = [("", node)]
    while pending:
        name, part = pending.pop()
        if isinstance(part, ast.AST):
            inner = [(field, value) for field, value in fields(part) if value not in (None, [])]
        elif isinstance(part, list):
            inner = [("", item) for item in part]
        else:  # hex, because Python refuses to write very long numbers in decimal
            yield f"{name}={hex(part) if type(part) is int else repr(part)};"
            continue
        yield f"{name}={type(part).__name__}:{len(inner)};"
        pending += reversed(inner)
