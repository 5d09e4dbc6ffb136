"""For authors: stubs made from worked solutions, and the checks that an exercise must pass."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from cnnexercises import catalog
from cnnexercises.exercise import Case, DatasetTask, Exercise, FunctionTask
from grader.api import Grader
from grader.counterexample import telling_rung
from grader.diagnosis import Mistaken, agrees, mistaken_answer, raises_alike, rightly
from grader.grading import Question, questions
from grader.network_authoring import Spread, spreads
from grader.verdict import Expected

_REGION = re.compile(r"^([ \t]*)# BEGIN SOLUTION\n.*?^[ \t]*# END SOLUTION\n", re.MULTILINE | re.DOTALL)
VERIFIED_SEEDS = (0, 1, 2)
"""What holds of misconceptions must hold for whatever inputs are drawn; these seeds stand for them."""


# --- stubs and solutions -------------------------------------------------------------------------------------


def stub_of(solution: str) -> str:
    """Return the stub of a worked solution: each region between its marks becomes ``raise NotImplementedError``."""
    return _REGION.sub(r"\1raise NotImplementedError\n", solution)


def write_stubs() -> list[Path]:
    """Write the stubs that differ from what the solutions give, and return them. For a checkout."""
    written = []
    for solution, stub in _pairs():
        text = stub_of(solution.read_text(encoding="utf-8"))
        if not stub.exists() or stub.read_text(encoding="utf-8") != text:
            stub.write_text(text, encoding="utf-8")
            written.append(stub)
    return written


def _pairs() -> Iterator[tuple[Path, Path]]:
    for entry in catalog.ENTRIES:
        name = f"{entry.name}.py"
        yield catalog.folder("solutions") / name, catalog.folder("exercises") / name


def problems() -> Iterator[str]:
    """Yield a sentence for each stub that is not what its solution gives, and each solution without full marks."""
    with Grader() as grader:
        for solution, stub in _pairs():
            if not solution.exists():
                yield f"there is no {solution.name} in {solution.parent}."
                continue
            if not stub.exists() or stub.read_text(encoding="utf-8") != stub_of(solution.read_text(encoding="utf-8")):
                yield f"{stub.name} is not what its solution gives: run `cnnex verify --write-stubs`."
            report = grader.grade_file(solution)
            if not report.full_marks:
                yield f"the solution of {report.exercise} gets {report.score:g} of {report.max_score:g} points."


# --- misconceptions ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Matrix:
    """What each misconception of a task answers to each case: whether it fails there, and which answers are alike.

    ``fails[m][c]`` says that misconception m fails case c. ``alike`` are the pairs that no case with points tells
    apart. ``idle`` are the cases with points without which nothing would be lost: every misconception would still
    fail, and every pair that is told apart would still be.
    """

    task: FunctionTask
    fails: tuple[tuple[bool, ...], ...]
    alike: tuple[tuple[str, str], ...]
    idle: tuple[str, ...]

    def lines(self) -> Iterator[str]:
        """Yield the matrix: a row a misconception, a column a case, ``x`` where it fails. Then why idle cases stay."""
        yield f"{self.task.name}: {len(self.fails)} misconceptions, {len(self.task.cases)} cases"
        for misconception, row in zip(self.task.misconceptions, self.fails, strict=True):
            yield f"  {''.join('x' if failed else '.' for failed in row)}  {misconception.slug}"
        yield from _reasons(self.task.cases, self.idle)

    def problems(self) -> Iterator[str]:
        """Yield a sentence for each misconception that loses no points or has no small example, and each pair alike;
        and for each case with points that is idle without a reason."""
        for misconception, row in zip(self.task.misconceptions, self.fails, strict=True):
            lost = sum(case.points for case, failed in zip(self.task.cases, row, strict=True) if failed)
            if not lost:
                yield f"{self.task.name}: {misconception.slug} loses no points."
            if telling_rung(self.task, misconception) is None:
                yield f"{self.task.name}: no rung of the ladder shows {misconception.slug}."
        for first, second in self.alike:
            yield f"{self.task.name}: no case tells {first} from {second}."
        yield from _unreasoned(self.task, self.idle)


@dataclass(frozen=True)
class Recognised:
    """Which cases of a data set its mistakes are recognised by; ``idle`` are those with points that none is."""

    task: DatasetTask

    @property
    def idle(self) -> tuple[str, ...]:
        """The names of the cases with points that no mistake is recognised by."""
        seen = {name for mistake in self.task.mistakes for name in mistake.seen}
        return tuple(case.name for case in self.task.cases if case.points and case.name not in seen)

    def lines(self) -> Iterator[str]:
        """Yield a line for each case: how many mistakes are recognised by it. Then why cases stay."""
        yield f"{self.task.name}: {len(self.task.mistakes)} mistakes, {len(self.task.cases)} cases"
        for case in self.task.cases:
            yield f"  {sum(case.name in mistake.seen for mistake in self.task.mistakes):3}  {case.name}"
        yield from _reasons(self.task.cases, self.idle)

    def problems(self) -> Iterator[str]:
        """Yield a sentence for each case with points that is idle without a reason."""
        yield from _unreasoned(self.task, self.idle)


def _reasons(cases: Sequence[Case], idle: Sequence[str]) -> Iterator[str]:
    """Yield why idle cases stay, and which have a reason and are needed: no problem, as seeds may differ in that."""
    for case in cases:
        if case.name in idle:
            yield f"  idle: {case.name}. {case.stays or 'Nothing says why it stays.'}"
        elif case.stays:
            yield f"  needed with these inputs: {case.name}. Otherwise: {case.stays}"


def _unreasoned(task: FunctionTask | DatasetTask, idle: Sequence[str]) -> Iterator[str]:
    for case in task.cases:
        if case.name in idle and not case.stays:
            yield f"{task.name}: no mistake needs the case {case.name!r}, and nothing says why it stays."


def checks(exercise: Exercise, seed: int) -> Iterator[Matrix | Recognised | Spread]:
    """Yield what shows that the mistakes of an exercise fail, and are told apart; and that its cases are needed."""
    yield from matrices(exercise, seed)
    yield from (Recognised(task) for task in exercise.tasks if isinstance(task, DatasetTask))
    yield from spreads(exercise, seed)


def matrices(exercise: Exercise, seed: int) -> Iterator[Matrix]:
    """Yield the matrix of each function of an exercise that has misconceptions."""
    for task in exercise.tasks:
        if isinstance(task, FunctionTask) and task.misconceptions:
            yield _matrix(task, questions(task, seed))


def _matrix(task: FunctionTask, asked: Sequence[Question]) -> Matrix:
    known = task.misconceptions
    answers = [[mistaken_answer(m.wrong, question.call) for question in asked] for m in known]
    fails = tuple(tuple(not rightly(q.expected, a) for q, a in zip(asked, row, strict=True)) for row in answers)
    pointed = [index for index, question in enumerate(asked) if question.case.points]
    apart = {  # the first two cases that tell, as one that tells alone is needed
        (i, j): list(islice((c for c in pointed if not _same(answers[i][c], answers[j][c], asked[c].expected)), 2))
        for i in range(len(known))
        for j in range(i + 1, len(known))
    }
    alike = [(known[i].slug, known[j].slug) for (i, j), told in apart.items() if not told]
    needed = {told[0] for told in apart.values() if len(told) == 1}
    killers = ([c for c in pointed if row[c]] for row in fails)
    needed |= {killing[0] for killing in killers if len(killing) == 1}
    idle = tuple(asked[c].case.name for c in pointed if c not in needed)
    return Matrix(task, fails, tuple(alike), idle)


def _same(one: Mistaken, other: Mistaken, expected: Expected) -> bool:
    if one.raised or other.raised:
        return raises_alike(one.raised, other.raised, "AssertionError" in other.raised, expected.error)
    return agrees(one.value, other.value)
