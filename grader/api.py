"""Grading from Python: one warm Grader for many files, and `grade` for one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Literal

from grader.errors import GraderFault
from grader.sandbox import worker

if TYPE_CHECKING:  # the sandbox starts before these are imported
    from cnnexercises import catalog
    from cnnexercises.exercise import Exercise
    from grader.report import Report
    from grader.sandbox.runner import Runner
    from grader.submission import Submission

SandboxChoice = Literal["auto", "strict", "basic", "off"]
Device = Literal["auto", "cpu", "cuda"]


@dataclass(frozen=True)
class Options:
    """How to grade. ``seed`` None derives the seed from the submission's code, so that no answer can be written
    down beforehand; limits are seconds for one call, and MiB of memory; ``data`` is a folder with the MNIST files."""

    seed: int | None = None
    device: Device = "auto"
    train: bool = True
    sandbox: SandboxChoice = "auto"
    time_limit: float = 10.0
    memory_limit: int = 1024
    data: Path | None = None


@dataclass
class Grader:
    """Grades files, with one warm sandbox per profile. Use it as a context manager, from one thread.

    ``progress`` is told in words what goes on while a network trains, with how far it is (0 to 1).
    """

    options: Options = field(default_factory=Options)
    progress: Callable[[str, float], None] | None = None
    _launchers: dict[str, worker.Launcher] = field(default_factory=dict)

    def warm_up(self, profile: str) -> worker.Launcher:
        """Start the sandbox of a profile ("numpy" or "torch") without waiting for it, and return it."""
        if profile not in self._launchers:
            self._launchers[profile] = worker.launcher(profile, self.options.sandbox)
        return self._launchers[profile]

    def grade(self, submission: Submission, exercise: Exercise) -> Report:
        """Grade a submission. Faults of the grader become a report with status "fault"."""
        from grader.grading import Settings, grade_submission, report_fault
        from grader.sandbox.runner import Limits
        from grader.submission import default_seed

        options = self.options
        settings = Settings(
            seed=default_seed(submission) if options.seed is None else options.seed,
            limits=Limits(options.time_limit, options.memory_limit),
            device=options.device,
            train=options.train,
            data=options.data,
            progress=self.progress,
        )
        try:
            return grade_submission(exercise, submission, self._runner(exercise.profile), settings)
        except GraderFault as fault:
            return report_fault(exercise, submission, settings.seed, str(fault), 0.0)

    def expect(self, path: Path, exercise: str | None = None) -> catalog.Entry | None:
        """Return which exercise a file is for, when its name tells, and start that sandbox without waiting for it.

        Raises UsageError when ``exercise`` is none.
        """
        from grader.recognition import entry_by_name, entry_of

        entry = entry_of(exercise) if exercise is not None else entry_by_name(path)
        if entry is not None:
            self.warm_up(entry.profile)
        return entry

    def grade_file(self, path: Path, exercise: str | None = None, student: str | None = None) -> Report:
        """Read, recognise and grade a file; ``exercise`` names it for a file of another name.

        A file that is there, is called as an exercise, and cannot be read has a report that says so. Raises
        UsageError when there is no such file, or no exercise fits.
        """
        from grader.recognition import recognise
        from grader.submission import UnreadableSubmission, read_submission

        entry = self.expect(path, exercise)
        try:
            submission = read_submission(path, student)
        except UnreadableSubmission as error:
            if entry is None or not path.is_file():
                raise
            from grader.grading import report_unreadable

            return report_unreadable(entry.load(), path, student, str(error))
        return self.grade(submission, recognise(submission, exercise))

    def _runner(self, profile: str) -> Runner:
        from grader.sandbox.runner import SandboxRunner

        return SandboxRunner(self.warm_up(profile))

    def close(self) -> None:
        """End the sandboxes."""
        for launcher in self._launchers.values():
            launcher.close()
        self._launchers.clear()

    def __enter__(self) -> Grader:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def grade(
    path: str | Path,
    *,
    exercise: str | None = None,
    student: str | None = None,
    options: Options | None = None,
) -> Report:
    """Grade one .py or .ipynb file and return its report, as the command does.

    ``exercise`` is a number, slug or file stem for a file of another name. Raises UsageError when there is no such
    file, or no exercise fits.
    """
    with Grader(options or Options()) as grader:
        return grader.grade_file(Path(path), exercise, student)


__all__ = ["Device", "Grader", "Options", "SandboxChoice", "grade"]
