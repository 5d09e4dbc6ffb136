"""The process that holds one submission: loads its source after the lock-down, and answers calls until it is killed.

It is in the student's hands from the first statement on: the grader believes nothing it says but numbers.
"""

from __future__ import annotations
import __future__

import ast
import importlib
import importlib.abc
import importlib.util
import linecache
import os
import random
import sys
import types
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from importlib.machinery import ModuleSpec
from typing import Any, NoReturn

import numpy as np

from grader.sandbox import wire

MODULE = "submission"
PROBE = "probe"
_FUTURES = sum(getattr(__future__, name).compiler_flag for name in __future__.all_feature_names)
_QUIET = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Import, ast.ImportFrom)
_MAX_TEXT = 2000
_MAX_ERRORS = 20


def silence() -> None:
    """Send what anybody prints, and what anybody reads, to the null device."""
    null = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(null, descriptor)
    os.close(null)


def import_libraries(names: Sequence[str], packages: Sequence[str], search_path: Sequence[str]) -> None:
    """Import what the profile has. Afterwards its packages can be imported, and others beside them do not exist.

    Raises ImportError.
    """
    for name in names:
        importlib.import_module(name)
    sys.path[:] = [entry for entry in sys.path if entry not in search_path]
    chosen = (path for path in packages if os.path.dirname(path) in search_path)
    sys.meta_path.append(_Packages({os.path.basename(path).removesuffix(".py"): path for path in chosen}))


@dataclass
class _Packages(importlib.abc.MetaPathFinder):
    """Finds chosen packages by their places: a folder in sys.path would show all that are installed there."""

    places: dict[str, str]

    def find_spec(self, fullname: str, _path: Any = None, _target: Any = None) -> ModuleSpec | None:
        place = self.places.get(fullname)
        if place is None:
            return None
        if not os.path.isdir(place):
            return importlib.util.spec_from_file_location(fullname, place)
        start = os.path.join(place, "__init__.py")
        if os.path.exists(start):
            return importlib.util.spec_from_file_location(fullname, start, submodule_search_locations=[place])
        spec = ModuleSpec(fullname, None, is_package=True)
        spec.submodule_search_locations = [place]
        return spec


def run(read_from: int, write_to: int, lock_down: Callable[[], None]) -> NoReturn:
    """Lock the process down, say so, and serve the grader. Does not return."""
    link = Link(read_from, write_to)
    try:
        lock_down()
    except BaseException as error:
        link.send({"kind": "fault", "text": f"{type(error).__name__}: {error}"})
        os._exit(1)
    link.send({"kind": "ready"})
    try:
        _serve(link)
    finally:
        os._exit(0)


@dataclass(frozen=True)
class Link:
    """The two ends of the job's connection, as descriptors: read and write need no system call beyond those."""

    read_from: int
    write_to: int

    def send(self, message: Any) -> None:
        data = memoryview(wire.frame(message))
        while data:
            data = data[os.write(self.write_to, data) :]

    def receive(self) -> Any:
        return wire.read_frame(self._exactly, limit=1 << 31)

    def _exactly(self, count: int) -> bytes:
        parts = []
        while count:
            part = os.read(self.read_from, min(count, 1 << 20))
            if not part:
                os._exit(0)  # the grader is done
            parts.append(part)
            count -= len(part)
        return b"".join(parts)


@dataclass
class _Program:
    """A submission in its module, and the probe module beside it."""

    labels: list[str] = field(default_factory=list)
    namespace: dict[str, Any] = field(default_factory=dict)
    probes: dict[str, Any] = field(default_factory=dict)
    seed: int = 0


def _serve(link: Link) -> None:
    program = _Program()
    home = os.getpid()
    while True:
        request = link.receive()
        try:
            answer = _load(program, request, link) if request["kind"] == "load" else _call(program, request)
            if os.getpid() != home:
                os._exit(0)  # a copy that the submission forked, where nothing forbids it
            link.send(answer)
        except MemoryError:
            link.send({"kind": "raised", "bases": ["MemoryError"], "text": "", "place": None, "waits_for": None})


def _load(program: _Program, request: dict[str, Any], link: Link) -> dict[str, Any]:
    module = types.ModuleType(MODULE)
    sys.modules[MODULE] = module
    program.namespace = module.__dict__
    program.labels = [label for label, _ in request["units"]]
    program.seed = request["seed"]
    module.__file__ = program.labels[0] if program.labels else None
    skip = {(unit, line) for unit, line in request["skip"]}
    _seed(program.seed)
    errors = []
    for unit, line, run_it in _statements(request["units"], program.namespace):
        if (unit, line) in skip:
            continue
        if run_it.announced:
            link.send({"kind": "at", "unit": unit, "line": line})
        try:
            run_it()
        except BaseException as error:
            errors.append(_raised(program, error, None) | {"at": [unit, line]})
    if request["probe"] is not None:
        program.probes = _load_probe(request["probe"], link)
    defined = [name for name in request["wanted"] if name in program.namespace]
    return {"kind": "loaded", "defined": defined, "errors": errors[:_MAX_ERRORS]}


@dataclass
class _Statement:
    """One statement outside functions, to be compiled and run. Future imports hold for those that follow."""

    node: ast.stmt
    label: str
    namespace: dict[str, Any]
    futures: list[int]

    @property
    def announced(self) -> bool:
        """Whether it can run for long: its line is sent first, so that an endless loop has a place."""
        return not isinstance(self.node, _QUIET)

    def __call__(self) -> None:
        module = ast.Module([self.node], [])
        code = compile(module, self.label, "exec", flags=self.futures[0], dont_inherit=True)
        self.futures[0] |= code.co_flags & _FUTURES
        exec(code, self.namespace)


def _statements(units: list[Any], namespace: dict[str, Any]) -> Iterator[tuple[int, int, _Statement]]:
    futures = [0]
    for unit, (label, source) in enumerate(units):
        linecache.cache[label] = (len(source), None, [f"{line}\n" for line in source.split("\n")], label)
        tree = ast.parse(source, label)
        for node in tree.body:
            yield unit, node.lineno, _Statement(node, label, namespace, futures)


def _load_probe(source: str, link: Link) -> dict[str, Any]:
    module = types.ModuleType(PROBE)
    sys.modules[PROBE] = module
    module.__dict__["report_progress"] = lambda value: link.send({"kind": "progress", "value": wire.encode(value)})
    exec(compile(source, PROBE, "exec", dont_inherit=True), module.__dict__)
    return module.__dict__


def _seed(seed: int) -> None:
    random.seed(seed)
    np.random.seed(seed % 2**32)
    if "torch" in sys.modules:
        sys.modules["torch"].manual_seed(seed)


def _plain(message: Any) -> Any:
    return wire.decode(message, tensor=lambda array: array, opaque=lambda *_: None)


def _call(program: _Program, request: dict[str, Any]) -> dict[str, Any]:
    entry: Any = program.namespace.get(request["entry"])
    if request["entry"] not in program.namespace:
        return {"kind": "missing"}
    arguments = [_plain(item) for item in request["args"]]
    keywords = {name: _plain(item) for name, item in request["kwargs"].items()}
    _seed(program.seed)
    try:
        if request["probe"] is None:
            value = entry(*arguments, **keywords)
        else:
            value = program.probes[request["probe"]](entry, *arguments, **keywords)
        answer = wire.encode(value)
    except MemoryError:
        raise
    except BaseException as error:
        return _raised(program, error, entry)
    given = [*enumerate(arguments), *keywords.items()]
    sent = [*enumerate(request["args"]), *request["kwargs"].items()]
    changed = [key for (key, now), (_, then) in zip(given, sent, strict=True) if _differs(now, _plain(then))]
    shares = any(_shares(value, argument) for _, argument in given)
    return {"kind": "returned", "value": answer, "changed": changed, "shares": shares}


def _differs(now: Any, then: Any) -> bool:
    if isinstance(then, np.ndarray):
        same = now.shape == then.shape and now.dtype == then.dtype and now.tobytes() == then.tobytes()
        return not same
    if isinstance(then, (list, tuple, dict)):
        return bool(wire.encode(now) != wire.encode(then))
    return False


def _shares(value: Any, argument: Any) -> bool:
    if isinstance(value, (tuple, list)):
        return any(_shares(item, argument) for item in value)
    if isinstance(argument, (tuple, list)):
        return any(_shares(value, item) for item in argument)
    arrays = isinstance(value, np.ndarray) and isinstance(argument, np.ndarray)
    return arrays and np.may_share_memory(value, argument)


def _raised(program: _Program, error: BaseException, entry: Any) -> dict[str, Any]:
    frames = list(_frames(error))
    own = [(code, line) for code, line in frames if code.co_filename in program.labels]
    place = None
    if own:
        code, line = own[-1]
        place = [program.labels.index(code.co_filename), line, code.co_name]
    waits_for = None
    if isinstance(error, NotImplementedError) and own and own[-1] == frames[-1]:
        waits_for = _stub(own[-1][0], entry)
    return {
        "kind": "raised",
        "bases": [base.__name__ for base in type(error).__mro__],
        "text": _text(error),
        "place": place,
        "waits_for": waits_for,
    }


def _frames(error: BaseException) -> Iterator[tuple[types.CodeType, int]]:
    traceback = error.__traceback__
    while traceback is not None:
        yield traceback.tb_frame.f_code, traceback.tb_lineno
        traceback = traceback.tb_next


def _stub(code: types.CodeType, entry: Any) -> str:
    """Return the name of the function that raised NotImplementedError; of an entry's own methods, the entry's."""
    if isinstance(entry, type) and code in [getattr(f, "__code__", None) for f in vars(entry).values()]:
        return entry.__name__
    return code.co_name


def _text(error: BaseException) -> str:
    try:
        text = str(error)
    except BaseException:
        text = ""
    return text[:_MAX_TEXT].encode("utf-8", "backslashreplace").decode("utf-8")
