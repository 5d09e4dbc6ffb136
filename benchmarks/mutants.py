"""Mutate the references and the worked solutions, and see which mutants the cases of their exercise catch.

    python benchmarks/mutants.py [TASK ...] [--reasons FILE]

A mutant is a program with one thing changed. "operators" are the mutation operators of cosmic-ray: another
operator, number, condition, or no iteration. "exchanges" put another variable of the function in the place of
one, or = in that of +=, as students do. A mutant runs as a submission does, and is caught when it loses
points with each of the seeds.

What survives needs a reason in mutants_survivors.toml, by its line as mutated. Ends with 1 when a survivor
has no reason, when a reason has no survivor, or when less than 95 % of the mutants of a task are caught.
"""

from __future__ import annotations

import argparse
import ast
import inspect
import sys
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from importlib import import_module
from itertools import count
from pathlib import Path

import toml  # comes with cosmic-ray
from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator, operator_names

from cnnexercises import catalog
from cnnexercises.exercise import Exercise, FunctionTask
from grader.authoring import VERIFIED_SEEDS
from grader.grading import questions
from grader.sandbox.runner import Limits, Program, Runner, SandboxRunner
from grader.sandbox.worker import launcher
from grader.submission import Submission, Unit
from grader.verdict import judge

ENOUGH = 0.95
WORKERS = 2
REASONS = Path(__file__).with_name("mutants_survivors.toml")
KINDS = ("reference", "solution")
PACKAGE = "cnnexercises"


# --- programs ---


@dataclass(frozen=True)
class Source:
    """A program that defines the tasks of an exercise, and its functions that can be mutated, by name."""

    text: str
    functions: Mapping[str, str]


def source(exercise: Exercise, kind: str) -> Source:
    """Return the worked solution of an exercise, or its references as a program of their own."""
    if kind == "reference":
        return _references(exercise)
    text = (catalog.folder("solutions") / f"{exercise.name}.py").read_text(encoding="utf-8")
    return Source(text, _functions(text))


def _references(exercise: Exercise) -> Source:
    """Put the references together with all that they use, from whatever module of this package."""
    pending = [(task.reference.__module__, task.name) for task in _tasks(exercise)]
    own = {name: text for module, _ in pending for name, text in _functions(_text(module)).items()}
    found: set[str] = set()
    while pending:
        module, name = pending.pop()
        node = _definitions(module).get(name)
        if isinstance(node, ast.ImportFrom) and f"{node.module}".startswith(PACKAGE):
            pending.append((f"{node.module}", name))
        elif node is not None and (text := ast.get_source_segment(_text(module), node) or "") not in found:
            found.add(text)
            pending += [(module, used) for used in _names(node)]
    parts = sorted(found, key=lambda text: (text.startswith("def"), text))  # imports first
    text = "\n\n".join(["from __future__ import annotations", *parts])
    return Source(text, {name: segment for name, segment in own.items() if segment in found})


def _tasks(exercise: Exercise) -> list[FunctionTask]:
    return [task for task in exercise.tasks if isinstance(task, FunctionTask)]


def _all_tasks() -> list[tuple[Exercise, FunctionTask]]:
    return [(exercise, task) for exercise in catalog.exercises() for task in _tasks(exercise)]


def _text(module: str) -> str:
    return inspect.getsource(import_module(module))


def _functions(text: str) -> dict[str, str]:
    nodes = [node for node in ast.parse(text).body if isinstance(node, ast.FunctionDef)]
    return {node.name: ast.get_source_segment(text, node) or "" for node in nodes}


def _definitions(module: str) -> dict[str, ast.stmt]:
    """Return which statement of a module defines a function or imports a name."""
    defined: dict[str, ast.stmt] = {}
    for node in ast.parse(_text(module)).body:
        if isinstance(node, ast.FunctionDef):
            defined[node.name] = node
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            defined |= {alias.asname or alias.name: node for alias in node.names}
    return defined


def _names(node: ast.AST) -> list[str]:
    """Return the names in code that runs."""
    return [inner.id for inner in ast.walk(_bare(ast.unparse(node))) if isinstance(inner, ast.Name)]


def _bare(text: str) -> ast.AST:
    """Return the tree of code without what decides nothing: annotations, docstrings, f-strings."""
    tree: ast.AST = _Bare().visit(ast.parse(text))
    return tree


class _Bare(ast.NodeTransformer):
    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.FunctionDef:
        node.returns = None
        if ast.get_docstring(node) is not None:
            del node.body[0]
        self.generic_visit(node)
        return node

    def visit_arg(self, node: ast.arg) -> ast.arg:
        node.annotation = None
        return node

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.stmt:
        return ast.Assign([node.target], node.value) if node.value is not None else ast.Pass()

    def visit_JoinedStr(self, _node: ast.JoinedStr) -> ast.Constant:
        return ast.Constant("")


# --- mutants ---

_OPERATORS = [get_operator(name) for name in operator_names()]


def operators(function: str) -> Iterator[str]:
    """Yield what the operators of cosmic-ray make of a function's text.

    Left out are the two that need arguments: they put in random numbers, and other variables.
    """
    for operator in _OPERATORS:
        if not operator.arguments():
            for number in count():
                mutant = mutate_code(function, operator(), number)
                if mutant is None:
                    break
                yield mutant


def exchanges(function: str) -> Iterator[str]:
    """Yield a function's text with each use of a variable exchanged for each other one, and each += for =."""
    lines = function.splitlines()
    kinds = (ast.arg, ast.Name, ast.AugAssign)
    nodes = [node for node in ast.walk(_bare(function)) if isinstance(node, kinds)]
    local = {_bound(node) for node in nodes} - {""}
    for node in nodes:
        row, start = node.lineno - 1, node.col_offset
        if isinstance(node, ast.Name) and node.id in local and isinstance(node.ctx, ast.Load):
            head, tail = lines[row][:start], lines[row][start + len(node.id) :]
            made = [f"{head}{other}{tail}" for other in sorted(local - {node.id})]
        elif isinstance(node, ast.AugAssign):
            made = [lines[row].replace("+=", "=")]
        else:
            continue
        yield from ("\n".join([*lines[:row], line, *lines[row + 1 :]]) for line in made)


def _bound(node: ast.AST) -> str:
    if isinstance(node, ast.arg):
        return node.arg
    return node.id if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store) else ""


WAYS = {"operators": operators, "exchanges": exchanges}


def mutants(function: str, way: str) -> Iterator[str]:
    """Yield the mutants of a function's text: each once, and only what is Python and runs otherwise."""
    seen = {_meaning(function), None}
    for text in WAYS[way](function):
        if (meaning := _meaning(text)) not in seen:
            seen.add(meaning)
            yield text


def _meaning(text: str) -> str | None:
    try:
        return ast.dump(_bare(text))
    except SyntaxError:
        return None


def mutated_functions(program: Source, task: FunctionTask, exercise: Exercise) -> list[str]:
    """Return the names of a task's function and of those that it uses and that are no tasks themselves."""
    others = {other.name for other in exercise.tasks} - {task.name}
    found: list[str] = []
    pending = [task.name]
    while pending:
        name = pending.pop()
        if name in program.functions and name not in found and name not in others:
            found.append(name)
            pending += _names(ast.parse(program.functions[name]))
    return found


# --- what becomes of them ---


@dataclass(frozen=True)
class Survivor:
    """A mutant that keeps all points with one of the seeds: its function, and the line before and after."""

    way: str
    function: str
    before: str
    after: str


@dataclass(frozen=True)
class Tally:
    """What became of the mutants of a reference or solution: how many each way made, and what survived."""

    task: str
    kind: str
    made: Mapping[str, int]
    survivors: tuple[Survivor, ...]

    def rate(self, way: str) -> float:
        """Return the share of the mutants that were caught."""
        return 1 - sum(survivor.way == way for survivor in self.survivors) / self.made[way]


def losses(task: FunctionTask, text: str, runner: Runner) -> Iterator[bool]:
    """Yield for each of the seeds whether a program loses points."""
    submission = Submission(Path("mutant.py"), "", (Unit("mutant.py", text),))
    session = runner.open(Program((("mutant.py", text),), (task.name,)), Limits())
    try:
        for seed in VERIFIED_SEEDS:
            pointed = [question for question in questions(task, seed) if question.case.points]
            outcomes = ((q, session.call(task.name, q.call.args, q.call.kwargs)) for q in pointed)
            yield any(not judge(q.expected, outcome, submission, task).passed for q, outcome in outcomes)
    finally:
        session.close()


def examine(task_name: str, kind: str) -> Tally:
    """Try all mutants of a task's reference or solution, in a sandbox of its own."""
    exercise, task = next(pair for pair in _all_tasks() if pair[1].name == task_name)
    program = source(exercise, kind)
    runner = SandboxRunner(launcher(exercise.profile, "auto"))
    made, survivors = dict.fromkeys(WAYS, 0), []
    try:
        if any(losses(task, program.text, runner)):
            raise RuntimeError(f"{task.name}: the {kind} itself loses points.")
        for way, name in ((way, name) for way in WAYS for name in mutated_functions(program, task, exercise)):
            text = program.functions[name]
            for mutant in mutants(text, way):
                made[way] += 1
                if not all(losses(task, program.text.replace(text, mutant, 1), runner)):
                    survivors.append(Survivor(way, name, *_changed(text, mutant)))
    finally:
        runner.close()
    return Tally(task.name, kind, made, tuple(survivors))


def _changed(before: str, after: str) -> tuple[str, str]:
    lines = zip(before.splitlines(), after.splitlines(), strict=False)
    old, new = next(pair for pair in lines if pair[0] != pair[1])
    return old.strip(), new.strip()


# --- the report ---


def row(tally: Tally) -> str:
    """Return a line of the table."""
    counts = "".join(f"{tally.made[way]:10} {tally.rate(way):7.1%}" for way in WAYS)
    return f"{tally.task:20} {tally.kind:10}{counts}"


def told(tally: Tally, reasons: Mapping[str, str]) -> Iterator[str]:
    """Yield each survivor, with its reason."""
    for one in tally.survivors:
        yield f"{tally.task}, {tally.kind}, in {one.function}: {reasons.get(one.after, 'NO REASON')}"
        yield f"  - {one.before}\n  + {one.after}\n"


def problems(tally: Tally, reasons: Mapping[str, str]) -> Iterator[str]:
    """Yield a sentence for each thing that is not as it should be."""
    found, where = {survivor.after for survivor in tally.survivors}, f"{tally.task}, {tally.kind}"
    for way in WAYS:
        if tally.rate(way) < ENOUGH:
            yield f"{where}: {tally.rate(way):.1%} of the {way} are caught, and {ENOUGH:.0%} are asked for."
    yield from (f"{where}: why does this survive? {line}" for line in sorted(found - {*reasons}))
    yield from (f"{where}: this has a reason, and is caught: {line}" for line in sorted({*reasons} - found))


def main() -> None:
    """Examine the tasks that are named, or all of them."""
    names = [task.name for _, task in _all_tasks()]
    parser = argparse.ArgumentParser(description="Count which mutants lose points.")
    parser.add_argument("tasks", nargs="*", metavar="TASK", help=f"or all: {', '.join(names)}")
    parser.add_argument("--reasons", type=Path, default=REASONS, help="why survivors survive, a TOML file")
    arguments = parser.parse_args()
    if unknown := set(arguments.tasks) - set(names):
        parser.error(f"there is no task {', '.join(sorted(unknown))}.")
    known = toml.load(arguments.reasons)
    chosen = [(name, kind) for name in arguments.tasks or names for kind in KINDS]
    print(f"{'task':20} {'of':10}" + "".join(f"{way:>10}  caught" for way in WAYS))
    lines: list[str] = []
    wrong: list[str] = []
    with ProcessPoolExecutor(WORKERS) as pool:
        for tally in pool.map(examine, *zip(*chosen, strict=True)):
            print(row(tally), flush=True)
            reasons = known.get(tally.kind, {}).get(tally.task, {})
            lines += told(tally, reasons)
            wrong += problems(tally, reasons)
    print("", *lines, *wrong, sep="\n")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
