"""What is said about a file that did not load as a whole, and about tasks of which nothing can be called."""

from __future__ import annotations

import ast
from difflib import get_close_matches

from cnnexercises.exercise import ModelTask, Task
from grader.outcome import Died, Loaded, LoadError, OutOfMemory, TimedOut
from grader.report import TaskResult, TaskStatus
from grader.submission import Submission
from grader.verdict import exception_text, located


def points(task: Task) -> float:
    """Return what a task is worth."""
    if isinstance(task, ModelTask):
        return sum(task.points.values())
    return sum(case.points for case in task.cases)


def unstarted(task: Task) -> TaskResult:
    """Return the result of a task that is the untouched stub."""
    return TaskResult(name=task.name, status="not_started", score=0, max_score=points(task))


def undefined(task: Task, loaded: Loaded | TimedOut | OutOfMemory | Died, submission: Submission) -> TaskResult:
    """Return the result of a task whose entry point is not there: "error" when something that failed may have defined
    it."""
    failed = not isinstance(loaded, Loaded) or loaded.errors or any(unit.syntax_error for unit in submission.units)
    status: TaskStatus = "error" if failed else "missing"
    reason = "is not there, because something outside it failed." if failed else "is not defined."
    if not failed and (near := _near(task.name, submission)):
        reason += f" There is {near}: is it the one, by another name?"
    return TaskResult(name=task.name, status=status, score=0, max_score=points(task), notes=(f"{task.name} {reason}",))


def _near(name: str, submission: Submission) -> str | None:
    """Return the function or class of a submission whose name is nearly the one asked for."""
    kinds = (ast.FunctionDef, ast.ClassDef)
    nodes = [node for unit in submission.units for node in ast.parse(unit.source).body if isinstance(node, kinds)]
    names = {node.name.lower(): node.name for node in nodes}
    close = get_close_matches(name.lower(), names, 1, cutoff=0.85)
    return names[close[0]] if close else None


def load_message(loaded: Loaded | TimedOut | OutOfMemory | Died, submission: Submission) -> str | None:
    """Return one sentence on what did not run outside functions, or None."""
    for unit in submission.units:
        if unit.syntax_error:
            return f"{unit.label} is not valid Python, {unit.syntax_error}"
    match loaded:
        case Loaded(_, errors):
            return _first_error(errors[0], submission) if errors else None
        case TimedOut(seconds):
            return f"Loading the file did not end within {seconds:g} s: move what runs for long into a function."
        case OutOfMemory(limit):
            return f"Loading the file asked for more than {limit} MiB of memory."
        case Died(how):
            return f"Loading the file ended the whole process: it {how}."


def _first_error(error: LoadError, submission: Submission) -> str:
    if error.name == "ModuleNotFoundError":
        hint = "Only what the exercise names can be imported here; the statement was skipped."
    else:
        hint = "The statement was skipped; the rest was graded."
    return f"{exception_text(error.name, error.text)}{located(error.place, submission)}. {hint}"
