"""What a class did in each exercise: the scores, the tasks that failed, the mistakes that were common."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from statistics import median

from grader.gradebook import Grade
from grader.report import Report, TaskStatus

BINS = 10
"""Scores are counted in so many classes of equal width; full marks are counted on their own."""


@dataclass(frozen=True)
class TaskOverview:
    """How many submissions passed a task, failed it (errors and missing functions too), or did not start it."""

    name: str
    passed: int
    failed: int
    not_started: int


@dataclass(frozen=True)
class MistakeOverview:
    """A diagnosis, the task, and the students who were told it."""

    title: str
    task: str
    students: tuple[str, ...]


@dataclass(frozen=True)
class ExerciseOverview:
    """An exercise as a class did it.

    ``shares`` are the scores as shares of the points, in order; ``bins`` how many of them lie in each of BINS classes
    from 0 on, full marks aside. ``not_graded`` are the students without a grade, each with the reason.
    """

    exercise: str
    shares: tuple[float, ...]
    tasks: tuple[TaskOverview, ...]
    mistakes: tuple[MistakeOverview, ...]
    not_graded: tuple[tuple[str, str], ...]

    @property
    def full_marks(self) -> int:
        """How many have every point."""
        return sum(share >= 1 for share in self.shares)

    @property
    def median(self) -> float | None:
        """The median of the shares, or None where nothing is graded."""
        return median(self.shares) if self.shares else None

    @property
    def bins(self) -> tuple[int, ...]:
        """How many scores lie in each class, full marks aside."""
        counts = Counter(min(int(max(share, 0.0) * BINS), BINS - 1) for share in self.shares if share < 1)
        return tuple(counts[number] for number in range(BINS))


@dataclass
class Tally:
    """Counts the grades of one exercise as they come; ``overview`` tells what they come to."""

    exercise: str
    shares: list[float] = field(default_factory=list)
    states: dict[str, Counter[TaskStatus]] = field(default_factory=lambda: defaultdict(Counter))
    mistakes: dict[tuple[str, str], dict[str, None]] = field(default_factory=lambda: defaultdict(dict))
    not_graded: list[tuple[str, str]] = field(default_factory=list)

    def add(self, grade: Grade, report: Report | None) -> None:
        """Count a grade, with the report that it shows. Automatic scores count; points by hand do not."""
        if grade.score is None or report is None:
            reason = report.message if report is not None else None
            self.not_graded.append((grade.student, reason or "Nothing was handed in."))
            return
        self.shares.append(grade.score / grade.max_score if grade.max_score else 0.0)
        for task in report.tasks:
            self.states[task.name][task.status] += 1
            if task.diagnosis is not None:
                self.mistakes[task.diagnosis.title, task.name][grade.student] = None

    def overview(self) -> ExerciseOverview:
        """Return what was counted; the most common mistakes first."""
        tasks = (
            TaskOverview(name, states["passed"], states.total() - states["passed"] - states["not_started"],
                         states["not_started"])
            for name, states in self.states.items()
        )  # fmt: skip
        mistakes = (MistakeOverview(title, task, tuple(who)) for (title, task), who in self.mistakes.items())
        return ExerciseOverview(
            exercise=self.exercise,
            shares=tuple(sorted(self.shares)),
            tasks=tuple(tasks),
            mistakes=tuple(sorted(mistakes, key=lambda mistake: (-len(mistake.students), mistake.title))),
            not_graded=tuple(self.not_graded),
        )
