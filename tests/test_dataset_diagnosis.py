"""What is said of a wrong data set: which known mistake its failed observations are those of."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from textwrap import indent

import dataset_variants
import pytest
from dataset_variants import RIGHT, WRONG
from test_corpus import CORPUS, read

from cnnexercises.custom_dataset import EXERCISE
from cnnexercises.exercise import DatasetTask
from grader.api import Grader
from grader.report import TaskResult
from grader.submission import Submission, Unit

VARIANTS = Path(str(dataset_variants.__file__)).read_text("utf-8")

TOLD = """
Float64 float64, WithoutDtype dtype_kept, IntegerTable table_of_integers, LongY y_integer,
FloatOnlyForLists dtype_of_arrays, HalfPrecision float16, Scalars y_scalar, RowsOfRows other_shapes,
WithoutLength len_missing, LengthFive len_fixed, LengthOfARow len_of_a_row, LengthOneLess len_off_by_one,
LengthOfBoth len_of_both, IgnoresTheData data_ignored, IgnoresY y_ignored, NoTable no_table,
LiteralDefaults none_not_a_default, IfNot truth_of_array_or_empty, EqualsNone equals_none, EmptyIsNone empty_is_none,
ArraysOnly not_for_lists, ListsOnly not_for_arrays, WholeNumbers decimals_lost, OffByOne off_by_one,
OffByOneInY y_off_by_one, AlwaysTheFirst index_ignored, Swapped swapped, OnlyX x_only, Dictionary dictionary,
OneTensor one_tensor, PlainRows no_tensors, NumPyRows no_tensors, PrintsTheItem nothing_returned,
Normalised values_scaled, ClassAttribute shared_data, SharedList shared_rows, SharedDefault data_ignored,
TableIsReplaced shared_table, NoNegative negative_refused, NegativeFromOne negative_off_by_one,
AddsTheLength negative_wraps, Modulo wraps, Clamped no_end, NoneAfterTheEnd none_at_the_end, AnotherError other_error,
StopsTheLoop stop_iteration, LastIsLost last_lost, LoopsOverX own_iter, UsesUp used_up,
ChangesTheData array_values_changed
"""
"""What each wrong data set of the variants is told."""

NAMED = dict(pair.split() for pair in TOLD.replace("\n", " ").split(", "))

ITEMS = {
    "return torch.tensor(x[idx]).float(), torch.tensor(y[idx]).float(), idx": "other_parts",
    "return torch.tensor(x[idx][:2]).float(), torch.tensor(y[idx]).float()": "x_size",
    "return torch.tensor(x[idx]).float(), torch.FloatTensor(int(y[idx][0]))": "y_size",
    "yield torch.tensor(x[idx]).float()": "no_pair",
    "return torch.tensor([x[idx], y[idx]])": "one_tensor",
    "return torch.tensor(x[idx:idx + 1]).float(), torch.tensor(y[idx:idx + 1]).float()": "slice_for_row",
    "return torch.tensor(x[idx]).int(), torch.tensor(y[idx]).int()": "integers",
    "return torch.tensor(x[idx]).bfloat16().to(torch.complex64), torch.tensor(y[idx]).float()": "other_dtype",
    "return torch.tensor(x[idx + 1]).float(), torch.tensor(y[idx + 1]).float()": "other_rows",
    "return torch.tensor(x[idx - 1]).float(), torch.tensor(y[idx]).float()": "x_off_by_one",
    "return torch.tensor(data[idx]).float(), torch.tensor(y[idx]).float()": "unknown_name",
    "return torch.tensor(x[idx]).float().cuda(), torch.tensor(y[idx]).float()": "cuda_written_in",
    "if idx > 4:\n    raise IndexError\nreturn torch.FloatTensor(x[idx]), torch.FloatTensor(y[idx])": "five_rows_only",
    "make = torch.FloatTensor if isinstance(x[idx], list) else (lambda row: row)\nreturn make(x[idx]), make(y[idx])": (
        "arrays_unconverted"
    ),
    "raise NotImplementedError": "getitem_not_written",
}
"""Bodies of __getitem__, with what is told of them."""

LENGTHS = {
    "raise NotImplementedError": "len_not_written",
    "return len(self.x_data) + 7": "len_wrong",
    "return len(self.x_data) / 1": "len_not_int",
}
"""Bodies of __len__, with what is told of them."""

TABLES = {
    "self.x_data, self.y_data = (table[:len(table) * 4 // 5] for table in (x, y))": "rows_missing",
    "self.x_data = [*zip(*x)]": "rows_and_columns",
    "return self.x_data": "init_returns",
    "self.x_data = X + list(x_data or [])": "truth_of_array",
    "self.x_data, self.y_data = (x, y) if x is not X else (x[:4], y[:4])": "table_miscopied",
    "self.x_data, self.y_data = (x, y) if x is not X else ([], [])": "no_table",
}
"""What __init__ does with the data, with what is told of it."""


def the_task() -> DatasetTask:
    """Return the task of exercise 07."""
    (task,) = EXERCISE.tasks
    assert isinstance(task, DatasetTask)
    return task


def graded(grader: Grader, addition: str) -> TaskResult:
    """Grade a class CustomDataset that is added to the variants."""
    source = f"{VARIANTS}\n\n{addition}\n"
    submission = Submission(Path("07_custom_dataset.py"), "", (Unit("07_custom_dataset.py", source),))
    return grader.grade(submission, EXERCISE).tasks[0]


def with_method(head: str, body: str) -> str:
    """Return a class that has the lecture's methods, but for one."""
    lines = f"x, y = self.x_data, self.y_data\n{body}"
    return f"class CustomDataset(Lecture):\n    def {head}:\n{indent(lines, ' ' * 8)}"


def slug_of(result: TaskResult) -> str | None:
    """Return what the mistake is called."""
    return result.diagnosis.slug if result.diagnosis else None


@pytest.mark.parametrize("name", [entry.__name__ for entry in WRONG])
def test_a_wrong_data_set_is_told_its_mistake(patient: Grader, name: str) -> None:
    """Each of the fifty wrong data sets is told what is wrong with it, as an observation."""
    found = graded(patient, f"CustomDataset = {name}").diagnosis
    assert found is not None
    assert (found.slug, found.certainty) == (NAMED[name], "pattern")


@pytest.mark.parametrize("body", ITEMS)
def test_a_wrong_item_is_told(patient: Grader, body: str) -> None:
    """What is wrong with an item is told: its parts, their sizes, dtypes and rows."""
    assert slug_of(graded(patient, with_method("__getitem__(self, idx)", body))) == ITEMS[body]


def test_a_call_without_an_end_is_told(warm: Grader) -> None:
    """A loop that waits past the end is told by the first call that does not come back."""
    body = "while idx >= len(x):\n    pass\nreturn torch.FloatTensor(x[idx]), torch.FloatTensor(y[idx])"
    assert slug_of(graded(warm, with_method("__getitem__(self, idx)", body))) == "never_ends"


@pytest.mark.parametrize("body", LENGTHS)
def test_a_wrong_length_is_told(patient: Grader, body: str) -> None:
    """What is wrong with the length is told."""
    assert slug_of(graded(patient, with_method("__len__(self)", body))) == LENGTHS[body]


@pytest.mark.parametrize("body", TABLES)
def test_wrong_rows_are_told(patient: Grader, body: str) -> None:
    """What is wrong with the rows that are kept is told, although the length is wrong too."""
    kept = f"Lecture.__init__(self, x_data, y_data)\nx, y = self.x_data, self.y_data\n{body}"
    method = f"def __init__(self, x_data=None, y_data=None):\n{indent(kept, '    ')}"
    assert slug_of(graded(patient, f"class CustomDataset(Lecture):\n{indent(method, '    ')}")) == TABLES[body]


@pytest.mark.parametrize("name", [entry.__name__ for entry in RIGHT])
def test_a_right_data_set_gets_no_diagnosis(patient: Grader, name: str) -> None:
    """Nothing is diagnosed where nothing is wrong."""
    result = graded(patient, f"CustomDataset = {name}")
    assert (result.status, result.diagnosis) == ("passed", None)


def test_the_line_that_raised_is_where_to_look(patient: Grader) -> None:
    """Where a mistake shows in an exception, its place is shown instead of a general one."""
    body = "return torch.tensor(self.xs[idx]), torch.tensor(y[idx])"
    found = graded(patient, with_method("__getitem__(self, idx)", body)).diagnosis
    assert found is not None
    assert re.fullmatch(r"Line \d+ of 07_custom_dataset.py, in __getitem__: `return .*`\.", str(found.look_at))


def test_two_mistakes_at_once_are_both_named(patient: Grader) -> None:
    """Where no single mistake explains what fails, two that do so together are named."""
    body = "if idx < 0:\n    raise IndexError\nreturn torch.tensor(x[idx]), torch.tensor(y[idx])"
    found = graded(patient, with_method("__getitem__(self, idx)", body)).diagnosis
    assert found is not None
    assert found.slug == "dtype_kept+negative_refused"
    assert found.title == "Two mistakes at once: The dtype is that of the data; Negative indices do not work"


def test_an_exception_that_is_no_known_mistake_is_explained_by_its_family(patient: Grader) -> None:
    """When every failure is one kind of exception, that is told."""
    assert slug_of(graded(patient, with_method("__getitem__(self, idx)", "return x[idx / 0]"))) == "division_by_zero"


def test_what_nothing_explains_gets_no_diagnosis(patient: Grader) -> None:
    """A failure that is like no known mistake is left to the message of its case."""
    body = "import numpy\nx = x * 2 if getattr(x, 'dtype', None) == numpy.int64 else x\n"
    body += "return torch.FloatTensor(x[idx]), torch.FloatTensor(y[idx])"
    result = graded(patient, with_method("__getitem__(self, idx)", body))
    assert result.status == "failed"
    assert result.diagnosis is None


# --- the list of mistakes ---


def test_every_mistake_is_one_that_somebody_makes() -> None:
    """Each mistake in the list is what some wrong data set here, or in the corpus, is told."""
    entries = [read(path) for path in (CORPUS / EXERCISE.name / "wrong").glob("*.py")]
    told = {slug for entry in entries for both in entry.diagnosis or () for slug in both.split("+")}
    told |= {*NAMED.values(), *ITEMS.values(), *LENGTHS.values(), *TABLES.values(), "never_ends", "negative_never_ends"}
    assert {mistake.slug for mistake in the_task().mistakes} == told - {"import_missing"}


def test_every_mistake_is_told_in_full() -> None:
    """Each has a title of one line, a short explanation, a place to look at, and observations of this task."""
    cases = {case.name for case in the_task().cases if case.points}
    titles = Counter((mistake.slug, mistake.title) for mistake in the_task().mistakes)
    assert len({slug for slug, _ in titles}) == len(titles)
    for mistake in the_task().mistakes:
        assert {*mistake.seen, *(mistake.beside or ())} <= cases, mistake.slug
        assert not set(mistake.seen) & set(mistake.beside or ()), mistake.slug
        assert all(re.compile(text) for text in mistake.seen.values() if text)
        assert 5 < len(mistake.title) < 80, mistake.slug
        assert 15 < len(mistake.explanation) < 300, mistake.slug
        assert mistake.explanation.endswith((".", "?")), mistake.slug
        assert mistake.look_at.endswith("."), mistake.slug
