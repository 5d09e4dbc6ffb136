"""The script of a use of a data set that goes wrong: the student's file, NumPy and torch, and nothing else."""

from __future__ import annotations

from pathlib import Path

from cnnexercises.exercise import Usage
from grader.replay import LOADING

_LIBRARIES = (
    "numpy", "torch", "torchgen", "functorch", "torchvision", "scipy", "PIL", "typing_extensions", "sympy", "mpmath",
    "networkx", "jinja2", "markupsafe", "fsspec", "filelock", "packaging", "nvidia", "triton",
)  # fmt: skip
"""What a submission may import beside the standard library: torch, and what torch itself imports."""

_WAIT = """\

# It did not come back when it was graded: after ten seconds this says where it is, and ends.
faulthandler.dump_traceback_later(10, exit=True)
"""

_SCRIPT = (
    '''\
"""Replays a use of {name} that goes wrong.   python {script} [FILE]

Runs your file, then the lines at the end, and compares. Needs NumPy and torch. Put a breakpoint wherever you like.
"""
import __future__
import ast
import faulthandler
import json
import random
import re
import sys
import tokenize
import types
from pathlib import Path

import numpy as np
import torch
from torch.utils.data import DataLoader


def seeded():
    random.seed({seed})
    np.random.seed({seed} % 2**32)
    torch.manual_seed({seed})


seeded()
'''
    + LOADING
    + '''

def same(returned, expected):
    if isinstance(expected, (tuple, list)):
        alike = isinstance(returned, (tuple, list)) and len(returned) == len(expected)
        return alike and all(map(same, returned, expected))
    if isinstance(expected, torch.Tensor):
        if not isinstance(returned, torch.Tensor) or returned.dtype != expected.dtype:
            return False
        near = 1e-5 * max(map(abs, expected.flatten().tolist()), default=1)
        return returned.shape == expected.shape and torch.allclose(returned.detach(), expected, rtol=0, atol=near)
    if isinstance(expected, np.ndarray):
        return isinstance(returned, np.ndarray) and np.array_equal(returned, expected)
    whole = isinstance(returned, (int, np.integer)) and not isinstance(returned, bool)
    return whole and returned == expected

{wait}
# --- what goes wrong ---

{name} = module.{name}
seeded()
{lines}
try:
    returned = {asked}
except {error} as error:
    print("raised:", repr(error), sep="\\n")
    print("It agrees here.")
    sys.exit()
print("returned:", returned, sep="\\n")
{expected}
assert {compared}, "{name} differs from what was expected"
print("It agrees here.")
'''
)


def script(
    name: str, path: Path, usage: Usage, *, expected: str | None, error: str | None, seed: int, hangs: bool
) -> str:
    """Return the script. ``expected`` is the source of the answer, or ``error`` the name of the exception that was
    expected. The global random generators start from ``seed``, as they did in the grading. It ends with an
    AssertionError, or with the student's own exception, as long as something is wrong; where the use ``hangs``, after
    ten seconds."""
    value = f"expected = {expected}\n" if expected is not None else ""
    shown = "expected" if value else repr(f"{error} raised")
    return _SCRIPT.format(
        name=name,
        script=f"replay_{name}.py",
        path=str(path),
        said="NumPy, torch",
        libraries=", ".join(f'"{library}"' for library in _LIBRARIES),
        wait=_WAIT if hangs else "",
        lines=usage.lines,
        asked=usage.asked,
        error=error or "()",
        expected=f'{value}print("expected:", {shown}, sep="\\n")',
        compared="same(returned, expected)" if value else "False",
        seed=seed,
    )
