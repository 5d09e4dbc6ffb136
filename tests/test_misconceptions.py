"""What holds of every misconception, whatever the exercise: its words fit the page, and it is no catch-all."""

from __future__ import annotations

import re
import textwrap

import pytest

from cnnexercises.catalog import exercises
from cnnexercises.exercise import FunctionTask
from grader.diagnosis import mistaken_answer
from grader.grading import questions

TASKS = [task for exercise in exercises() for task in exercise.tasks if isinstance(task, FunctionTask)]
WIDTH = 92
"""Columns of prose in a terminal; what does not fit is cut off."""

each_task = pytest.mark.parametrize("task", TASKS, ids=[task.name for task in TASKS])


@each_task
def test_the_words_fit_the_page(task: FunctionTask) -> None:
    """A title takes two lines, an explanation five and where to look one, each a sentence or a phrase."""
    for known in task.misconceptions:
        assert len(textwrap.wrap(known.title, WIDTH)) <= 2, known.slug
        assert len(textwrap.wrap(known.explanation, WIDTH)) <= 5, known.slug
        assert len(textwrap.wrap(f"Where to look: {known.look_at}", WIDTH)) <= 1, known.slug
        assert known.title[-1] != ".", known.slug
        assert known.explanation[-1] in ".?", known.slug
        assert known.look_at[-1] in ".?", known.slug


@each_task
def test_slugs_are_names(task: FunctionTask) -> None:
    """Slugs are in snake case, and no two mistakes of a task share one."""
    slugs = [known.slug for known in task.misconceptions]
    assert len(set(slugs)) == len(slugs)
    assert all(re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", slug) for slug in slugs)


@each_task
def test_no_misconception_crashes_on_every_case(task: FunctionTask) -> None:
    """A mistake that always crashes would explain whatever else always crashes."""
    calls = [question.call for question in questions(task, 0) if question.case.points]
    for known in task.misconceptions:
        assert not all(mistaken_answer(known.wrong, call).raised for call in calls), known.slug
