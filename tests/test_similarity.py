"""The same code under other names is found, for a person to look at; other code is not."""

from __future__ import annotations

import json
from datetime import datetime, timezone
from pathlib import Path

import pytest
from storing import a_key

from grader.grades import Key, Mark
from grader.similarity import alike, fingerprint
from grader.submission import read_submission

ORIGINAL = '''
import numpy as np

def zero_pad(x, padding):
    """Pad with zeros."""
    height, width = padding
    result = np.zeros((x.shape[0] + 2 * height, x.shape[1] + 2 * width))
    for row in range(x.shape[0]):  # row by row
        result[height + row, width:width + x.shape[1]] = x[row]
    return result
'''

RENAMED = '''
from __future__ import annotations
import numpy as np

def zero_pad(image: np.ndarray, p: tuple[int, int]) -> np.ndarray:
    h, w = p
    out = np.zeros((image.shape[0] + 2*h,
                    image.shape[1] + 2*w))
    for i in range(image.shape[0]):
        out[h + i, w:w + image.shape[1]] = image[i]
    return out
'''


def print_of(folder: Path, source: str, name: str = "02_manual_conv.py") -> str:
    """Return the fingerprint of a file with this source."""
    path = folder / name
    path.write_text(source, "utf-8")
    return fingerprint(read_submission(path))


def test_names_comments_and_annotations_do_not_count(tmp_path: Path) -> None:
    """Renaming every variable, and adding annotations and comments, leaves the fingerprint."""
    assert print_of(tmp_path, ORIGINAL) == print_of(tmp_path, RENAMED)


def test_a_notebook_has_the_fingerprint_of_its_code(tmp_path: Path) -> None:
    """Code copied from a file into a notebook is the same code."""
    cells = [{"cell_type": "code", "source": part} for part in ("import numpy as np", ORIGINAL.split("np\n", 1)[1])]
    notebook = json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": cells})
    assert print_of(tmp_path, notebook, "02_manual_conv.ipynb") == print_of(tmp_path, ORIGINAL)


@pytest.mark.parametrize(
    ("what", "other"),
    [("2 * height", "height + height"), ("np.zeros", "np.ones"), ("range(x.shape[0])", "range(x.shape[1])")],
)
def test_other_code_has_another_fingerprint(tmp_path: Path, what: str, other: str) -> None:
    """Another way to compute the same, another function, and another mistake are other code."""
    assert what in ORIGINAL
    assert print_of(tmp_path, ORIGINAL) != print_of(tmp_path, ORIGINAL.replace(what, other, 1))


def test_exchanged_names_are_other_code(tmp_path: Path) -> None:
    """Where two variables are exchanged the code does something else, though the names are the same."""
    exchanged = ORIGINAL.replace("height, width = padding", "width, height = padding")
    assert print_of(tmp_path, ORIGINAL) != print_of(tmp_path, exchanged)


def test_deep_code_is_read_to_its_end(tmp_path: Path) -> None:
    """A sum of a thousand terms has a fingerprint, and one that differs in its last term another."""
    long = "x = " + " + ".join(map(str, range(1000)))
    assert print_of(tmp_path, long) != print_of(tmp_path, long.replace("999", "998"))


def test_only_different_students_are_listed() -> None:
    """Two attempts of one student are no finding, nor is the same code in two exercises; None is nothing graded."""

    def mark(key: Key, code: str | None) -> Mark:
        return Mark(key, "graded", 1.0, 2.0, datetime.now(timezone.utc), None, code)

    marks = [
        mark(a_key("lee"), "a"),
        mark(a_key("kim"), "a"),
        mark(a_key("kim", attempt=2), "a"),
        mark(a_key("park"), "b"),
        mark(a_key("park", attempt=2), "b"),
        mark(a_key("cho", exercise="05_pool_backprop"), "b"),
        mark(a_key("ahn"), None),
        mark(a_key("bae"), None),
    ]
    assert alike(marks) == (("04_conv_backprop", ("kim", "lee")),)
