"""Tables of mistakes, which become the misconceptions of any computation that has their steps."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from cnnexercises.exercise import Misconception, misconception

Function = Callable[..., Any]

Told = tuple[str, str, str, str, dict[str, Function]]
"""Slug, title, explanation, where to look, and the exchanged steps."""


class Refused(ValueError, AssertionError):
    """An input that a mistaken computation refuses on purpose, as a submission does with raise or assert."""


def known(computation: Function, table: Iterable[Told]) -> tuple[Misconception, ...]:
    """Return the misconceptions of a table, made of a computation whose steps are keyword-only arguments."""
    return tuple(
        misconception(slug, title, explanation, look_at, computation, **steps)
        for slug, title, explanation, look_at, steps in table
    )
