"""A call that a network gets wrong as a script that runs without the grader, on the student's file and torch."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from grader.replay import LOADING

_SCRIPT = (
    '''\
"""Replays what {name} gets wrong.   python {script} [FILE]

Runs your file, makes the call, and compares. Needs torch only. Put a breakpoint wherever you like.
"""
import __future__
import ast
import faulthandler
import json
import re
import sys
import tokenize
import types
from math import prod
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import nn

'''
    + LOADING
    + '''
sys.meta_path.remove(Absent)
faulthandler.dump_traceback_later({seconds}, exit=True)  # where it hangs, it says in which line
{name} = getattr(module, {name!r}, None)
assert isinstance({name}, type), "{name} is not a class"
assert isinstance({name}(), nn.Module), "{name} does not derive from nn.Module"
torch.manual_seed({seed})

{setting}
returned = {call}
expected = {expected}

{comparison}
print("returned:", returned, sep="\\n")
print("expected:", {shown}, sep="\\n")
assert same, "{name} differs from what was expected"
print("It agrees here.")
'''
)

_COMPARISONS: Mapping[str, str] = MappingProxyType(
    {
        "shape": """\
floats = isinstance(returned, torch.Tensor) and returned.is_floating_point() and returned.isfinite().all()
same = bool(floats) and tuple(returned.shape) == expected
if isinstance(returned, torch.Tensor):
    returned = f"a tensor of {returned.dtype}, {tuple(returned.shape)}" + (", all finite" if floats else "")""",
        "logits": """\
expected = torch.tensor(expected)
same = isinstance(returned, torch.Tensor) and returned.shape == expected.shape
if same:  # up to a constant in each row, which log_softmax and cross-entropy do not see
    returned = returned.detach()
    centred = [one - one.mean(1, keepdim=True) for one in (returned, expected)]
    same = bool((centred[0] - centred[1]).abs().max() <= 1e-4 * centred[1].abs().max())""",
        "entries": "same = sorted(map(prod, returned)) == sorted(map(prod, expected))",
        "shapes": "same = sorted(returned) == sorted(expected)",
        "nothing": """\
returned = returned.detach().abs().max().item()
same = returned <= 1e-5 * model.eval()(images).abs().max().item()""",
        "equal": "same = returned == expected",
        "numbers": """\
pairs = list(zip(sorted(returned), sorted(expected)))
same = len(returned) == len(expected) and all(abs(a - b) <= 1e-3 * max(expected) for a, b in pairs)""",
        "below": "same = returned <= expected",
    }
)
"""How what came back is held against what was expected, by kind. ``same`` says whether it agrees."""

_SECONDS = 120


def network_script(
    name: str, path: Path, seed: int, setting: str, call: str, expected: str, comparison: str, shown: str | None = None
) -> str:
    """Return the script.

    ``setting`` is source that makes ``model`` and what else ``call``, an expression, needs; ``expected`` is the
    source of the answer, compared as ``comparison`` says, and ``shown`` is how to tell it. It ends with an
    AssertionError, or with the student's own exception, as long as the call is wrong.
    """
    return _SCRIPT.format(
        name=name,
        script=f"replay_{name}.py",
        path=str(path),
        said="torch, NumPy",
        libraries='"torch", "numpy"',
        seed=seed,
        seconds=_SECONDS,
        setting=setting,
        call=call,
        expected=expected,
        comparison=_COMPARISONS[comparison],
        shown="expected" if shown is None else repr(shown),
    )
