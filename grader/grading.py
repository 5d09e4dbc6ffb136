"""grade(exercise, submission, runner) -> Report: the one place that sees an exercise and a runner together."""

from __future__ import annotations

import hashlib
import os
import platform
import time
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np

from cnnexercises import __version__
from cnnexercises.exercise import Call, Case, DatasetTask, Exercise, FunctionTask, ModelTask, Profile, Task
from grader.answered import Answered
from grader.called import mend_first
from grader.errors import GraderFault
from grader.loading import load_message, points, undefined, unstarted
from grader.outcome import Died, Loaded, Outcome, OutOfMemory, TimedOut
from grader.report import (
    CaseResult,
    Counterexample,
    Diagnosis,
    Environment,
    Report,
    SandboxInfo,
    SubmissionInfo,
    TaskResult,
    Training,
)
from grader.sandbox.runner import Limits, Program, Runner, Session
from grader.submission import Submission, untouched
from grader.verdict import Expected, Verdict, answer, judge

_STRIKES = 3
"""After so many time-outs or deaths in one task the rest of its cases are not run."""

Progress = Callable[[str, float], None]


@dataclass(frozen=True)
class Settings:
    """How to grade. ``progress`` is told what goes on, and how far it is (0 to 1), while a network trains."""

    seed: int
    limits: Limits
    device: str = "cpu"
    train: bool = True
    data: Path | None = None
    progress: Progress | None = None


@dataclass(frozen=True)
class _Graded:
    """The tasks, and what is said about the whole."""

    tasks: tuple[TaskResult, ...]
    message: str | None = None
    training: Training | None = None


def grade_submission(exercise: Exercise, submission: Submission, runner: Runner, settings: Settings) -> Report:
    """Grade one submission. A student's fault is a value in the report; a fault of ours becomes status "fault",
    which costs no points."""
    started = time.monotonic()
    try:
        graded = _grade(exercise, submission, runner, settings)
        level, features = runner.level, runner.features
    except GraderFault as fault:
        seconds = time.monotonic() - started
        return report_fault(exercise, submission_info(submission), settings.seed, str(fault), seconds)
    begun = any(task.status != "not_started" for task in graded.tasks)
    return Report(
        exercise=exercise.name,
        submission=submission_info(submission),
        status="graded" if begun else "not_started",
        message=graded.message if begun else "Nothing is written yet: every function is the untouched stub.",
        score=sum(task.score for task in graded.tasks),
        max_score=sum(task.max_score for task in graded.tasks),
        tasks=graded.tasks,
        training=graded.training,
        environment=environment(exercise.profile),
        sandbox=SandboxInfo(level=level, features=features),
        seed=settings.seed,
        duration_seconds=round(time.monotonic() - started, 3),
    )


def report_fault(
    exercise: Exercise, info: SubmissionInfo, seed: int, message: str, seconds: float = 0.0
) -> Report:
    """Return the report of a submission that could not be graded through no fault of the student's."""
    return Report(
        exercise=exercise.name,
        submission=info,
        status="fault",
        message=f"Not graded, through no fault of the submission: {message.rstrip('.')}. "
        "`cnnex doctor` shows what this machine has and lacks.",
        score=0,
        max_score=0,
        tasks=(),
        environment=environment(exercise.profile),
        sandbox=SandboxInfo(level="off", features=()),
        seed=seed,
        duration_seconds=round(seconds, 3),
    )


def report_unreadable(exercise: Exercise, path: Path, student: str | None, message: str) -> Report:
    """Return the report of a file that is called as an exercise and cannot be read."""
    try:
        sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        sha256 = ""
    return Report(
        exercise=exercise.name,
        submission=SubmissionInfo(path=readable(path), sha256=sha256, student=student),
        status="unreadable",
        message=message,
        score=0,
        max_score=sum(points(task) for task in exercise.tasks),
        tasks=(),
        environment=environment(exercise.profile),
        sandbox=SandboxInfo(level="off", features=()),
        seed=0,
        duration_seconds=0,
    )


def submission_info(submission: Submission) -> SubmissionInfo:
    """Return what a report says of a submission."""
    return SubmissionInfo(path=readable(submission.path), sha256=submission.sha256, student=submission.student)


def readable(path: Path) -> str:
    """Return a path as text that JSON can hold: names that are no UTF-8, and the C locale, give lone surrogates."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


@cache
def environment(profile: Profile) -> Environment:
    """Return the versions that grade an exercise of a profile."""
    return Environment(
        cnnexercises=__version__,
        python=platform.python_version(),
        numpy=np.__version__,
        torch=_installed("torch") if profile == "torch" else None,
        platform=f"{platform.system()} {platform.machine()}",
    )


def _installed(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def _grade(exercise: Exercise, submission: Submission, runner: Runner, settings: Settings) -> _Graded:
    stubs = [untouched(submission, task.name) for task in exercise.tasks]
    if all(stubs):
        return _Graded(tuple(unstarted(task) for task in exercise.tasks))
    probe = next((_probe(task) for task in exercise.tasks if not isinstance(task, FunctionTask)), None)
    units = tuple((unit.label, "" if unit.syntax_error else unit.source) for unit in submission.units)
    program = Program(units, exercise.entry_points, probe, settings.seed)
    session = runner.open(program, settings.limits)
    try:
        loaded = session.load()
        tasks = []
        training = None
        for task, stub in zip(exercise.tasks, stubs, strict=True):
            if stub:
                tasks.append(unstarted(task))
            elif not isinstance(loaded, Loaded) or task.name not in loaded.defined:
                tasks.append(undefined(task, loaded, submission))
            elif isinstance(task, ModelTask):
                result, training = _grade_model(task, session, runner, settings, submission)
                tasks.append(result)
            else:
                tasks.append(_grade_calls(task, session, settings, submission))
        return _Graded(mend_first(submission, tasks), load_message(loaded, submission), training)
    finally:
        session.close()


def _probe(task: Task) -> str:
    name = task.probes if isinstance(task, DatasetTask) else "network.py"
    return files("cnnexercises").joinpath("probes", name).read_text(encoding="utf-8")


# --- functions and data sets ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class Question:
    """A case with its arguments drawn and its answer worked out."""

    case: Case
    call: Call
    expected: Expected
    shown: str
    probe: str | None = None


@lru_cache(maxsize=64)
def questions(task: FunctionTask | DatasetTask, seed: int) -> tuple[Question, ...]:
    """Draw every case of a task. Kept, because a class is graded with one seed."""
    return tuple(_drawn(task, seed))


def _drawn(task: FunctionTask | DatasetTask, seed: int) -> Iterator[Question]:
    for index, case in enumerate(task.cases):
        call = case.inputs(np.random.default_rng([seed, zlib.crc32(task.name.encode()), index]))
        if isinstance(task, FunctionTask):
            yield Question(case, call, answer(task.reference, call), _summary(task, call))
        else:
            watch = task.observations[index]
            yield Question(case, call, answer(watch.answer, call), watch.shown, watch.probe)


def _summary(task: FunctionTask, call: Call) -> str:
    """Return a call with shapes in place of arrays: held-back values stay unseen."""
    values = [*zip(task.parameters, call.args, strict=False), *call.kwargs.items()]
    return f"{task.name}({', '.join(f'{name}={_brief(value)}' for name, value in values)})"


def _brief(value: Any) -> str:
    if isinstance(value, np.ndarray):
        return f"array{list(value.shape)}".replace(" ", "")
    return repr(value)


def _grade_calls(
    task: FunctionTask | DatasetTask, session: Session, settings: Settings, submission: Submission
) -> TaskResult:
    asked = questions(task, settings.seed)
    answered = list(_answers(task, asked, session, settings, submission))
    if all(one.verdict.outcome == "not_started" for one in answered):
        return unstarted(task)
    messages = _messages(task, asked, answered, submission)
    cases = tuple(_case(q, one.verdict, said) for q, one, said in zip(asked, answered, messages, strict=True))
    failed = [one for q, one in zip(asked, answered, strict=True) if not one.verdict.passed and q.case.points]
    diagnosis: Diagnosis | None = None
    counterexample: Counterexample | None = None
    if failed and isinstance(task, FunctionTask) and failed[0].verdict.kind != "waits":
        from grader.counterexample import KEPT, Search, kept_from_call_to_call, smallest  # not for right ones
        from grader.diagnosis import diagnose

        pointed = [one for q, one in zip(asked, answered, strict=True) if q.case.points]
        diagnosis = diagnose(task, pointed)
        named = next((m for m in task.misconceptions if diagnosis and m.slug == diagnosis.slug), None)
        sure = diagnosis is not None and diagnosis.certainty == "exact"
        search = Search(task, session, submission, failed[0], named, sure)
        counterexample = smallest(search)
        if counterexample is None and (counterexample := kept_from_call_to_call(search)) is not None:
            diagnosis = KEPT
    if failed and isinstance(task, DatasetTask):
        from grader import dataset, dataset_diagnosis

        diagnosis = dataset_diagnosis.diagnose(task, answered, submission)
        lost = frozenset(case.name for case in cases if not case.passed and case.max_score)
        counterexample = dataset.smallest(dataset.Search(task, session, submission, settings.seed, lost))
    return TaskResult(
        name=task.name,
        status="failed" if failed else "passed",
        score=sum(case.score for case in cases),
        max_score=sum(case.max_score for case in cases),
        cases=cases,
        diagnosis=diagnosis,
        counterexample=counterexample,
        notes=tuple(_notes(asked, [one.verdict for one in answered])),
    )


def _answers(
    task: FunctionTask | DatasetTask,
    asked: tuple[Question, ...],
    session: Session,
    settings: Settings,
    submission: Submission,
) -> Iterator[Answered]:
    """Call the submission on every case. After a time-out the next calls get a tenth of the time."""
    strikes = 0
    for question in asked:
        if strikes >= _STRIKES:
            message = f"not run: {strikes} calls before it did not come back."
            skipped = Verdict(False, "skipped", message, (), "skipped", message)
            yield Answered(question.call, question.expected, Died(message), skipped)
            continue
        seconds = settings.limits.seconds if not strikes else max(0.5, settings.limits.seconds / 10)
        call = question.call
        outcome: Outcome = session.call(task.name, call.args, call.kwargs, probe=question.probe, seconds=seconds)
        if isinstance(outcome, (TimedOut, Died, OutOfMemory)):
            strikes += 1
        verdict = judge(question.expected, outcome, submission, task)
        yield Answered(call, question.expected, outcome, verdict)


def _messages(
    task: FunctionTask | DatasetTask, asked: Sequence[Question], answered: Sequence[Answered], submission: Submission
) -> list[str | None]:
    """Return what is said about each failed case, and None for the others."""
    if isinstance(task, DatasetTask):
        from grader import dataset

        return dataset.messages(task, answered, submission)
    return [_message(question, one.verdict) for question, one in zip(asked, answered, strict=True)]


def _message(question: Question, verdict: Verdict) -> str | None:
    if verdict.passed:
        return None
    why = f" {question.case.why}" if question.case.why and verdict.outcome == "returned" else ""
    return f"{question.shown}: {verdict.message}{why}"


def _case(question: Question, verdict: Verdict, message: str | None) -> CaseResult:
    return CaseResult(
        name=question.case.name,
        passed=verdict.passed,
        score=question.case.points * (1 if verdict.passed else verdict.share),
        max_score=question.case.points,
        outcome=verdict.outcome,
        message=message,
    )


def _notes(asked: tuple[Question, ...], verdicts: list[Verdict]) -> Iterator[str]:
    """Yield the notes on right answers, and when all points are won the cases that are worth none."""
    pairs = list(zip(asked, verdicts, strict=True))
    # Where an argument is float32, a result of that precision is what was asked for.
    yield from dict.fromkeys(note for q, v in pairs if not _has_float32(q.call) for note in v.notes)
    if all(v.passed for q, v in pairs if q.case.points):
        yield from (q.case.why or q.case.name for q, v in pairs if not v.passed)


def _has_float32(call: Call) -> bool:
    return any(isinstance(value, np.ndarray) and value.dtype == np.float32 for value in call.args)


# --- networks ------------------------------------------------------------------------------------------------


_REFERENCE_SECONDS = 60.0
_TRAINING_CALLS = 12
"""A training may take as long as so many calls: 120 s by default, where 3 s is usual."""


def _grade_model(
    task: ModelTask, session: Session, runner: Runner, settings: Settings, submission: Submission
) -> tuple[TaskResult, Training | None]:
    """Judge a network beside the reference, which runs in a child of its own, as a submission does."""
    from grader import network, training  # most exercises have no use for these
    from grader.bench import Bench, reference_program

    program = reference_program(task, settings.seed)
    reference = runner.open(program, Limits(_REFERENCE_SECONDS, settings.limits.memory))
    drill = None
    if settings.train:
        digits = training.load(training.find_folder(settings.data))
        seconds = _TRAINING_CALLS * settings.limits.seconds
        drill = training.Drill(digits, settings.device, seconds, settings.progress)
    try:
        judged = network.judge_network(Bench(task, session, reference, submission, settings.seed, drill))
    finally:
        reference.close()
    failed = any(not case.passed and case.max_score for case in judged.cases)
    result = TaskResult(
        name=task.name,
        status="failed" if failed else "passed",
        score=sum(case.score for case in judged.cases),
        max_score=sum(case.max_score for case in judged.cases),
        cases=judged.cases,
        diagnosis=judged.diagnosis,
        counterexample=judged.counterexample,
        notes=judged.notes,
    )
    return result, judged.training
