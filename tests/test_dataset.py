"""What a student reads of a wrong data set: a sentence a case, the smallest use that fails, and its script."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from test_corpus import CORPUS
from test_dataset_diagnosis import graded, with_method

from cnnexercises import catalog
from cnnexercises.custom_dataset import EXERCISE
from grader import Report
from grader.api import Grader
from grader.report import Counterexample, TaskResult
from grader.sandbox.policy import _TORCH_PACKAGES

WRONG = sorted((CORPUS / EXERCISE.name / "wrong").glob("*.py"))
SOLUTION = catalog.folder("solutions") / f"{EXERCISE.name}.py"

on_unix = pytest.mark.skipif(sys.platform == "win32", reason="the scripts run in forks, to be quick")

_DRIVER = """
import io, os, runpy, signal, sys
import torch, torch.optim, torch.utils.data  # once, for all of the scripts

def run(script, file):
    sys.argv = [script, file]
    sys.stdout = io.StringIO()
    signal.alarm(15)
    try:
        runpy.run_path(script, run_name="__main__")
    except SystemExit as error:
        return bool(error.code) * 1
    except BaseException:
        return 1
    return 0 if sys.stdout.getvalue().endswith("It agrees here.\\n") else 9

torch.set_num_threads(1)
for line in sys.stdin.read().splitlines():
    child = os.fork()
    if child == 0:
        os._exit(run(*line.split("\\t")))
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""


def outcomes(runs: list[tuple[Path, Path]]) -> list[int]:
    """Run each script on a file, in a fork of one process that has torch; return their exit codes."""
    lines = "\n".join(f"{script}\t{file}" for script, file in runs)
    done = subprocess.run([sys.executable, "-c", _DRIVER], input=lines, capture_output=True, text=True, check=True)
    return [int(code) for code in done.stdout.split()]


def messages(result: TaskResult) -> dict[str, str]:
    """Return what is said about each failed case, by the name of the case."""
    return {case.name: case.message or "" for case in result.cases if not case.passed}


def item(grader: Grader, body: str) -> TaskResult:
    """Grade the lecture's class with another body of __getitem__."""
    return graded(grader, with_method("__getitem__(self, idx)", body))


def example(result: TaskResult) -> Counterexample:
    """Return the counterexample."""
    assert result.counterexample is not None
    return result.counterexample


# --- a sentence for each case --------------------------------------------------------------------------------

ITEMS = "items of the lecture's table"
SENTENCES = {
    "return torch.FloatTensor(x[idx - 1]), torch.FloatTensor(y[idx])": (
        "x of item 0 is [73, 66, 70] (that is x of item 4), expected [73, 80, 75]."
    ),
    "return torch.FloatTensor(x[idx]) / 100, torch.FloatTensor(y[idx])": (
        "x of item 0 is [0.73, 0.8, 0.75], expected [73, 80, 75]."
    ),
    "return torch.FloatTensor(x[idx]), torch.FloatTensor(int(y[idx][0]))": "y of item 0 has 152 numbers, expected 1.",
    "return torch.FloatTensor(x[idx][:1]), torch.FloatTensor(y[idx])": "x of item 0 has 1 number, expected 3.",
    "return {'x': x[idx], 'y': y[idx]}": "item 0 is a dict of 2, expected a pair (x, y).",
    "return x[idx], object()": "y of item 0 is an object of type object, expected a torch tensor.",
    "return None": "item 0 is nothing (None), expected a pair (x, y).",
    "raise NotImplementedError": "a method that this needs still raises NotImplementedError.",
}
"""Bodies of __getitem__, with what is said about the items of the table."""


@pytest.mark.parametrize("body", SENTENCES)
def test_a_sentence_names_the_part_and_what_came(patient: Grader, body: str) -> None:
    """A message says which item and which part is wrong, what came back, and what was expected."""
    assert SENTENCES[body] in messages(item(patient, body))[ITEMS]


def test_a_wrong_length_is_told_with_both_numbers(patient: Grader) -> None:
    """The length that came, and the expected one, stand in the sentence."""
    said = messages(graded(patient, with_method("__len__(self)", "return len(x) - 1")))
    assert said["length of the lecture's table"] == "len(CustomDataset()) is 4, expected 5."
    assert re.search(r": the length is \d, expected \d\.", said["your own data, as lists"])
    assert "is a list of 2, expected a list of 3." in said["DataLoader with batch_size=2"]


def test_values_of_held_back_data_are_not_told(patient: Grader) -> None:
    """Of drawn data a message names the row, and never shows a number of it."""
    said = messages(item(patient, "return torch.FloatTensor(x[idx - 1]), torch.FloatTensor(y[idx - 1])"))
    assert re.search(r": x of item 0 has the values of x of item \d\.$", said["NumPy arrays of whole numbers"])
    held_back = [text for name, text in said.items() if "arrays" in name or "your own" in name]
    assert len(held_back) == 3
    assert not [text for text in held_back if re.search(r"\[\d|\d\.\d", text)]


def test_what_a_failure_tells_is_said_once(patient: Grader) -> None:
    """Cases that fail in the same way after the first do not repeat what it tells, nor tell another reason."""
    said = messages(item(patient, "return torch.tensor(x[idx]), torch.tensor(y[idx])"))
    assert [name for name, text in said.items() if not text.endswith("expected float32.")] == ["float32 tensors"]


def test_a_long_exception_is_cut_to_its_point(patient: Grader) -> None:
    """Of torch's long messages the first sentence is shown, on one line, with the place."""
    said = messages(item(patient, "return torch.Tensor(x[idx], dtype=torch.float32), y[idx]"))[ITEMS]
    assert "\n" not in said
    assert "TypeError: new() received an invalid combination of arguments - got (list, dtype=torch.dtype) (line" in said


# --- the smallest use that fails, and its script -------------------------------------------------------------


@pytest.fixture(scope="module")
def reports(marked: Callable[[Path], Report]) -> dict[Path, TaskResult]:
    """The result of every wrong data set of the corpus that was called."""
    found = {path: marked(path).tasks[0] for path in WRONG}
    return {path: result for path, result in found.items() if result.status == "failed"}


@pytest.fixture(scope="module")
def scripts(reports: dict[Path, TaskResult], tmp_path_factory: pytest.TempPathFactory) -> dict[Path, Path]:
    """The script of each of them, by its file."""
    folder = tmp_path_factory.mktemp("replays")
    made = {path: folder / f"{path.stem}.py" for path in reports}
    for path, script in made.items():
        script.write_text(example(reports[path]).replay, encoding="utf-8")
    return made


def test_every_failed_data_set_has_a_small_counterexample(reports: dict[Path, TaskResult]) -> None:
    """Each wrong data set that fails is shown a use of at most nine lines, and what differs."""
    assert len(reports) > 80
    for result in reports.values():
        shown = example(result)
        assert len(shown.call.splitlines()) <= 9
        assert shown.returned != shown.expected


@on_unix
def test_each_script_fails_on_its_file(scripts: dict[Path, Path]) -> None:
    """The script of a wrong data set exits with 1 when it runs that file."""
    found = outcomes([(script, path) for path, script in scripts.items()])
    assert {path.stem: code for path, code in zip(scripts, found, strict=True) if code != 1} == {}


@on_unix
def test_each_script_agrees_with_the_solution(scripts: dict[Path, Path]) -> None:
    """The same scripts exit with 0 when they run the worked solution."""
    uses = {script.read_text("utf-8").partition("# --- what goes wrong")[2]: script for script in scripts.values()}
    found = outcomes([(script, SOLUTION) for script in uses.values()])
    assert len(found) > 10
    assert {script.stem: code for script, code in zip(uses.values(), found, strict=True) if code != 0} == {}


def test_the_script_is_what_a_student_would_type(patient: Grader) -> None:
    """The last lines of a script are the use as it is shown, without anything of the grader."""
    shown = example(graded(patient, with_method("__len__(self)", "return 5")))
    assert shown.call.splitlines()[-2:] == ["dataset = CustomDataset(x_data, y_data)", "len(dataset)"]
    assert (shown.returned, shown.expected) == ("5", "3")
    lines = shown.replay.partition("# --- what goes wrong ---\n")[2]
    assert "dataset = CustomDataset(x_data, y_data)\ntry:\n    returned = len(dataset)\n" in lines
    assert "import grader" not in shown.replay


def test_numbers_that_were_never_set_are_not_shown(patient: Grader) -> None:
    """torch.FloatTensor(n) holds what was in memory: the report names its size, and is the same each time."""
    shown = example(item(patient, "return torch.FloatTensor(x[idx]), torch.FloatTensor(int(y[idx][0]))"))
    assert shown.returned == "x: tensor (3,) float32\n  73.  80.  75.\ny: <tensor: of 152 numbers>*"


def test_an_exception_that_was_expected_is_shown(patient: Grader) -> None:
    """Where IndexError is missing, the counterexample says what came instead."""
    body = "idx = idx % len(x)\nreturn torch.FloatTensor(x[idx]), torch.FloatTensor(y[idx])"
    shown = example(item(patient, body))
    assert shown.call.endswith("\ndataset[3]")
    assert shown.expected == "IndexError raised"
    assert shown.returned.startswith("x: tensor (3,) float32")


def test_a_mistake_that_needs_two_data_sets_is_shown_with_two(patient: Grader) -> None:
    """What a class keeps from earlier calls has no part in the counterexample: it fails in a fresh process."""
    shown = example(graded(patient, "CustomDataset = SharedList"))
    assert shown.call.startswith("first = CustomDataset(")
    assert shown.call.endswith("len(first)")


@on_unix
def test_a_script_of_a_use_that_hangs_ends(warm: Grader, tmp_path: Path) -> None:
    """A script whose use does not come back says after ten seconds where it is, and ends with 1."""
    body = "while idx < 0:\n    idx -= 1\nreturn torch.FloatTensor(x[idx]), torch.FloatTensor(y[idx])"
    result = item(warm, body)
    assert "faulthandler.dump_traceback_later(10, exit=True)" in example(result).replay
    assert "did not end within 2 s" in example(result).returned
    assert result.diagnosis is not None
    assert result.diagnosis.slug == "negative_never_ends"


def test_a_script_allows_what_the_sandbox_allows() -> None:
    """A script refuses the same packages as a grading: all but torch and what belongs to it."""
    from grader.dataset_replay import _LIBRARIES

    assert {*_LIBRARIES} == {*_TORCH_PACKAGES} - {"msgpack", "landlockpy"}
