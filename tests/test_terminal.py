"""The terminal view of a report."""

from __future__ import annotations

import io
from typing import Any

import numpy as np
import pytest
from rich.console import Console

from grader.report import (
    CaseResult,
    Counterexample,
    Diagnosis,
    Environment,
    Report,
    SandboxInfo,
    SubmissionInfo,
    TaskResult,
    Training,
)
from grader.show.arrays import draw, draw_pair, paste
from grader.show.terminal import render

DIAGNOSIS = Diagnosis(
    slug="empty_slice",
    title="dx is cut with [pad:-pad]",
    explanation="With padding 0 that is [0:-0], which is empty.",
    look_at="cell 3, line 12",
    certainty="exact",
    alternatives=("kernel_flipped",),
)


def report(*tasks: TaskResult, **fields: Any) -> Report:
    """Build the report of a graded submission."""
    given: dict[str, Any] = {
        "exercise": "04_conv_backprop",
        "submission": SubmissionInfo(path="work/04_conv_backprop.py", sha256="00"),
        "status": "graded",
        "score": sum(task.score for task in tasks),
        "max_score": sum(task.max_score for task in tasks),
        "tasks": tasks,
        "environment": Environment(cnnexercises="0", python="3", numpy="2", torch=None, platform="p"),
        "sandbox": SandboxInfo(level="strict", features=()),
        "seed": 0,
        "duration_seconds": 0.1,
    }
    return Report(**{**given, **fields})


def case(name: str, passed: bool, **fields: Any) -> CaseResult:
    """Build the result of a case of one point."""
    given = {"score": float(passed), "max_score": 1, "outcome": "returned"}
    return CaseResult(name=name, passed=passed, **{**given, **fields})


def example(rows: int = 2, columns: int = 3) -> Counterexample:
    """Build a counterexample whose last entry is wrong."""
    right = np.arange(1.0, rows * columns + 1).reshape(rows, columns)
    wrong = right.copy()
    wrong[-1, -1] = 0.0
    call = f"x = {paste(right, 4)}\nconv2d_backward(x)"
    return Counterexample(call=call, returned=draw_pair(wrong, right), expected=draw(right), replay="")


def failed(**fields: Any) -> TaskResult:
    """Build a task with one wrong case of three."""
    cases = (case("stride 1", True), case("stride 2", False, message="Try stride 2."), case("pairs", True))
    given = {"status": "failed", "score": 3.5, "max_score": 6, "cases": cases, "counterexample": example()}
    return TaskResult(name="conv2d_backward", **{**given, **fields})


PASSED = TaskResult(name="conv1d_backward", status="passed", score=4, max_score=4)
WAITING = TaskResult(name="lp_grad", status="not_started", score=0, max_score=6)


def shown(made: Report, width: int = 80, **options: Any) -> str:
    """Return what is printed into a pipe."""
    stream = io.StringIO()
    render(made, console=Console(file=stream, width=width), **options)
    return stream.getvalue()


def test_the_headline_has_title_score_and_state() -> None:
    """The first line says the exercise, the score of the whole, and how many tasks passed."""
    first = shown(report(PASSED, failed()), title="Backward pass").split("\n")[0]
    assert first == "Backward pass: 7.5 / 10, 1 of 2 passed"


def test_states_are_words() -> None:
    """Each task says in words how it went, so that colour is never needed."""
    gone = TaskResult(name="gone", status="missing", score=0, max_score=1, notes=("gone is not defined.",))
    text = shown(report(PASSED, failed(), WAITING, gone))
    assert "\u2713 passed       4 / 4    conv1d_backward\n" in text
    assert "\u2717 failed       3.5 / 6  conv2d_backward\n" in text
    assert "\u25cb not started  0 / 6    lp_grad: write this one (a first hint: cnnex hint 4)\n" in text
    assert "\u2717 missing      0 / 1    gone\n    Note: gone is not defined.\n" in text


def test_the_diagnosis_comes_first() -> None:
    """A failed task tells its diagnosis before anything else, and not the messages of its cases."""
    text = shown(report(failed(diagnosis=DIAGNOSIS)))
    lines = text.split("\n")
    start = lines.index("    dx is cut with [pad:-pad]")
    assert lines[start + 1 : start + 4] == [
        "    With padding 0 that is [0:-0], which is empty.",
        "    Where to look: cell 3, line 12",
        "    It may also be: kernel flipped",
    ]
    assert "Try stride 2." not in text


def test_without_a_diagnosis_the_first_failed_case_speaks() -> None:
    """The message of the first failed case that is worth points stands in for a diagnosis."""
    note = case("integers", False, max_score=0, message="An integer array.")
    cases = (note, case("stride 2", False, message="Try stride 2."), case("b", False))
    text = shown(report(failed(cases=cases)))
    assert "\n    stride 2: Try stride 2.\n" in text
    assert "An integer array." not in text


def test_small_arrays_stand_beside_each_other() -> None:
    """What came back and what was expected share their lines, with the wrong entry marked."""
    lines = shown(report(failed())).split("\n")
    start = lines.index("    What came back (* differs)   Expected")
    assert lines[start + 1 : start + 4] == [
        "      array (2, 3) float64       array (2, 3) float64",
        "        1.  2.  3.                 1.  2.  3.",
        "        4.  5.  0.*                4.  5.  6.",
    ]


def test_arrays_that_do_not_fit_stand_below_each_other() -> None:
    """In a narrow terminal the expected value follows the returned one."""
    lines = shown(report(failed()), width=44).split("\n")
    assert lines.index("    What came back (* differs)") + 4 == lines.index("    Expected")


def test_the_call_can_be_pasted() -> None:
    """The failing call is shown as the source that makes its arguments, without the indentation changed."""
    text = shown(report(failed()))
    pasted = "".join(line[6:] + "\n" for line in text.split("    Call\n")[1].split("\n")[:2])
    scope: dict[str, Any] = {"np": np}
    exec(pasted, scope)
    assert scope["x"].tolist() == [[1, 2, 3], [4, 5, 6]]


def test_an_exception_is_told_in_full() -> None:
    """An exception in place of a result is wrapped, not cut: the place stands at its end."""
    error = "ValueError: operands could not be broadcast together with shapes (2,3) (3,) (cell 3, line 14)"
    text = shown(report(failed(counterexample=example().model_copy(update={"returned": error}))))
    assert " ".join(text.split("What came back")[1].split()).startswith(error)


def test_an_asterisk_in_an_error_is_no_mark() -> None:
    """The product sign of an error's text does not announce marked entries."""
    text = "TypeError: bad operand types for *: int and None, f(*a)"
    error = Counterexample(call="f(1)", returned=text, expected="2", replay="")
    assert "    What came back      " in shown(report(failed(counterexample=error)))


def test_the_cases_are_counted() -> None:
    """The count leaves out cases worth nothing, and names the failed ones and how many did not run."""
    cases = (
        case("a", True),
        case("with integers", False, max_score=0),
        case("b, c", False),
        case("d", False, outcome="skipped"),
    )
    text = shown(report(failed(cases=cases)))
    assert "    1 of 3 cases passed, 1 not run. Failed: b, c\n" in text


def test_a_failed_task_takes_a_screen_at_most() -> None:
    """However much went wrong, a task takes at most 30 lines, and the call itself is among them."""
    words = {"title": "word " * 99, "explanation": "word " * 999, "look_at": "word " * 99}
    crowded = failed(
        cases=[case(f"case {at} " + "word " * 9, False) for at in range(99)],
        diagnosis=DIAGNOSIS.model_copy(update=words),
        counterexample=example(12, 8),
        notes=["note " * 99] * 9,
    )
    for width in (40, 80, 200):
        lines = shown(report(crowded), width).split("\n")
        start = next(at for at, line in enumerate(lines) if line.startswith("\u2717 failed"))
        end = next(at for at, line in enumerate(lines) if line.startswith("Next: "))
        assert end - start <= 30
        assert any("conv2d_backward(x)" in line for line in lines[start:end])
        assert max(map(len, lines[start:end])) <= width


def test_a_cut_value_shows_its_first_difference() -> None:
    """When a value has more lines than there is room for, the lines around the first mark are chosen."""
    text = shown(report(failed(diagnosis=DIAGNOSIS, counterexample=example(12, 30))))
    assert "*" in text.split("(* differs)")[1].split("cases passed")[0]


def test_notes_follow_a_passed_task() -> None:
    """A right answer with something worth knowing shows its note, and stays passed."""
    text = shown(report(PASSED.model_copy(update={"notes": ("The result is a view of x.",)})))
    assert "conv1d_backward\n    Note: The result is a view of x.\n" in text


@pytest.mark.parametrize("status", ["unreadable", "fault"])
def test_without_a_grade_only_the_message_is_shown(status: str) -> None:
    """A file that cannot be read, and a fault of the grader, show their sentence and nothing else."""
    assert shown(report(WAITING, status=status, message="It is not Python.")) == "It is not Python.\n"


def test_training_takes_one_line() -> None:
    """The brief training shows accuracy, threshold, data set and device in one line."""
    training = Training(
        passed=True, accuracy=0.9633, threshold=0.945, loss=0.1, dataset="mnist", images=5000, epochs=1,
        device="cpu", seed=0, seconds=2.0,
    )  # fmt: skip
    text = shown(report(PASSED, training=training))
    assert "\u2713 passed       training: accuracy 96.33 %, needs 94.50 % (mnist, cpu)\n" in text


@pytest.mark.parametrize(
    ("tasks", "step"),
    [
        ((PASSED,), "Full marks! The next exercise is 05_pool_backprop."),
        ((PASSED, WAITING, failed()), "Next: fix conv2d_backward (a hint: cnnex hint 4), then grade again:"),
        ((PASSED, WAITING), "Next: write lp_grad (a hint: cnnex hint 4), then grade again:"),
    ],
)
def test_the_end_says_what_to_do(tasks: tuple[TaskResult, ...], step: str) -> None:
    """The next step is to fix the first failed task, else to write the first unwritten one, else to go on."""
    assert step in shown(report(*tasks), next_exercise="05_pool_backprop").split("\n")


def test_the_command_to_grade_again_can_be_copied() -> None:
    """A path with spaces is quoted in the command, which no line break cuts."""
    path = "my work/" + "long " * 20 + "04.py"
    text = shown(report(WAITING, submission=SubmissionInfo(path=path, sha256="")))
    assert text.endswith(f"\n    cnnex grade '{path}'\n")


HOSTILE = "[bold]x[/bold] :smile: [link=file:///]\x1b[31m\x1b]0;t\x07\u202e\ud800\x9b\r"


def test_a_students_text_is_shown_as_it_is() -> None:
    """Markup, escape sequences and direction overrides in any text field are shown and not obeyed."""
    hostile = failed(
        cases=(case(HOSTILE, False, message=HOSTILE),),
        counterexample=Counterexample(call=HOSTILE, returned=HOSTILE, expected=HOSTILE, replay=""),
        notes=(HOSTILE,),
    )
    named = failed(diagnosis=DIAGNOSIS.model_copy(update={"title": HOSTILE, "explanation": HOSTILE}))
    info = SubmissionInfo(path=HOSTILE, sha256="")
    text = shown(report(hostile, named, submission=info, message=HOSTILE), width=200)
    assert text.count("[bold]x[/bold] :smile: [link=file:///]\\x1b[31m") >= 10
    assert not set(text) & set("\x1b\x07\u202e\ud800\x9b\r")


def test_wide_letters_count_two_columns() -> None:
    """Korean text, whose letters take two columns, is wrapped and cut to the width of the terminal."""
    korean = failed(diagnosis=DIAGNOSIS.model_copy(update={"explanation": "합성곱의 역전파 " * 30}))
    korean = korean.model_copy(update={"counterexample": example().model_copy(update={"call": "가" * 90})})
    lines = shown(report(korean)).split("\n")
    assert max(len(line) + sum(char >= "가" for char in line) for line in lines) <= 80


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "cp949"])
def test_an_encoding_without_the_marks_gets_plain_ones(encoding: str) -> None:
    """What the stream cannot encode is written in ASCII, and never an error."""
    written = io.BytesIO()
    stream = io.TextIOWrapper(written, encoding=encoding)
    smile = DIAGNOSIS.model_copy(update={"title": "\u2713 \u2192 \U0001f600"})
    made = report(PASSED, failed(diagnosis=smile))
    render(made, console=Console(file=stream, width=80), title="합성곱")
    stream.flush()
    text = written.getvalue().decode(encoding)
    assert "\n+ passed       4 / 4" in text
    assert "\\U0001f600" in text


def test_a_pipe_gets_no_colour(monkeypatch: pytest.MonkeyPatch) -> None:
    """Into a pipe no escape code is written, lines fit 80 columns, and none ends with spaces."""
    for name in ("FORCE_COLOR", "COLUMNS", "TTY_COMPATIBLE"):
        monkeypatch.delenv(name, raising=False)
    stream = io.StringIO()
    render(report(PASSED, failed(diagnosis=DIAGNOSIS), WAITING), console=Console(file=stream))
    lines = stream.getvalue().split("\n")
    assert "\x1b" not in stream.getvalue()
    assert max(map(len, lines)) <= 80
    assert [line.rstrip() for line in lines] == lines


def test_colours_say_nothing_that_words_do_not(monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal shows red and green; NO_COLOR takes the colours away, and the text is the same."""
    made = report(PASSED, failed(diagnosis=DIAGNOSIS), WAITING)
    monkeypatch.delenv("NO_COLOR", raising=False)
    coloured = _terminal(made)
    monkeypatch.setenv("NO_COLOR", "1")
    plain = _terminal(made)
    assert "\x1b[1;32m\u2713 passed" in coloured
    assert "\x1b[1;31m0.*\x1b[0m" in coloured
    assert "31m" not in plain
    assert _bare(coloured) == _bare(plain) == shown(made)


def _terminal(made: Report) -> str:
    stream = io.StringIO()
    render(made, console=Console(file=stream, width=80, force_terminal=True, color_system="standard"))
    return stream.getvalue()


def _bare(text: str) -> str:
    from rich.text import Text

    return Text.from_ansi(text).plain
