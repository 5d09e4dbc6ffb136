"""A report as a student reads it in a terminal: one finding first, at most a screen for each task."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from rich.cells import cell_len, set_cell_size
from rich.console import Console
from rich.text import Text

from grader.report import CaseResult, Counterexample, Report, TaskResult, Training
from grader.show.arrays import MARK
from grader.show.untrusted import visible
from grader.show.wording import DIFFERS, OUTCOMES, hint_command, lost, points, standing

_SCREEN = 30  # lines of one task
_PROSE = 96  # columns: longer lines are hard to read
_NARROWEST = 40
_GAP = "   "

# Bold red, bold green and plain bold read well on dark and on light backgrounds; the words carry the meaning.
_STYLES = {"passed": "bold green", "not started": "bold"}
_FAILED = "bold red"
_MARKS = {"passed": "\N{CHECK MARK}", "not started": "\N{WHITE CIRCLE}"}
_CROSS = "\N{BALLOT X}"
_ASCII = {"\N{CHECK MARK}": "+", "\N{WHITE CIRCLE}": "-", "\N{BALLOT X}": "x"}
def render(
    report: Report, *, console: Console, title: str | None = None, next_exercise: str | None = None
) -> None:
    """Print a report for its student.

    ``title`` is that of the exercise (its name when None), ``next_exercise`` the name to go on with after
    full marks. Nothing in the report is read as markup; what the console's encoding lacks becomes an escape.
    """
    lines: list[Text] = []
    for line in _report(_Page(console), report, title or report.exercise, next_exercise):
        line.rstrip()
        if line.plain or (lines and lines[-1].plain):  # never two blank lines in a row
            lines.append(line)
    console.print(Text("\n").join(lines), soft_wrap=True)


@dataclass(frozen=True)
class _Page:
    """How much room there is, and the ways to put untrusted text into it."""

    console: Console

    @property
    def width(self) -> int:
        return max(self.console.width, _NARROWEST)

    def clean(self, text: str, limit: int = 2000) -> str:
        encoding = self.console.encoding
        shown = visible(text, limit)
        for mark, plain in _ASCII.items():
            if mark in shown and mark.encode(encoding, "ignore") == b"":
                shown = shown.replace(mark, plain)
        return shown.encode(encoding, "backslashreplace").decode(encoding)

    def line(self, text: str, width: int) -> str:
        """Return text such as a path as one line of at most ``width`` columns."""
        return self.cut(self.clean(text).replace("\n", "\\n"), width)

    def cut(self, text: str, width: int) -> str:
        """Return one line of at most ``width`` columns; a Korean letter takes two."""
        if cell_len(text) <= width:
            return text
        return set_cell_size(text, width - 3).rstrip() + "..."

    def wrap(self, text: str, most: int, indent: str = "    ", style: str = "") -> list[Text]:
        """Return prose as at most ``most`` lines; the last ends with "..." when something was left out."""
        width = min(self.width, _PROSE) - len(indent)
        lines = self.fold(self.clean(text), width)
        if len(lines) > most:
            lines = [*lines[: most - 1], set_cell_size(lines[most - 1], width - 3).rstrip() + "..."]
        return [Text(indent + line if line else "", style=style) for line in lines]

    def fold(self, text: str, width: int) -> list[str]:
        return [line.plain.rstrip() for line in Text(text).wrap(self.console, width, overflow="fold")]

    def block(self, text: str, width: int) -> list[str]:
        """Return the lines of a text whose layout matters, each cut to ``width`` columns."""
        return [self.cut(line, width).rstrip() for line in self.clean(text, 20_000).rstrip("\n").split("\n")]

    def value(self, text: str, width: int) -> list[str]:
        """Return the lines of a drawn value, or of a sentence in its place, such as an exception."""
        drawn = self.block(text, width)
        return drawn if len(drawn) > 2 else self.fold(self.clean(text), width)[:5]


def _report(page: _Page, report: Report, title: str, next_exercise: str | None) -> Iterator[Text]:
    if report.status in ("unreadable", "fault"):
        yield from page.wrap(report.message or "This submission could not be graded.", _SCREEN, "")
        return
    yield from page.wrap(f"{title}: {points(report)}, {standing(report)}", 2, "", "bold")
    yield Text(page.line(report.submission.path, page.width))
    if report.message:
        yield from page.wrap(report.message, 5, "")
    yield Text()
    width = max((len(points(task)) for task in report.tasks), default=0)
    for task in report.tasks:
        yield from _task(page, task, width, hint_command(report))
    if report.training:
        yield _training(page, report.training)
    yield Text()
    yield from page.wrap(_next_step(report, next_exercise), 2, "", "bold")
    if not report.full_marks:
        # Not cut to the width: a command is there to be copied.
        yield Text("    " + page.line(f"cnnex grade {shlex.quote(report.submission.path)}", 1000))


def _state_line(page: _Page, words: str, rest: str) -> Text:
    style = _STYLES.get(words, _FAILED)
    line = Text()
    line.append(page.clean(f"{_MARKS.get(words, _CROSS)} {words:<11}"), style)
    return line.append("  " + page.line(rest, page.width - cell_len(line.plain) - 2))


def _task(page: _Page, task: TaskResult, width: int, hint: str) -> Iterator[Text]:
    line = f"{points(task):<{width}}  {task.name}"
    words = task.status.replace("_", " ")
    if task.status == "not_started":
        yield _state_line(page, words, f"{line}: write this one (a first hint: {hint})")
        return
    yield _state_line(page, words, line)
    if task.status == "passed":
        for told in (case.message for case in task.cases if case.passed and case.message):
            yield from page.wrap(told, 3, "    ")  # how a training went
        yield from _notes(page, task.notes, 3)
        return
    finding = _finding(page, task)
    tail = [*_cases(page, task.cases), *_notes(page, task.notes, 1)]
    yield from finding
    if task.counterexample:
        # Two of the lines are this task's own first one and the blank one after it.
        yield from _example(page, task.counterexample, _SCREEN - len(finding) - len(tail) - 2)
    yield from tail
    yield Text()


# --- the parts of a failed task -----------------------------------------------------------------------------


def _finding(page: _Page, task: TaskResult) -> list[Text]:
    diagnosis = task.diagnosis
    if diagnosis is None:
        case = next((case for case in task.cases if lost(case)), None)
        if case is None:  # the notes say why nothing was called
            return [] if task.notes else page.wrap("No case was run.", 1)
        return page.wrap(f"{case.name}: {case.message or OUTCOMES[case.outcome]}", 6)
    lines = page.wrap(diagnosis.title, 2, style="bold") + page.wrap(diagnosis.explanation, 5)
    if diagnosis.look_at:
        lines += page.wrap(f"Where to look: {diagnosis.look_at}", 1)
    if diagnosis.alternatives:
        others = ", ".join(slug.replace("_", " ").replace("-", " ") for slug in diagnosis.alternatives)
        lines += page.wrap(f"It may also be: {others}", 1)
    return lines


def _cases(page: _Page, cases: Sequence[CaseResult]) -> list[Text]:
    pointed = [case for case in cases if case.max_score > 0]
    failed = [case.name for case in pointed if lost(case)]
    if not failed:
        return []
    skipped = sum(case.outcome == "skipped" for case in pointed)
    start = f"{sum(case.passed for case in pointed)} of {len(pointed)} cases passed"
    start += f", {skipped} not run. Failed: " if skipped else ". Failed: "
    for named in range(min(len(failed), 8), 1, -1):
        more = f"; and {len(failed) - named} more" if named < len(failed) else ""
        lines = page.wrap(start + "; ".join(failed[:named]) + more, 3)
        if len(lines) < 3:
            return lines
    more = f"; and {len(failed) - 1} more" if len(failed) > 1 else ""
    return page.wrap(start + failed[0] + more, 2)


def _notes(page: _Page, notes: Sequence[str], most: int) -> list[Text]:
    lines = [line for note in notes[:most] for line in page.wrap(f"Note: {note}", 3)]
    if len(notes) > most:
        lines += page.wrap(f"({len(notes) - most} more in --format json)", 1)
    return lines


def _example(page: _Page, example: Counterexample, room: int) -> Iterator[Text]:
    """Lay out the call, then what came back beside what was expected, in at most ``room`` lines."""
    inner = page.width - 6
    call = page.block(example.call, inner)
    returned, expected = page.value(example.returned, inner), page.value(example.expected, inner)
    heading = "What came back" + (f" ({MARK} differs)" if any(map(DIFFERS.search, returned)) else "")
    left = max(cell_len(heading) - 2, *map(cell_len, returned))
    beside = left + len(_GAP) + max(map(cell_len, ["Expected", *expected])) <= inner
    values = max(len(returned), len(expected)) if beside else len(returned) + len(expected) + 1
    room -= 4  # two headings and two blank lines
    call = _middle_out(call, max(room - values, room // 3))
    yield from (Text(), Text("    Call", style="bold"))
    yield from (Text("      " + line) for line in call)
    room -= len(call)
    marked = next((at for at, line in enumerate(returned) if DIFFERS.search(line)), 0)
    if beside:
        yield Text("    " + set_cell_size(heading, left + 2) + _GAP + "Expected", style="bold")
        yield from _beside(_window(returned, marked, room), _window(expected, marked, room), left)
    else:
        half = (room - 1) // 2
        returned = _window(returned, marked, max(half, room - 1 - len(expected)))
        expected = _window(expected, marked, max(half, room - 1 - len(returned)))
        yield Text("    " + heading, style="bold")
        yield from (Text("      ") + _marked(line) for line in returned)
        yield Text("    Expected", style="bold")
        yield from (Text("      " + line) for line in expected)
    yield Text()


def _middle_out(lines: list[str], most: int) -> list[str]:
    """Leave out lines before the last one, which is the call itself."""
    if len(lines) <= most:
        return lines
    return [*lines[: most - 2], f"... ({len(lines) - most + 1} more in --format json)", lines[-1]]


def _window(lines: list[str], marked: int, most: int) -> list[str]:
    """Cut to ``most`` lines, from just above the first mark where that is further down."""
    if len(lines) <= most:
        return lines
    start = min(marked - 2, len(lines) - most) if marked > most - 2 else 0
    chosen = lines[start : start + most]
    if start and most > 2:
        chosen[0] = "..."
    if start + most < len(lines) and most > 2:
        chosen[-1] = "..."
    return chosen


def _beside(returned: list[str], expected: list[str], left: int) -> Iterator[Text]:
    for got, wanted in zip_longest(returned, expected, fillvalue=""):
        line = Text("      ") + _marked(got)
        yield line.append(" " * (left - cell_len(got)) + _GAP + wanted)


def _marked(line: str) -> Text:
    text = Text(line)
    text.highlight_regex(DIFFERS, _FAILED)
    return text


# --- the end ------------------------------------------------------------------------------------------------


def _training(page: _Page, training: Training) -> Text:
    words = "passed" if training.passed else "failed"
    accuracy, threshold = (f"{100 * share:.2f} %" for share in (training.accuracy, training.threshold))
    told = f"training: accuracy {accuracy}, needs {threshold} ({training.dataset}, {training.device})"
    return _state_line(page, words, told)


def _next_step(report: Report, next_exercise: str | None) -> str:
    if report.full_marks:
        return f"Full marks! The next exercise is {next_exercise}." if next_exercise else "Full marks!"
    failed = [task.name for task in report.tasks if task.status not in ("passed", "not_started")]
    waiting = [task.name for task in report.tasks if task.status == "not_started"]
    open_points = f"write {waiting[0]}" if waiting else "win the points that are still open"
    todo = f"fix {failed[0]}" if failed else open_points
    return f"Next: {todo} (a hint: {hint_command(report)}), then grade again:"
