"""What it means when a network answers with something else than logits."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from cnnexercises.exercise import ModelTask
from grader.crashes import pattern
from grader.network_settings import Calls, Follow
from grader.report import Diagnosis

_RETURN = "The last line of forward."


def no_logits(value: Any, images: int, task: ModelTask, follow: Follow = Calls) -> Diagnosis | None:
    """Return what it means when something else than float logits (images, classes) came back."""
    match value:
        case {"type": "NoneType"}:
            explanation = "A function without return gives None."
            return pattern("nothing_returned", "forward returns nothing", explanation, _RETURN)
        case {"type": "tuple" | "list" | "dict" as kind}:
            explanation = "The loss takes the logits alone: one tensor (N, 10)."
            return pattern("tuple_returned", f"forward returns a {kind}, not the logits", explanation, _RETURN)
        case {"type": str(kind)}:
            return pattern("no_tensor", f"forward returns a {kind[:60]}", "Return the tensor of logits.", _RETURN)
        case np.ndarray():
            told = _other_array(value, images, task, follow)
            return pattern(told[0], told[1], told[2], _RETURN) if told else None
    return None


Told = tuple[str, str, str]
"""Slug, title and explanation."""


def _other_array(value: Any, images: int, task: ModelTask, follow: Follow) -> Told | None:
    classes, shape = task.classes, value.shape
    if shape == (images, classes):
        return _NOT_FINITE if value.dtype.kind == "f" else _WHOLE
    if value.dtype.kind in "iub":
        return _CLASS
    if shape == (classes,):
        return _NO_BATCH
    if shape in ((), (images,)):
        explanation = f"A sum, an average or a maximum is left. Return all {classes} logits of each image."
        return ("one_number", f"forward returns one number{' an image' if shape else ''}", explanation)
    if len(shape) == 2 and shape[0] == images:
        explanation = f"Of each class one: the last layer is nn.Linear({math.prod(task.flattened)}, {classes})."
        return ("other_outputs", f"There are {shape[1]} outputs, not {classes}", explanation)
    return _other_rows(shape[0], images, follow) if len(shape) == 2 and shape[1] == classes else None


def _other_rows(rows: int, images: int, follow: Follow) -> Told:
    title = f"Of {images} image{'s' if images > 1 else ''} come {rows} rows of logits"
    if rows < images:
        explanation = "Does forward keep something of an earlier call, or look at one image only?"
        return ("rows_are_missing", title.replace("come 1 rows", "comes 1 row"), explanation)
    explanation = (
        "view(-1, n) makes as many rows as it needs: if an image has more or fewer than n numbers, rows are not images "
        "any more. Write x.flatten(1), or x.view(x.size(0), -1), and see what size the linear layer needs."
    )
    settings = follow().other_settings()
    told = (settings, f"{title}. {explanation}") if settings else (title, explanation)
    return ("rows_are_not_images", *told)


_NOT_FINITE = ("not_finite", "The logits are NaN or infinity", "Is there a division by 0, or a logarithm of 0?")
_WHOLE = (
    "whole_numbers",
    "The logits are whole numbers",
    "Rounding, argmax and argsort have no gradient. Return the logits as they are.",
)
_CLASS = (
    "class_index",
    "forward returns the class, not the logits",
    "argmax picks the most likely class, and has no gradient. Return the logits: the loss takes them.",
)
_NO_BATCH = (
    "batch_axis_lost",
    "The axis of the batch is lost",
    "squeeze() or flatten() also removed the axis of the images. flatten(1) begins after it.",
)
