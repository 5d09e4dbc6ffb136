"""Marks functions by the cases and the ladder of a task, in this process and without the grader."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from functools import partial
from types import ModuleType
from typing import Any

import numpy as np

from cnnexercises.catalog import folder
from cnnexercises.exercise import Call, Case, Exercise, FunctionTask

Function = Callable[..., Any]


def tasks(exercise: Exercise) -> dict[str, FunctionTask]:
    """Return the functions to write, by name."""
    return {task.name: task for task in exercise.tasks if isinstance(task, FunctionTask)}


def solution(exercise: Exercise) -> ModuleType:
    """Import the worked solution."""
    spec = importlib.util.spec_from_file_location(
        f"solution_{exercise.slug}", folder("solutions") / f"{exercise.name}.py"
    )
    if spec is None or spec.loader is None:
        raise FileNotFoundError(exercise.name)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def answer(function: Function, question: Call) -> Any:
    """Return what the call returns, or the class of what it raises."""
    try:
        return function(*question.args, **question.kwargs)
    except Exception as error:
        return type(error)


def agree(expected: Any, given: Any, single: bool = False) -> bool:
    """Whether an answer counts as the expected one: a list as a tuple, np.integer as int, float32 to 1e-5.

    ``single`` says that the inputs were float32: then the answer may be computed in it, whatever its dtype.
    """
    if isinstance(expected, type):
        return isinstance(given, type) and issubclass(given, expected)
    if isinstance(expected, tuple | list):
        same = isinstance(given, tuple | list) and len(given) == len(expected)
        return same and all(agree(part, other, single) for part, other in zip(expected, given, strict=True))
    if isinstance(expected, int):
        return isinstance(given, int | np.integer) and not isinstance(given, bool) and given == expected
    if not isinstance(given, np.ndarray) or given.shape != expected.shape:
        return False
    tolerance = 1e-5 if single or given.dtype == np.float32 else 1e-9
    numeric = given.dtype.kind in ("f", expected.dtype.kind)
    return numeric and np.allclose(given, expected, rtol=tolerance, atol=tolerance)


def _untouched(now: Call, before: Call) -> bool:
    pairs = list(zip(now.args, before.args, strict=True))
    pairs += [(now.kwargs[name], before.kwargs[name]) for name in before.kwargs]
    return all(np.array_equal(a, b) for a, b in pairs if b is not None)


def right(task: FunctionTask, function: Function, draw: Callable[[], Call]) -> bool:
    """Whether the function answers as the reference does, and leaves its arguments as they were."""
    question, fresh = draw(), draw()
    given = answer(function, question)
    values = (*fresh.args, *fresh.kwargs.values())
    single = any(isinstance(value, np.ndarray) and value.dtype == np.float32 for value in values)
    return _untouched(question, fresh) and agree(answer(task.reference, fresh), given, single)


def lost(task: FunctionTask, function: Function, seed: int) -> list[Case]:
    """Return the cases that the function gets wrong, those without points too."""

    def draw(case: Case) -> Call:
        return case.inputs(np.random.default_rng(seed))

    return [case for case in task.cases if not right(task, function, partial(draw, case))]


def missed(task: FunctionTask, function: Function) -> list[Call]:
    """Return the rungs of the ladder that the function gets wrong, the smallest first."""
    twice = zip(task.ladder(), task.ladder(), task.ladder(), strict=True)
    return [rung for rung, *pair in twice if not right(task, function, iter(pair).__next__)]


def spelled(question: Call) -> str:
    """Return a call as text, in which equal calls are equal."""
    values = [*question.args, *sorted(question.kwargs.items())]
    return repr([value.tolist() if isinstance(value, np.ndarray) else value for value in values])
