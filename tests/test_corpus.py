"""The corpus in submissions/, right in many styles or wrong with one mistake each, gets the right verdicts.

A file says in its first comment lines what is expected of the functions that it defines, and why:

    # expect: conv1d_backward=passed conv2d_backward=failed
    # mistake: dx is assigned where windows overlap

`# style:` stands for `# mistake:` in a right one, `a=failed|error` allows either status, and `# only: tie`
marks a submission that is right in all but which of several equal maxima takes the gradient. `# diagnosis: slug`
says what the mistake is called in the report, `slug|slug` that either will do. `# train: yes` asks for the brief
training of a network.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from grader import Report

CORPUS = Path(__file__).parent / "submissions"
Marked = Callable[[Path], Report]


@dataclass(frozen=True)
class Entry:
    """A submission of the corpus: ``expected`` maps each function that it defines to the statuses allowed."""

    path: Path
    expected: dict[str, frozenset[str]]
    about: str
    only: str | None
    diagnosis: frozenset[str] | None

    @property
    def exercise(self) -> str:
        """The stem of the exercise, such as "04_conv_backprop"."""
        return self.path.parent.parent.name

    @property
    def name(self) -> str:
        """What the test is called: exercise, right or wrong, file."""
        return "/".join(self.path.with_suffix("").parts[-3:])


def read(path: Path) -> Entry:
    """Return what the first comment lines of a file say."""
    said: dict[str, str] = {}
    for line in path.read_text("utf-8-sig").splitlines():
        if not line.startswith("#"):
            break
        key, _, value = line.removeprefix("#").strip().partition(": ")
        said.setdefault(key, value)
    pairs = (pair.split("=") for pair in said["expect"].split())
    expected = {task: frozenset(statuses.split("|")) for task, statuses in pairs}
    about = said["style"] if path.parent.name == "right" else said["mistake"]
    slugs = frozenset(said["diagnosis"].split("|")) if "diagnosis" in said else None
    return Entry(path, expected, about, said.get("only"), slugs)


ENTRIES = [read(path) for path in sorted(CORPUS.glob("*/*/*.py"))]
DIAGNOSED = [entry for entry in ENTRIES if entry.diagnosis is not None]
TIES = [entry for entry in ENTRIES if entry.only == "tie"]
named = pytest.mark.parametrize("entry", ENTRIES, ids=[entry.name for entry in ENTRIES])
named_diagnosed = pytest.mark.parametrize("entry", DIAGNOSED, ids=[entry.name for entry in DIAGNOSED])
named_ties = pytest.mark.parametrize("entry", TIES, ids=[entry.name for entry in TIES])


@named
def test_each_function_gets_the_verdict_it_deserves(entry: Entry, marked: Marked) -> None:
    """A right function passes in any style, a wrong one fails, and neither sways the other."""
    report = marked(entry.path)
    assert report.status in ("graded", "not_started"), report.message
    unimportable = (allowed for allowed in entry.expected.values() if "error" in allowed)
    missing = frozenset({"missing"}).union(*unimportable)
    for task in report.tasks:
        allowed = entry.expected.get(task.name, missing)
        assert task.status in allowed, f"{task.name} is {task.status}: {entry.about}"
        assert (task.score == task.max_score) == (task.status == "passed"), f"{task.name} got {task.score}"
        if task.status in ("not_started", "missing"):
            assert task.score == 0


@named_diagnosed
def test_the_mistake_is_named(entry: Entry, marked: Marked) -> None:
    """A wrong function is told what its mistake is."""
    diagnoses = [task.diagnosis for task in marked(entry.path).tasks if task.status == "failed"]
    slugs = [diagnosis.slug if diagnosis else "nothing" for diagnosis in diagnoses]
    assert slugs
    assert set(slugs) <= (entry.diagnosis or set()), f"{slugs}: {entry.about}"


@named_ties
def test_a_wrong_tie_policy_costs_one_case(entry: Entry, marked: Marked) -> None:
    """A submission that is right in all but its tie policy keeps all points but those of the tie case."""
    (task,) = (task for task in marked(entry.path).tasks if task.name in entry.expected)
    lost = [case for case in task.cases if case.score < case.max_score]
    assert len(lost) == 1, [case.name for case in lost]
    assert task.score == task.max_score - lost[0].max_score


def test_the_corpus_covers_every_function() -> None:
    """Each function and class of exercises 01 to 07 has eight right submissions or more, and ten wrong ones or more."""
    right, wrong = Counter[str](), Counter[str]()
    for entry in ENTRIES:
        for task, allowed in entry.expected.items():
            if allowed == {"passed"} and entry.path.parent.name == "right":
                right[task] += 1
            elif "failed" in allowed:
                wrong[task] += 1
    assert len(right) == len(wrong) == 16
    assert min(right.values()) >= 8
    assert min(wrong.values()) >= 10
