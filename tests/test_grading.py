"""What a grading says: verdicts, notes and messages, the same every time, without a held-back value in them."""

from __future__ import annotations

import ast
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pydantic import ValidationError

from cnnexercises import catalog
from cnnexercises.exercise import FunctionTask
from grader import Report
from grader.api import Grader, Options, grade
from grader.errors import UsageError
from grader.grading import questions
from grader.report import CaseResult, TaskResult

SOLUTIONS = catalog.folder("solutions")
CORPUS = Path(__file__).parent / "submissions"
NUMPY = [entry.name for entry in catalog.ENTRIES if entry.profile == "numpy"]
WRONG = sorted(path for path in CORPUS.glob("*/wrong/*.py") if path.parts[-3] in NUMPY)

Judge = Callable[..., Report]


@pytest.fixture
def judged(tmp_path: Path, warm: Grader) -> Judge:
    """A function that grades source as a file of a given name."""

    def grade_source(name: str, source: str) -> Report:
        path = tmp_path / name
        path.write_text(source, encoding="utf-8")
        return warm.grade_file(path)

    return grade_source


@pytest.fixture(scope="module")
def corpus(marked: Callable[[Path], Report]) -> dict[Path, Report]:
    """The reports on every wrong submission of the corpus."""
    return {path: marked(path) for path in WRONG}


def task(report: Report, name: str) -> TaskResult:
    """Return the result of one entry point."""
    (found,) = (one for one in report.tasks if one.name == name)
    return found


def lost(result: TaskResult) -> list[CaseResult]:
    """Return the cases that lost points."""
    return [case for case in result.cases if case.score < case.max_score]


def solution(name: str) -> str:
    """Return the source of a worked solution."""
    return (SOLUTIONS / f"{name}.py").read_text(encoding="utf-8")


def with_result(name: str, function: str, change: str) -> str:
    """Return a worked solution in which a function returns ``change`` of what it returned: an expression in ``r``."""
    kept = solution(name).replace(f"{function}(", f"right_{function}(")  # for those that call it, too
    calls = f"    a, r = args, right_{function}(*args, **kwargs)\n    return {change}\n"
    return f"{kept}\ndef {function}(*args, **kwargs):\n{calls}"


# --- one submission in several forms ---------------------------------------------------------------------------


def notebook(*cells: str) -> str:
    """Return a notebook of code cells; a text that begins with # and a blank is a Markdown cell."""
    made: list[dict[str, Any]] = [
        {"cell_type": "markdown", "metadata": {}, "source": cell}
        if cell.startswith("# ")
        else {"cell_type": "code", "metadata": {}, "source": cell, "outputs": [], "execution_count": None}
        for cell in cells
    ]
    return json.dumps({"cells": made, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})


def a_cell_a_function(source: str) -> str:
    """Return a notebook with a statement in each cell, and between them what people have between their cells."""
    cells = ["# Homework", "%matplotlib inline\n!pip install numpy"]
    for node in ast.parse(source).body:
        cells += [ast.get_source_segment(source, node) or "", "# My notes", "%time 1 + 1\nnp.sum?", ""]
    return notebook(*cells)


def seen(report: Report) -> list[Any]:
    """Return what a report says of the tasks, without the places of errors: a cell and its line, or a line."""
    placed = [json.loads(one.model_dump_json(exclude={"counterexample": {"replay"}})) for one in report.tasks]
    text = re.sub(r" \(line \d+ of [^:()]+", " (somewhere", json.dumps(placed))
    return [report.status, report.score, report.seed, json.loads(text)]


CRASHING = """
import numpy as np

def conv1d_backward(dy, x, w):
    return x, w

def conv2d_backward(dout, x, weight, stride=1, padding=0):
    return np.zeros(3) + np.zeros(4)
"""
FORMS = [*((name, solution(name)) for name in [*NUMPY, "07_custom_dataset"]), ("04_conv_backprop", CRASHING)]


@pytest.mark.parametrize(("name", "source"), FORMS, ids=[*NUMPY, "07_custom_dataset", "wrong"])
def test_a_notebook_gets_what_the_same_file_gets(name: str, source: str, judged: Judge) -> None:
    """The same code as a file, as a notebook of one cell and of many has the same cases, messages, score and seed."""
    file = judged(f"{name}.py", source)
    assert file.full_marks is (source is not CRASHING)
    assert seen(judged(f"{name}.ipynb", a_cell_a_function(source))) == seen(file)
    assert seen(judged(f"{name}.ipynb", notebook(source))) == seen(file)


def test_an_error_in_a_notebook_is_placed_in_its_cell(judged: Judge) -> None:
    """The message of an exception names the cell, the line in it, the function and the code."""
    report = judged("04_conv_backprop.ipynb", notebook("# Title", "import numpy as np", CRASHING))
    (case, *_) = lost(task(report, "conv2d_backward"))
    assert "(line 8 of cell 2, in conv2d_backward: `return np.zeros(3) + np.zeros(4)`)" in (case.message or "")


def test_a_failing_cell_does_not_sink_the_others(judged: Judge) -> None:
    """A cell that raises and one that is no Python are left out and named; the functions beside them get points."""
    size, shape = solution("01_output_size").split("def conv_output_shape")
    raising = judged("01_output_size.ipynb", notebook(size, "1 / 0\nx = 3", f"def conv_output_shape{shape}"))
    assert raising.full_marks
    assert "ZeroDivisionError: division by zero (line 1 of cell 2: `1 / 0`)" in (raising.message or "")
    broken = judged("01_output_size.ipynb", notebook(size, f"def conv_output_shape(]{shape}"))
    assert task(broken, "conv_output_size").status == "passed"
    assert task(broken, "conv_output_shape").status == "error"
    assert "cell 2 is not valid Python, line 1: " in (broken.message or "")


# --- the same every time ---------------------------------------------------------------------------------------

TENSORS = """
import torch
class CustomDataset(torch.utils.data.Dataset):
    def __init__(self, x_data=None, y_data=None):
        self.x, self.y = torch.rand(5, 3), torch.rand(5, 1)
    def __len__(self):
        return 6
    def __getitem__(self, idx):
        return self.x[idx], self.y[idx]
"""


def repeatable(report: Report) -> dict[str, Any]:
    """Return a report without what may differ between two gradings of one submission."""
    plain: dict[str, Any] = json.loads(report.model_dump_json())
    del plain["duration_seconds"]
    return plain


def in_a_process(files: list[Path], *options: str, hash_seed: str) -> list[dict[str, Any]]:
    """Grade files in a process of their own."""
    command = [sys.executable, "-m", "grader", "grade", *map(str, files), "--format", "json", *options]
    environment = os.environ | {"PYTHONHASHSEED": hash_seed}
    done = subprocess.run(command, capture_output=True, check=False, env=environment, text=True)
    assert done.stderr == ""
    return [repeatable(Report.model_validate_json(line)) for line in done.stdout.splitlines()]


def named(wrong: list[Path], folder: Path) -> list[Path]:
    """Copy submissions of the corpus to files that are called as their exercise: not each tells it otherwise."""
    copies = [folder / str(number) / f"{path.parent.parent.name}.py" for number, path in enumerate(wrong)]
    for path, copy in zip(wrong, copies, strict=True):
        copy.parent.mkdir()
        shutil.copyfile(path, copy)
    return copies


def test_two_gradings_give_the_same_report(tmp_path: Path) -> None:
    """Right and wrong submissions get the same report in two processes, and at both sandbox levels but for its name."""
    tensors = tmp_path / "07_custom_dataset.py"
    tensors.write_text(TENSORS, encoding="utf-8")
    right = [SOLUTIONS / f"{name}.py" for name in [*NUMPY, "07_custom_dataset"]]
    files = [*right, tensors, *named(WRONG[::14], tmp_path)]
    first = in_a_process(files, hash_seed="1")
    assert len(first) == len(files)
    assert first == in_a_process(files, hash_seed="2")
    if sys.platform == "linux":
        basic = in_a_process(files, "--sandbox", "basic", hash_seed="1")
        assert [one.pop("sandbox")["level"] for one in basic] == ["basic"] * len(files)
        for one in first:
            del one["sandbox"]
        assert first == basic


def test_the_order_of_a_class_changes_no_verdict(corpus: dict[Path, Report], warm: Grader) -> None:
    """A report does not depend on what the same warm grader has graded before."""
    for path in WRONG[::-17]:
        assert repeatable(warm.grade_file(path, path.parent.parent.name)) == repeatable(corpus[path])


def test_random_numbers_repeat(judged: Judge) -> None:
    """A function that answers by chance is told the same twice: its generators begin with the report's seed."""
    body = "    return np.random.rand(2) + random.random()"
    chance = f"import random\nimport numpy as np\ndef zero_pad(x, padding):\n{body}"
    first = judged("02_manual_conv.py", chance)
    assert repeatable(first) == repeatable(judged("02_manual_conv.py", chance))
    example = task(first, "zero_pad").counterexample
    assert example is not None
    assert "0." in example.returned


# --- the report as data ----------------------------------------------------------------------------------------


def test_a_report_survives_json(corpus: dict[Path, Report]) -> None:
    """Every report reads back from its JSON as the same value."""
    for report in corpus.values():
        assert Report.model_validate_json(report.model_dump_json()) == report


@pytest.mark.parametrize("where", [(), ("submission",), ("tasks", 0), ("tasks", 0, "cases", 0), ("environment",)])
def test_unknown_fields_are_refused(where: tuple[str | int, ...], judged: Judge) -> None:
    """A report with a field that this version does not know is refused, at every depth; so is another version."""
    plain = json.loads(judged("04_conv_backprop.py", CRASHING).model_dump_json())
    inner = plain
    for step in where:
        inner = inner[step]
    inner["bonus"] = 3
    with pytest.raises(ValidationError, match="bonus"):
        Report.model_validate(plain)
    del inner["bonus"]
    Report.model_validate(plain)
    with pytest.raises(ValidationError, match="schema_version"):
        Report.model_validate(plain | {"schema_version": "2"})


def test_scores_add_up(corpus: dict[Path, Report]) -> None:
    """A score is the sum over tasks, that of a task the sum over its cases; 0 <= score <= max_score everywhere."""
    for report in corpus.values():
        assert report.score == sum(one.score for one in report.tasks)
        assert report.max_score == sum(one.max_score for one in report.tasks)
        for one in report.tasks:
            assert 0 <= one.score <= one.max_score
            if one.cases:
                assert one.score == sum(case.score for case in one.cases)
                assert one.max_score == sum(case.max_score for case in one.cases)
                assert all(case.score == case.max_score for case in one.cases if case.passed)
                assert all(0 <= case.score < case.max_score for case in one.cases if not case.passed and case.max_score)


def test_the_fields_are_those_of_the_contract(judged: Judge) -> None:
    """A report has exactly the fields that others read, in their order."""
    plain = json.loads(judged("04_conv_backprop.py", CRASHING).model_dump_json())
    assert list(plain) == [
        "schema_version", "exercise", "submission", "status", "message", "score", "max_score", "tasks", "training",
        "environment", "sandbox", "seed", "duration_seconds",
    ]  # fmt: skip
    assert list(plain["submission"]) == ["path", "sha256", "student"]
    assert list(plain["environment"]) == ["cnnexercises", "python", "numpy", "torch", "platform"]
    assert list(plain["sandbox"]) == ["level", "features"]
    (first, _) = plain["tasks"]
    assert list(first) == [
        "name", "status", "score", "max_score", "cases", "diagnosis", "counterexample", "notes",
    ]  # fmt: skip
    assert list(first["cases"][0]) == ["name", "passed", "score", "max_score", "outcome", "message"]
    assert list(first["counterexample"]) == ["call", "returned", "expected", "replay"]


# --- right, with a note ----------------------------------------------------------------------------------------

NOTED = [
    ("02_manual_conv", "conv2d_forward", "r.astype(np.float32)", "float32"),
    ("02_manual_conv", "zero_pad", "a[0] if a[1:] in ((0,), ((0, 0),)) else r", "shares memory"),
    ("05_pool_backprop", "upsample", "a[0] if a[1:] in ((1,), ((1, 1),)) else r", "shares memory"),
    ("04_conv_backprop", "conv2d_backward", "tuple(part.astype(np.float32).astype(float) for part in r)", "float32's"),
]


@pytest.mark.parametrize(("name", "function", "change", "said"), NOTED, ids=[f"{n[1]}: {n[3]}" for n in NOTED])
def test_what_is_right_but_worth_knowing_is_a_note(
    name: str, function: str, change: str, said: str, judged: Judge
) -> None:
    """A float32 result and a view pass with all points, and a note says what is better."""
    report = judged(f"{name}.py", with_result(name, function, change))
    assert report.full_marks
    assert any(said in note for note in task(report, function).notes)
    assert all(not one.notes for one in report.tasks if one.name != function)


FREE = [
    ("04_conv_backprop", "conv2d_backward", "list(r)"),
    ("01_output_size", "conv_output_shape", "list(r)"),
    ("01_output_size", "conv_output_size", "__import__('numpy').int64(r)"),
    ("01_output_size", "conv_output_shape", "__import__('numpy').array(r, dtype='int32').tolist()"),
    ("03_parameter_count", "linear_params", "tuple(list(pair) for pair in r)"),
    ("02_manual_conv", "conv2d_forward", "np.asfortranarray(r)"),
]


@pytest.mark.parametrize(("name", "function", "change"), FREE, ids=[f"{f[1]} {f[2]}" for f in FREE])
def test_the_container_is_free(name: str, function: str, change: str, judged: Judge) -> None:
    """A list counts for a tuple and the reverse, np.integer for int, any memory order for another: without a note."""
    report = judged(f"{name}.py", with_result(name, function, change))
    assert report.full_marks
    assert not any(one.notes for one in report.tasks)


REFUSED = [
    ("01_output_size", "conv_output_size", "float(r)", "an int was expected"),
    ("01_output_size", "conv_output_size", "str(r)", "a text came back"),
    ("01_output_size", "conv_output_size", "None", "nothing (None) came back"),
    ("01_output_size", "conv_output_shape", "(side for side in r)", "an object of type generator came back"),
    ("01_output_size", "conv_output_shape", "(*r, 1)", "a tuple of 3 came back, and 2 items were expected"),
    ("03_parameter_count", "linear_params", "iter(r)", "an object of type list_iterator came back"),
    ("02_manual_conv", "zero_pad", "r.tolist()", "a NumPy array was expected"),
    ("02_manual_conv", "zero_pad", "r[None]", "the shape is (1, "),
    ("02_manual_conv", "zero_pad", "r.astype(complex)", "the dtype is complex128"),
    ("02_manual_conv", "zero_pad", "r.astype(object)", "came back"),
    ("02_manual_conv", "zero_pad", "r * np.nan", "are NaN"),
    ("02_manual_conv", "zero_pad", "r + 1e-4", "are wrong"),
    ("04_conv_backprop", "conv2d_backward", "r[0]", "a tuple of 3 (dx, dweight, dbias) was expected"),
    ("04_conv_backprop", "conv2d_backward", "(r[0], r[1], r[2][:, None])", "dbias: the shape is ("),
]


@pytest.mark.parametrize(
    ("name", "function", "change", "said"), REFUSED, ids=[f"{r[1]} {r[2]}" for r in REFUSED]
)
def test_another_kind_of_value_fails(name: str, function: str, change: str, said: str, judged: Judge) -> None:
    """A float for an int, a generator, a wrong count, shape, dtype or value fails, and the message says which it is."""
    report = judged(f"{name}.py", with_result(name, function, change))
    failed = task(report, function)
    assert failed.status == "failed"
    assert any(said in (case.message or "") for case in lost(failed))
    assert all(one.status == "passed" for one in report.tasks if one.name != function)


def test_a_changed_argument_fails(judged: Judge) -> None:
    """A right result from a call that changes its argument in place fails, and the message names the argument."""
    doubling = with_result("02_manual_conv", "conv2d_forward", "(r, a[0].__imul__(2))[0]")
    failed = task(judged("02_manual_conv.py", doubling), "conv2d_forward")
    assert failed.score == 0
    assert "the call changes its argument x in place" in (failed.cases[0].message or "")


def test_a_subclass_of_the_exception_is_right(judged: Judge) -> None:
    """Where ValueError is asked for, any subclass passes; another exception does not, and is shown with its line."""
    source = solution("01_output_size")
    own = "class KernelError(ValueError):\n    pass\n"
    assert judged("01_output_size.py", own + source.replace("raise ValueError", "raise KernelError")).full_marks
    report = judged("01_output_size.py", source.replace("raise ValueError", "raise TypeError"))
    (case, *_) = lost(task(report, "conv_output_size"))
    assert case.outcome == "raised"
    assert re.search(r"TypeError.* \(line \d+ of 01_output_size.py, in conv_output_size: `raise", case.message or "")
    assert "ValueError was expected" in (case.message or "")


# --- not started, missing, waiting -----------------------------------------------------------------------------

STUBS = [
    "raise NotImplementedError",
    "raise NotImplementedError('to do')",
    "pass",
    "...",
    "'''Only a docstring.'''",
    "dx = x * 0\n    raise NotImplementedError",
]


@pytest.mark.parametrize("body", STUBS)
def test_an_unwritten_function_is_not_started(body: str, judged: Judge) -> None:
    """A function that raises NotImplementedError, or whose body says nothing, is not started; the others count."""
    padded = solution("02_manual_conv") + f"\ndef zero_pad(x, padding):\n    {body}\n"
    report = judged("02_manual_conv.py", padded.replace("zero_pad(", "given(", 1))
    assert task(report, "zero_pad").status == "not_started"
    assert task(report, "zero_pad").score == 0
    alone = judged("02_manual_conv.py", f"def zero_pad(x, padding):\n    {body}\n")
    assert task(alone, "zero_pad").status == "not_started"
    assert {one.status for one in alone.tasks} == {"not_started", "missing"}


def test_all_stubs_together_are_not_started(judged: Judge) -> None:
    """A file is not started when every task is; with one function begun it is graded."""
    stubs = "def conv1d_backward(dy, x, w):\n    pass\n\ndef conv2d_backward(dout, x, weight, stride=1, padding=0):\n"
    assert judged("04_conv_backprop.py", f"{stubs}    ...\n").status == "not_started"
    begun = judged("04_conv_backprop.py", f"{stubs}    return dout\n")
    assert (begun.status, task(begun, "conv2d_backward").status) == ("graded", "failed")


def test_a_half_written_function_has_failed(judged: Judge) -> None:
    """A function that is written for some arguments only keeps their points; NotImplementedError fails the others."""
    source = with_result("02_manual_conv", "zero_pad", "r").replace(
        "    a, r =", "    if isinstance(args[1], tuple):\n        raise NotImplementedError\n    a, r ="
    )
    half = task(judged("02_manual_conv.py", source), "zero_pad")
    assert half.status == "failed"
    assert 0 < half.score < half.max_score
    assert {case.outcome for case in lost(half)} == {"not_started"}
    assert "zero_pad raises NotImplementedError here" in (lost(half)[0].message or "")


def test_a_function_that_calls_a_stub_says_which(judged: Judge) -> None:
    """A function that waits for another is told its name, and gets no counterexample that would lead astray."""
    source = "def zero_pad(x, padding):\n    raise NotImplementedError\n" + (
        "def conv2d_single(image, kernel, stride=1, padding=0):\n    return zero_pad(image, padding)\n"
    )
    waiting = task(judged("02_manual_conv.py", source), "conv2d_single")
    assert waiting.status == "failed"
    assert all("it calls zero_pad, which is not written yet" in (case.message or "") for case in lost(waiting))
    assert waiting.counterexample is None


def test_a_class_of_stubs_is_not_started(judged: Judge) -> None:
    """A data set whose methods are stubs is not started; with one of them written it is graded."""
    stub = "class CustomDataset:\n    def __init__(self, x_data=None, y_data=None):\n        pass\n"
    assert judged("07_custom_dataset.py", stub).status == "not_started"
    begun = judged("07_custom_dataset.py", f"{stub}    def __len__(self):\n        return 5\n")
    assert (begun.status, begun.tasks[0].status) == ("graded", "failed")
    assert 0 < begun.score < begun.max_score


def test_an_import_that_is_not_there_is_named(judged: Judge) -> None:
    """An import of what the exercise does not have is named with its line; what does without it is graded."""
    source = solution("02_manual_conv").replace("import numpy as np", "import scipy.signal\nimport numpy as np", 1)
    report = judged("02_manual_conv.py", source)
    assert report.full_marks
    assert "No module named 'scipy'" in (report.message or "")
    assert "`import scipy.signal`" in (report.message or "")
    used = judged("02_manual_conv.py", source + "\ndef zero_pad(x, padding):\n    return scipy.pad(x)\n")
    assert "NameError: name 'scipy' is not defined" in (lost(task(used, "zero_pad"))[0].message or "")


def test_a_missing_function_is_not_an_error(judged: Judge) -> None:
    """A function that the file does not define is missing; one that something broken may have defined is an error."""
    size, shape = solution("01_output_size").split("def conv_output_shape")
    assert task(judged("01_output_size.py", size), "conv_output_shape").status == "missing"
    broken = f"{size}\nif 1 / 0:\n    def conv_output_shape{shape}".replace("\n    ", "\n        ")
    report = judged("01_output_size.py", f"{size}\nassert False\n")
    assert (task(report, "conv_output_shape").status, task(report, "conv_output_size").status) == ("error", "passed")
    assert broken


def test_what_students_have_in_their_files_is_fine(judged: Judge) -> None:
    """Postponed annotations, dataclasses, a main block, prints, warnings and a failing self-test cost nothing."""
    top = "from __future__ import annotations\nfrom dataclasses import dataclass\nimport warnings\n"
    extra = "@dataclass\nclass Pair:\n    h: int\n    w: Unknown = 3\n\nwarnings.warn('old')\nprint(Pair(1))\n"
    main = "if __name__ == '__main__':\n    raise SystemExit(conv_output_size(3, 4))\n"
    report = judged("01_output_size.py", top + extra + solution("01_output_size") + main)
    assert report.full_marks
    assert report.message is None


# --- held-back values ------------------------------------------------------------------------------------------


def significant(value: float) -> str:
    """Return the first six significant digits of a number, without sign, point and leading or trailing zeros."""
    return f"{abs(value):.5e}".partition("e")[0].replace(".", "").rstrip("0")


def digits_in(text: str) -> set[str]:
    """Return the numbers of a text that have six significant digits or more, by the first six."""
    found = re.findall(r"\d+\.\d+(?:e[+-]?\d+)?", text)
    return {digits for digits in map(significant, map(float, found)) if len(digits) >= 6}


def numbers(value: Any) -> Iterator[float]:
    """Yield every number in arrays and containers."""
    if isinstance(value, np.ndarray):
        yield from map(float, value.ravel())
    elif isinstance(value, (tuple, list)):
        for item in value:
            yield from numbers(item)
    elif isinstance(value, float):
        yield value


def held_back(exercise: str, seed: int) -> set[str]:
    """Return the inputs and the expected answers of all cases for a seed, as far as they have six digits."""
    tasks = [one for one in catalog.find(exercise).tasks if isinstance(one, FunctionTask)]
    asked = [question for one in tasks for question in questions(one, seed)]
    values = [
        *(value for question in asked for value in (*question.call.args, *question.call.kwargs.values())),
        *(question.expected.value for question in asked),
    ]
    return {digits for value in values for number in numbers(value) if len(digits := significant(number)) >= 6}


@pytest.mark.parametrize("name", ["02_manual_conv", "04_conv_backprop", "05_pool_backprop"])
def test_there_are_held_back_values_to_find(name: str) -> None:
    """The cases of an exercise hold hundreds of numbers that a report could give away."""
    assert len(held_back(name, 1)) > 500


def test_no_report_shows_a_held_back_value(corpus: dict[Path, Report]) -> None:
    """No report on a wrong submission holds a number of a case's input or of its expected answer."""
    for path, report in corpus.items():
        assert not digits_in(report.model_dump_json()) & held_back(report.exercise, report.seed), path


PRINTED = """
import numpy as np
np.set_printoptions(threshold=10**6, precision=17)
def conv2d_single(image, kernel, stride=1, padding=0):
    raise ValueError(f"I have {image} and {kernel}")
"""


def test_an_error_text_is_cut(judged: Judge) -> None:
    """Of an exception that prints its inputs a report shows the beginning: 300 characters of a case."""
    failed = task(judged("02_manual_conv.py", PRINTED), "conv2d_single")
    for case in lost(failed):
        text = (case.message or "").partition("ValueError: ")[2].partition(" (line ")[0]
        assert text.startswith("I have [[")
        assert len(text) <= 304
    example = failed.counterexample
    assert example is not None
    assert "I have [[" in example.returned


HOARDING = """
import numpy as np
kept = []
def conv2d_single(image, kernel, stride=1, padding=0):
    kept.append(image.copy())
    values = np.concatenate([one.ravel() for one in kept])
    return values[values % 1 > 0][:8]
"""


def test_a_submission_cannot_carry_a_held_back_value_into_the_counterexample(judged: Judge) -> None:
    """What a function kept from the cases is gone when the counterexample is searched."""
    report = judged("02_manual_conv.py", HOARDING)
    assert task(report, "conv2d_single").counterexample is not None
    assert not digits_in(report.model_dump_json()) & held_back(report.exercise, report.seed)


# --- counterexamples and their scripts -------------------------------------------------------------------------

_DRIVER = """
import io, os, runpy, signal, sys
import numpy  # once, for all of the scripts

def run(script, argument):
    os.chdir(os.path.dirname(script))
    sys.argv = [script, *argument]
    sys.stdout = io.StringIO()
    signal.alarm(3)
    try:
        runpy.run_path(script, run_name="__main__")
    except SystemExit as error:
        assert error.code is None or isinstance(error.code, (int, str)), error
        code = error.code if isinstance(error.code, int) else 1 if error.code else 0
    except BaseException:
        code = 1
    else:
        code = 0
    agreed = sys.stdout.getvalue().endswith("It agrees here.\\n")
    os._exit(code if code else 0 if agreed else 9)

for line in sys.stdin.read().splitlines():
    script, *argument = line.split("\\t")
    child = os.fork()
    if child == 0:
        run(script, argument)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""


def outcomes(scripts: list[tuple[Path, Path | None]]) -> list[int]:
    """Run scripts as `python script [FILE]` would, in forks of two processes. A right answer is 0, an alarm -14."""
    lines = ["\t".join(map(str, filter(None, pair))) for pair in scripts]
    with ThreadPoolExecutor(2) as pool:
        halves = list(pool.map(_driven, (lines[::2], lines[1::2])))
    return [halves[index % 2][index // 2] for index in range(len(lines))]


def _driven(lines: list[str]) -> list[int]:
    command = [sys.executable, "-c", _DRIVER]
    done = subprocess.run(command, input="\n".join(lines), capture_output=True, text=True, check=True)
    return [int(line) for line in done.stdout.split()]


@pytest.fixture(scope="module")
def scripts(corpus: dict[Path, Report], tmp_path_factory: pytest.TempPathFactory) -> dict[Path, str]:
    """The scripts of all counterexamples, each in a fresh folder beside its student's file, with the exercise."""
    made = {}
    for number, (path, report) in enumerate(corpus.items()):
        for one in report.tasks:
            if one.counterexample is None:
                continue
            folder = tmp_path_factory.mktemp(f"replay{number}")
            (folder / path.name).write_bytes(path.read_bytes())
            script = folder / f"replay_{one.name}.py"
            script.write_text(one.counterexample.replay, encoding="utf-8")
            made[script] = report.exercise
    return made


on_unix = pytest.mark.skipif(not hasattr(os, "fork"), reason="the scripts run in forks, to be quick")


def test_every_failed_function_has_a_counterexample(corpus: dict[Path, Report]) -> None:
    """Every function that fails, and does not wait for another, has a small call that fails."""
    for path, report in corpus.items():
        for one in report.tasks:
            waits = any("which is not written yet" in (case.message or "") for case in one.cases)
            assert (one.counterexample is not None) == (one.status == "failed" and not waits), (path, one.name)


@on_unix
def test_each_replay_script_fails_beside_the_students_file(scripts: dict[Path, str]) -> None:
    """The script of a counterexample fails when it is run with python beside the student's file."""
    found = outcomes([(script, None) for script in scripts])
    agreeing = [script for script, code in zip(scripts, found, strict=True) if code == 0]
    assert len(found) == len(scripts) > 200
    assert not agreeing


@on_unix
def test_each_replay_script_agrees_with_the_worked_solution(scripts: dict[Path, str]) -> None:
    """Given the worked solution the same script ends with "It agrees here."."""
    found = outcomes([(script, SOLUTIONS / f"{exercise}.py") for script, exercise in scripts.items()])
    assert len(found) == len(scripts)
    assert not [script for script, code in zip(scripts, found, strict=True) if code != 0]


def test_counterexamples_are_small(corpus: dict[Path, Report]) -> None:
    """No array in a counterexample is larger than 4x4, or has more than 36 entries."""
    for path, report in corpus.items():
        for one in report.tasks:
            if one.counterexample is None:
                continue
            for shape in _shapes(one.counterexample.call):
                assert max(shape[-2:], default=1) <= (4 if len(shape) > 1 else 8), (path, shape)
                assert int(np.prod(shape)) <= 36, (path, shape)


def _shapes(call: str) -> list[tuple[int, ...]]:
    """Return the shapes of the arrays that the text of a call makes."""
    lines = [ast.unparse(node) for node in ast.parse(call).body if isinstance(node, ast.Assign)]
    namespace: dict[str, Any] = {"np": np}
    exec("\n".join(lines), namespace)
    return [value.shape for value in namespace.values() if isinstance(value, np.ndarray)]


ODD = [
    ("raise SystemExit", "def conv_output_size(*args, **kwargs):\n    raise SystemExit\n"),
    ("exits on loading", "import sys\ndef conv_output_size(*args, **kwargs):\n    return -1\nsys.exit()\n"),
    ("changes a list", "def linear_params(sizes, bias=True):\n    return [_ for _ in (sizes.clear(),)]\n"),
    (
        "keeps the annotations for later",
        "from __future__ import annotations\nfrom dataclasses import dataclass\n@dataclass\nclass Side:\n    n: Int\n"
        "def conv_output_size(size: Int, *args, **kwargs):\n    return Side(size).n\n",
    ),
    ("coding line", "# -*- coding: cp949 -*-\ndef conv_output_size(size, *args, **kwargs):\n    return len('한글')\n"),
]


@on_unix
@pytest.mark.parametrize("source", [source for _, source in ODD], ids=[name for name, _ in ODD])
def test_scripts_run_what_the_grader_ran(source: str, tmp_path: Path, warm: Grader) -> None:
    """Files that exit, change a list, postpone annotations or name an encoding fail in their scripts too."""
    coding = "cp949" if "cp949" in source else "utf-8"
    _assert_replayed(tmp_path / "student.py", source.encode(coding), warm)


@on_unix
def test_scripts_run_notebooks(tmp_path: Path, warm: Grader) -> None:
    """A script runs a notebook as the grader does: without magics, a broken cell left out."""
    wrong = "def conv_output_size(size, *args, **kwargs):\n    %timeit 1\n    return size"
    cells = notebook("%matplotlib inline\nimport numpy as np", "files = !ls\nnp.sum?", "def broken(]", wrong, "1 / 0")
    _assert_replayed(tmp_path / "student.ipynb", cells.encode(), warm)


def _assert_replayed(path: Path, content: bytes, warm: Grader) -> None:
    path.write_bytes(content)
    (failed,) = (one for one in warm.grade_file(path).tasks if one.status == "failed")
    assert failed.counterexample is not None
    script = path.with_name("replay.py")
    script.write_text(failed.counterexample.replay, encoding="utf-8")
    right = next(SOLUTIONS / f"{name}.py" for name in NUMPY if failed.name in catalog.find(name).entry_points)
    failing, agreeing = outcomes([(script, None), (script, right)])
    assert failing not in (0, -14)
    assert agreeing == 0


REMEMBERS = """
import numpy as np
seen = {}
def zero_pad(x, padding):
    h, w = (padding, padding) if isinstance(padding, int) else padding
    return seen.setdefault((x.shape, padding), np.pad(x, [(0, 0)] * (x.ndim - 2) + [(h, h), (w, w)]))
"""


@on_unix
def test_a_counterexample_needs_no_calls_before_it(tmp_path: Path, warm: Grader) -> None:
    """A function that is wrong in its second call only gets a script that makes both calls."""
    path = tmp_path / "02_manual_conv.py"
    path.write_text(REMEMBERS.replace("(x.shape, padding)", "0"), encoding="utf-8")
    failed = task(warm.grade_file(path), "zero_pad")
    assert failed.counterexample is not None
    assert failed.counterexample.call.count("zero_pad(") == 2
    script = path.with_name("replay.py")
    script.write_text(failed.counterexample.replay, encoding="utf-8")
    assert outcomes([(script, None), (script, SOLUTIONS / "02_manual_conv.py")])[1] == 0
    assert outcomes([(script, None)]) != [0]


def test_a_script_says_which_file_it_misses(tmp_path: Path, judged: Judge) -> None:
    """Without its file a script asks for it in a sentence."""
    report = judged("04_conv_backprop.py", CRASHING)
    example = task(report, "conv1d_backward").counterexample
    assert example is not None
    (tmp_path / "04_conv_backprop.py").unlink()
    (tmp_path / "replay.py").write_text(example.replay, encoding="utf-8")
    done = subprocess.run([sys.executable, "replay.py"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "is not there. Say which file to run: python replay_conv1d_backward.py FILE" in done.stderr
    assert "Traceback" not in done.stderr


# --- from Python -----------------------------------------------------------------------------------------------


def test_python_gets_the_report_of_the_command(tmp_path: Path) -> None:
    """`grade` returns what the command prints, for a text or a Path, with the student and the options given."""
    path = SOLUTIONS / "01_output_size.py"
    report = grade(str(path), student="김", options=Options(seed=5))
    assert (report.full_marks, report.seed, report.submission.student) == (True, 5, "김")
    (printed,) = in_a_process([path], "--seed", "5", hash_seed="0")
    assert repeatable(report) == printed | {"submission": printed["submission"] | {"student": "김"}}


def test_python_is_told_what_cannot_be_graded(tmp_path: Path) -> None:
    """`grade` raises UsageError with the sentence of the command for a missing file and an unknown exercise."""
    with pytest.raises(UsageError, match="is not there"):
        grade(tmp_path / "nowhere.py")
    with pytest.raises(UsageError, match="did you mean conv_backprop"):
        grade(SOLUTIONS / "01_output_size.py", exercise="conv_backprp")


def loaded_by(code: str) -> set[str]:
    """Run code in a fresh Python, and return the modules that are imported then."""
    done = subprocess.run(
        [sys.executable, "-c", f"{code}\nimport sys; print(*sys.modules)"], capture_output=True, text=True, check=True
    )
    return set(done.stdout.split())


def test_importing_the_grader_is_light() -> None:
    """`import grader` alone imports neither NumPy nor torch nor pydantic; `Report` comes without torch."""
    assert not loaded_by("import grader") & {"numpy", "torch", "pydantic", "click", "rich"}
    assert not loaded_by("from grader import grade, Report") & {"torch", "hypothesis", "scipy", "rich"}


def test_grading_never_imports_torch() -> None:
    """Grading a NumPy exercise, right or wrong, imports neither torch nor hypothesis nor scipy; nor does 07 torch."""
    wrong = CORPUS / "04_conv_backprop/wrong/half_written.py"
    files = [str(SOLUTIONS / "02_manual_conv.py"), str(wrong), str(SOLUTIONS / "07_custom_dataset.py")]
    code = f"from grader import grade\nfor file in {files!r}: assert grade(file).status == 'graded'"
    assert not loaded_by(code) & {"torch", "hypothesis", "scipy", "nbformat", "pytest"}


# --- points for parts ---------------------------------------------------------------------------------------


def with_solution(old: str, new: str) -> str:
    """Return the worked solution of 04 with one thing changed."""
    source = (SOLUTIONS / "04_conv_backprop.py").read_text("utf-8")
    assert old in source
    return source.replace(old, new)


def test_a_wrong_part_costs_its_share(judged: Judge) -> None:
    """Whoever gets only dbias wrong keeps four fifths of the points of conv2d_backward, and has failed it."""
    report = judged("04_conv_backprop.py", with_solution("dout.sum(axis=(0, 2, 3))", "dout.mean(axis=(0, 2, 3))"))
    failed = task(report, "conv2d_backward")
    assert failed.status == "failed"
    assert 0.8 * failed.max_score <= failed.score < 0.85 * failed.max_score


def test_an_argument_changed_in_place_earns_nothing(judged: Judge) -> None:
    """Whoever changes dout in place gets no points for the parts that are right: the caller's data is lost."""
    report = judged("04_conv_backprop.py", with_solution("dbias = dout", "dout *= 2\n    dbias = dout"))
    assert task(report, "conv2d_backward").score == 0
