"""A call that was made, with what it should have given, what came of it, and the verdict."""

from __future__ import annotations

import re
from dataclasses import dataclass

from cnnexercises.exercise import Call
from grader.outcome import Outcome
from grader.verdict import Expected, Verdict


@dataclass(frozen=True)
class Answered:
    """A call and all that is known about it."""

    call: Call
    expected: Expected
    outcome: Outcome
    verdict: Verdict

    @property
    def checks_shapes(self) -> bool:
        """Whether an assert of the submission's own, on a shape, stopped the call."""
        return self.verdict.refused and re.search(r"assert.*shape", self.verdict.message or "") is not None
