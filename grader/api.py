"""Grading from Python: one warm Grader for many files, and `grade` for one."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Literal

from grader.errors import GraderFault, UsageError
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


def _device(options: Options) -> str:
    """Return where networks train.

    A sandbox shows no device files, so that CUDA is for level "off" only: "auto" is the CPU in a sandbox. Raises
    UsageError where CUDA was asked for and cannot be had.
    """
    present = Path("/dev/nvidiactl").exists()
    if options.device == "cuda" and not present:
        raise UsageError("There is no CUDA device on this machine: leave --device out, or say --device cpu.")
    if options.device == "cuda" and options.sandbox != "off":
        raise UsageError("A sandbox has no access to the GPU: for code that you trust, add --sandbox off.")
    return "cuda" if present and options.sandbox == "off" and options.device != "cpu" else "cpu"


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
        """Grade a submission. Faults of the grader, foreseen or not, become a report with status "fault"."""
        from grader.grading import Settings, grade_submission, report_fault, submission_info
        from grader.sandbox.runner import Limits
        from grader.submission import default_seed

        options, device = self.options, _device(self.options)
        settings = Settings(
            seed=default_seed(submission) if options.seed is None else options.seed,
            # CUDA reserves far more address space than it uses: no limit on that can be set.
            limits=Limits(options.time_limit, 0 if device == "cuda" else options.memory_limit),
            device=device,
            train=options.train,
            data=options.data,
            progress=self.progress,
        )
        try:
            report = grade_submission(exercise, submission, self._runner(exercise.profile), settings)
        except GraderFault as fault:
            report = report_fault(exercise, submission_info(submission), settings.seed, str(fault))
        except UsageError:
            raise
        except Exception as error:  # an error of ours is no lost point, and does not take the next file with it
            logging.getLogger(__name__).exception("while grading %s", submission.path)
            message = f"an error in the grader ({type(error).__name__}: {error})"
            report = report_fault(exercise, submission_info(submission), settings.seed, message)
        if report.status == "fault":
            self._forget(exercise.profile)
        return report

    def expect(self, path: Path, exercise: str | None = None) -> catalog.Entry | None:
        """Return which exercise a file is for, when its name tells, and start that sandbox without waiting for it.

        Raises UsageError when ``exercise`` is none.
        """
        from grader.recognition import entry_by_name, entry_of

        entry = entry_of(exercise) if exercise is not None else entry_by_name(path)
        if entry is not None:
            with suppress(GraderFault):  # it is told when the file is graded
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

    def _forget(self, profile: str) -> None:
        """End a sandbox that failed: the next file gets a new one."""
        launcher = self._launchers.pop(profile, None)
        if launcher is not None:
            launcher.close()

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
