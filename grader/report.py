"""The report of one grading: pydantic models with exactly the fields of the interface, and their scores."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

Status = Literal["graded", "not_started", "unreadable", "fault"]
TaskStatus = Literal["passed", "failed", "not_started", "missing", "error"]
OutcomeName = Literal[
    "returned", "raised", "timed_out", "out_of_memory", "died", "missing", "not_started", "skipped"
]
Level = Literal["strict", "basic", "off"]


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class SubmissionInfo(_Model):
    """Which file was graded: its path as given, the sha256 of its bytes, and whose it is, when that is known."""

    path: str
    sha256: str
    student: str | None = None


class CaseResult(_Model):
    """How one case went. ``max_score`` 0 marks a case that is told as a note and never fails a task."""

    name: str
    passed: bool
    score: float
    max_score: float
    outcome: OutcomeName
    message: str | None = None


class Diagnosis(_Model):
    """What the mistake is. "exact": the answers equal those of a known mistake; "pattern": an observation."""

    slug: str
    title: str
    explanation: str
    look_at: str | None = None
    certainty: Literal["exact", "pattern"]
    alternatives: tuple[str, ...] = ()


class Counterexample(_Model):
    """A small call that fails, as text to paste: the call, what came back, what was expected, and a script."""

    call: str
    returned: str
    expected: str
    replay: str


class TaskResult(_Model):
    """How one entry point went."""

    name: str
    status: TaskStatus
    score: float
    max_score: float
    cases: tuple[CaseResult, ...] = ()
    diagnosis: Diagnosis | None = None
    counterexample: Counterexample | None = None
    notes: tuple[str, ...] = ()


class Training(_Model):
    """The brief training of a network. ``accuracy`` and ``loss`` are those on the test images, after training."""

    passed: bool
    accuracy: float
    threshold: float
    loss: float
    dataset: str
    images: int
    epochs: int
    device: str
    seed: int
    seconds: float


class Environment(_Model):
    """The versions that graded; ``torch`` is null where the exercise has no use for it."""

    cnnexercises: str
    python: str
    numpy: str
    torch: str | None
    platform: str


class SandboxInfo(_Model):
    """The sandbox level, and which protections were in force."""

    level: Level
    features: tuple[str, ...]


class Report(_Model):
    """The verdict on one submission."""

    schema_version: Literal["1"] = "1"
    exercise: str
    submission: SubmissionInfo
    status: Status
    message: str | None = None
    score: float
    max_score: float
    tasks: tuple[TaskResult, ...]
    training: Training | None = None
    environment: Environment
    sandbox: SandboxInfo
    seed: int
    duration_seconds: float

    @property
    def full_marks(self) -> bool:
        """Whether every point was earned."""
        return self.status == "graded" and self.score == self.max_score

    @property
    def exit_code(self) -> int:
        """0 full marks, 1 points lost, 2 unreadable, 3 a fault of the grader."""
        if self.status in ("unreadable", "fault"):
            return 2 if self.status == "unreadable" else 3
        return 0 if self.full_marks else 1
