"""Names the mistake of a data set: a known one by which observations fail, and what is said about them."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Any

import numpy as np

from cnnexercises.exercise import DatasetMistake, DatasetTask, Tensor
from grader.answered import Answered
from grader.crashes import crash, pattern
from grader.dataset_values import changes
from grader.outcome import Raised, Returned, TorchTensor
from grader.report import Diagnosis
from grader.submission import Submission
from grader.verdict import where_to_look

Said = Mapping[str, str]
"""What is said about each failed observation, by the name of its case."""


_SEVERAL = {2: "Two", 3: "Three"}
_OF_ARRAYS = ("pair_as_number", "broadcast", "out_of_bounds", "unpack", "integer_accumulator")
"""Families of exceptions whose words are about windows and images."""


def diagnose(task: DatasetTask, answered: Sequence[Answered], submission: Submission) -> Diagnosis | None:
    """Name the mistake behind the failed observations, or return None. ``answered`` goes with ``task.cases``.

    Of what is known, the first mistake that explains every failure is named; else two or three that do so together,
    those that would let the fewest other observations fail; else the exception that all have in common; else the first
    mistake that explains the first failure.
    """
    pairs = [(case, one) for case, one in zip(task.cases, answered, strict=True) if case.points]
    failed = {case.name: one for case, one in pairs if not one.verdict.passed}
    said = {name: _said(one) for name, one in failed.items()}
    present = [mistake for mistake in task.mistakes if _seen(mistake, said)]
    for mistake in present:
        if _explained([mistake], said):
            return _not_imported(failed, submission) or _one(mistake, failed, submission)
    for size in _SEVERAL:
        explaining = [some for some in combinations(present, size) if _needed(some) and _explained(some, said)]
        if explaining:
            return _several(min(explaining, key=lambda some: len(_allowed(some) - set(said))))
    common = crash(list(failed.values()))
    if common is not None and common.slug not in _OF_ARRAYS:
        return common
    partial = [mistake for mistake in present if next(iter(failed)) in _allowed([mistake])]
    if not partial:
        return None
    partly = _one(partial[0], failed, submission)
    return partly.model_copy(update={"explanation": f"{partly.explanation} This does not explain every failed case."})


def _one(mistake: DatasetMistake, failed: Mapping[str, Answered], submission: Submission) -> Diagnosis:
    raised = (one.outcome for name, one in failed.items() if name in mistake.seen)
    places = (where_to_look(one.place, submission) for one in raised if isinstance(one, Raised))
    return pattern(mistake.slug, mistake.title, mistake.explanation, next(places, None) or mistake.look_at)


def _not_imported(failed: Mapping[str, Answered], submission: Submission) -> Diagnosis | None:
    """Tell a name that is not defined because its import failed."""
    nodes = [node for unit in submission.units if not unit.syntax_error for node in ast.walk(ast.parse(unit.source))]
    aliases = [alias for node in nodes if isinstance(node, (ast.Import, ast.ImportFrom)) for alias in node.names]
    imported = {alias.asname or alias.name.partition(".")[0] for alias in aliases}
    for raised in (one.outcome for one in failed.values() if isinstance(one.outcome, Raised)):
        found = re.fullmatch(r"name '(\w+)' is not defined", raised.text)
        if found and found[1] in imported:
            return pattern(
                "import_missing",
                f"{found[1]} could not be imported",
                "Only torch, NumPy and the standard library are there when the exercise is graded. It can be done with "
                "lists and torch alone.",
                where_to_look(raised.place, submission),
            )
    return None


def _seen(mistake: DatasetMistake, said: Said) -> bool:
    return all(name in said and re.search(text, said[name]) for name, text in mistake.seen.items())


def _explained(mistakes: Sequence[DatasetMistake], said: Said) -> bool:
    """Whether no other observations fail than these mistakes allow."""
    return any(mistake.beside is None for mistake in mistakes) or set(said) <= _allowed(mistakes)


def _allowed(mistakes: Sequence[DatasetMistake]) -> set[str]:
    return {name for mistake in mistakes for name in (*mistake.seen, *(mistake.beside or ()))}


def _needed(mistakes: Sequence[DatasetMistake]) -> bool:
    """Whether each shows in an observation that the others leave alone."""
    return all(
        set(mistake.seen) - _allowed([other for other in mistakes if other is not mistake]) for mistake in mistakes
    )


def _several(mistakes: Sequence[DatasetMistake]) -> Diagnosis:
    return pattern(
        "+".join(mistake.slug for mistake in mistakes),
        f"{_SEVERAL[len(mistakes)]} mistakes at once: {'; '.join(mistake.title for mistake in mistakes)}",
        " ".join(mistake.explanation for mistake in mistakes),
        " ".join(dict.fromkeys(mistake.look_at for mistake in mistakes)),
    )


# --- what is said --------------------------------------------------------------------------------------------


def _said(one: Answered) -> str:
    """Return the verdict's sentence, and in brackets which numbers, sizes and rows came back."""
    sentence = " ".join((one.verdict.message or "").split())
    if not isinstance(one.outcome, Returned):
        return sentence
    given, wanted = one.outcome.value, one.expected.value
    rows = f"{_rows(given, wanted)}{changes(given, wanted)}"
    return f"{sentence} {_numbers(given, wanted)}{_sizes(given)}{_shapes(given)}{rows}"


def _numbers(given: Any, wanted: Any) -> str:
    """Write whole numbers, alone or in a tuple, as "4 for 5" and "5, 5 for 0, 0, too many"."""
    lists = [value if isinstance(value, (list, tuple)) else [value] for value in (given, wanted)]
    numbers = [[value for value in values if isinstance(value, int)] for values in lists]
    texts = [", ".join(map(str, values)) for values in numbers]
    many = ", too many" if all(numbers) and numbers[0][0] > numbers[1][0] else ""
    return f"({texts[0]} for {texts[1]}{many})" if all(texts) else ""


def _sizes(given: Any) -> str:
    """Write how many numbers the parts of the first of several items have: "(sizes 3 1)"."""
    first = given[0] if isinstance(given, list) and given else None
    if not (isinstance(first, (list, tuple)) and all(isinstance(part, TorchTensor) for part in first)):
        return ""
    return f"(sizes {' '.join(str(part.array.size) for part in first)})"


def _shapes(given: Any) -> str:
    """Write shapes and dtypes of the parts of two items: "(shapes (3,) (1,); dtypes float32 float32)"."""
    pairs = given if isinstance(given, list) and len(given) == 2 else []
    parts = [part for pair in pairs if isinstance(pair, (list, tuple)) for part in pair]
    if not parts or not all(isinstance(part, TorchTensor) for part in parts):
        return ""
    dtypes = " ".join(str(part.array.dtype) for part in parts)
    return f"(shapes {' '.join(str(part.array.shape) for part in parts)}; dtypes {dtypes})"


def _rows(given: Any, wanted: Any) -> str:
    """Write which rows of x and of y came, when items were asked for one after the other: "x 4 0 1; y 4 0 1"."""
    if not (isinstance(given, list) and isinstance(wanted, list) and len(given) == len(wanted)):
        return ""
    items = [*given, *wanted]
    if not all(isinstance(item, (list, tuple)) and len(item) == 2 for item in items):
        return ""
    parts = [[_place(item[part], [row[part] for row in wanted]) for item in given] for part in (0, 1)]
    return f"(x {' '.join(parts[0])}; y {' '.join(parts[1])})"


def _place(part: Any, rows: Sequence[Any]) -> str:
    """Return the index of the row that a tensor holds, or "?"."""
    for index, row in enumerate(rows):
        if isinstance(part, TorchTensor) and isinstance(row, Tensor) and np.array_equal(part.array, row.array):
            return str(index)
    return "?"
