"""Names the mistake of a data set: a known one by which observations fail, and what is said about them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Any

import numpy as np

from cnnexercises.exercise import DatasetMistake, DatasetTask, Tensor
from grader.answered import Answered
from grader.crashes import crash, pattern
from grader.outcome import Raised, Returned, TorchTensor
from grader.report import Diagnosis
from grader.submission import Submission
from grader.verdict import where_to_look

Said = Mapping[str, str]
"""What is said about each failed observation, by the name of its case."""


def diagnose(task: DatasetTask, answered: Sequence[Answered], submission: Submission) -> Diagnosis | None:
    """Name the mistake behind the failed observations, or return None. ``answered`` goes with ``task.cases``.

    Of what is known, the first mistake that explains every failure is named; else two that do so together; else the
    exception that all have in common.
    """
    pairs = [(case, one) for case, one in zip(task.cases, answered, strict=True) if case.points]
    failed = {case.name: one for case, one in pairs if not one.verdict.passed}
    said = {name: _said(one) for name, one in failed.items()}
    present = [mistake for mistake in task.mistakes if _seen(mistake, said)]
    for mistake in present:
        if _explained([mistake], said):
            raised = (one.outcome for name, one in failed.items() if name in mistake.seen)
            places = (where_to_look(one.place, submission) for one in raised if isinstance(one, Raised))
            return pattern(mistake.slug, mistake.title, mistake.explanation, next(places, None) or mistake.look_at)
    for both in combinations(present, 2):
        if _explained(both, said):
            return _two(both)
    return crash(list(failed.values()))


def _seen(mistake: DatasetMistake, said: Said) -> bool:
    return all(name in said and re.search(text, said[name]) for name, text in mistake.seen.items())


def _explained(mistakes: Sequence[DatasetMistake], said: Said) -> bool:
    """Whether no other observations fail than these mistakes allow."""
    if any(mistake.beside is None for mistake in mistakes):
        return True
    return set(said) <= {name for mistake in mistakes for name in (*mistake.seen, *(mistake.beside or ()))}


def _two(mistakes: Sequence[DatasetMistake]) -> Diagnosis:
    return pattern(
        "+".join(mistake.slug for mistake in mistakes),
        f"Two mistakes at once: {'; '.join(mistake.title for mistake in mistakes)}",
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
    return f"{sentence} {_numbers(given, wanted)}{_sizes(given)}{_rows(given, wanted)}"


def _numbers(given: Any, wanted: Any) -> str:
    """Write whole numbers, alone or in a tuple, as "4 for 5" and "5, 5 for 0, 0"."""
    lists = [value if isinstance(value, (list, tuple)) else [value] for value in (given, wanted)]
    texts = [", ".join(str(value) for value in values if isinstance(value, int)) for values in lists]
    return f"({texts[0]} for {texts[1]})" if all(texts) else ""


def _sizes(given: Any) -> str:
    """Write how many numbers the parts of the first of several items have: "(sizes 3 1)"."""
    first = given[0] if isinstance(given, list) and given else None
    if not (isinstance(first, (list, tuple)) and all(isinstance(part, TorchTensor) for part in first)):
        return ""
    return f"(sizes {' '.join(str(part.array.size) for part in first)})"


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
