"""Judges a network: structure and function against the reference with the same weights, then a brief training."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

import numpy as np

from cnnexercises.exercise import ModelTask, TrainingPlan
from grader import network_patterns as patterns
from grader.bench import Bench, Finding, Known, misanswered, read, unanswered
from grader.equivalence import gradients_agree, logits_agree, steps_agree, without_gradient
from grader.network_parameters import other_parameters
from grader.outcome import Returned
from grader.report import CaseResult, Counterexample, Diagnosis, Training
from grader.training import Drill, Trained, train_once
from grader.transplant import REPEATS, difference

CHECKS: Mapping[str, str] = MappingProxyType(
    {
        "builds": "it can be built, and takes an image",
        "shapes": "batches of 1, 7 and 100 images",
        "parameters": "the parameters asked for, and no others",
        "repeatable": "an image gets the same logits every time, in any batch",
        "logits": "the logits asked for, with the same weights",
        "gradients": "each parameter gets its gradient",
        "trajectory": "ten training steps go the way they should",
        "learns": "it learns to read digits",
    }
)
"""The checks in their order, and what a student reads. Each needs most of those before it."""


@dataclass(frozen=True)
class Judgement:
    """What was found: the cases, notes on what is right but worth knowing, the training if there was one, what the
    mistake is, and a small call that shows it."""

    cases: tuple[CaseResult, ...]
    notes: tuple[str, ...]
    training: Training | None
    diagnosis: Diagnosis | None
    counterexample: Counterexample | None = None


def judge_network(bench: Bench) -> Judgement:
    """Judge a network. Never raises for anything that a submission does.

    Without a drill, training is not asked for: its case is worth nothing then. What cannot be checked because an
    earlier check failed is skipped, and loses its points.
    """
    found = dict(_checks(bench))
    first = next((CHECKS[name] for name, finding in found.items() if not finding.passed), None)
    skipped = Finding(False, f"Not run, because this failed: {first}.", "skipped")
    cases = tuple(_case(bench, name, found.get(name, skipped)) for name in CHECKS)
    notes = dict.fromkeys(note for finding in found.values() for note in finding.notes)
    trained = found["learns"].facts if "learns" in found else None
    return Judgement(cases, tuple(notes), trained, _foremost(found), _counterexample(bench, found))


def _counterexample(bench: Bench, found: Mapping[str, Finding]) -> Counterexample | None:
    """Show the check whose diagnosis is told: the logits if they name the mistake, else the first that failed."""
    failed = [name for name, finding in found.items() if not finding.passed]
    if not failed:
        return None
    from grader.network_counterexample import smallest  # a right submission has no use for it

    exact = (name for name in failed if (told := found[name].diagnosis) and told.certainty == "exact")
    foremost = failed[0] if "repeatable" in failed else next(exact, failed[0])
    known = found["parameters"].facts if "parameters" in found else None
    return smallest(bench, foremost, found[foremost], known)


def _foremost(found: Mapping[str, Finding]) -> Diagnosis | None:
    """Return the diagnosis that explains most: one that is exact, else that of the first check that failed.

    Where eval and train mode give other logits, what equals a known mistake in eval mode is no more than a pattern.
    """
    said = [finding.diagnosis for finding in found.values() if finding.diagnosis is not None]
    exact = next((one for one in said if one.certainty == "exact"), None)
    if "repeatable" not in found or found["repeatable"].passed or not said:
        return exact or (said[0] if said else None)
    also = f" In eval mode: {exact.title}." if exact is not None and exact is not said[0] else ""
    return said[0].model_copy(update={"certainty": "pattern", "explanation": f"{said[0].explanation}{also}"})


def _case(bench: Bench, check: str, finding: Finding) -> CaseResult:
    points = bench.task.points[check]
    if check == "learns" and bench.drill is None:
        finding, points = Finding(False, "Training was switched off (--no-train).", "skipped"), 0
    return CaseResult(
        name=CHECKS[check],
        passed=finding.passed,
        score=points if finding.passed else 0,
        max_score=points,
        outcome=finding.outcome,
        message=finding.message,
    )


def _checks(bench: Bench) -> Iterator[tuple[str, Finding]]:
    """Yield the findings, as far as each check can be made."""
    built = _builds(bench)
    yield "builds", built
    if not built.facts:
        return
    shapes = _shapes(bench)
    yield "shapes", shapes
    parameters = _parameters(bench)
    yield "parameters", parameters
    if not (built.passed and shapes.passed):
        return
    known: Known | None = parameters.facts
    steady = _repeatable(bench, known)
    yield "repeatable", steady
    if known is not None and known.match.complete and steady.facts:
        yield from _functions(bench, known)
    if bench.drill is not None:
        yield "learns", _learns(bench, bench.drill, known)


def _functions(bench: Bench, known: Known) -> Iterator[tuple[str, Finding]]:
    logits = logits_agree(bench, known)
    yield "logits", logits
    gradients = gradients_agree(bench, known, logits.facts)
    if gradients is not None:
        yield "gradients", gradients
    if gradients is not None and gradients.passed:
        yield "trajectory", steps_agree(bench, known, logits.facts)


def _builds(bench: Bench) -> Finding:
    """Construct it, and give it one image. ``facts`` says whether it ran at all."""
    name = bench.task.name
    outcome = bench.ask("build")
    match outcome:
        case Returned({"state": "built"}):
            pass
        case Returned({"state": "instance"}):
            message = f"{name} is a network already: write a class, which builds one each time."
            return Finding(False, message, diagnosis=patterns.AN_INSTANCE)
        case Returned({"state": "no module", "type": str(kind)}):
            message = f"{name}() is a {kind[:60]}, not an nn.Module: `class {name}(nn.Module)`."
            return Finding(False, message, diagnosis=patterns.NO_MODULE)
        case Returned({"state": "no forward"}):
            message = f"{name} has no method forward: nn.Module calls it with the images."
            return Finding(False, message, diagnosis=patterns.NO_FORWARD)
        case _:
            return unanswered(bench, outcome, f"{name}()", "__init__")
    answered = _forward(bench, 1)
    return replace(answered, facts=answered.outcome == "returned")


def _forward(bench: Bench, images: int) -> Finding:
    task = bench.task
    shape = (images, *task.input_shape)
    outcome = bench.ask("outputs", None, np.zeros(shape, np.float32))
    doing = f"The forward pass of a batch of shape {shape}"
    if not isinstance(outcome, Returned):
        return unanswered(bench, outcome, doing)
    return misanswered(bench, outcome.value, images, doing) or Finding(True)


def _shapes(bench: Bench) -> Finding:
    """Give it batches of several sizes. Where one of them works, the size of the batch is what the others lack."""
    findings = [_forward(bench, images) for images in (7, 100, 1)]  # that of 1 is told already
    failed = [finding for finding in findings if not finding.passed]
    if not failed:
        return Finding(True)
    raised = failed[0].outcome == "raised" and len(failed) < len(findings)
    return replace(failed[0], diagnosis=patterns.BATCH_FIXED) if raised else failed[0]


def _parameters(bench: Bench) -> Finding:
    """Hold the parameters against those asked for. ``facts`` is what is known about the network."""
    task = bench.task
    outcome = bench.ask("describe", task.input_shape)
    if not isinstance(outcome, Returned):
        return unanswered(bench, outcome, "The forward pass")
    known = read(outcome.value, task)
    if known is None:
        return Finding(False, "The network's parameters could not be listed.")
    if not known.parameters and not known.strays:
        return Finding(False, " ".join(_parameter_words(known, task)), diagnosis=patterns.NO_LAYERS, facts=known)
    if known.match.complete and not known.match.left:
        return Finding(True, facts=known)
    words = " ".join(_parameter_words(known, task))
    return Finding(False, words, diagnosis=other_parameters(known, task, bench.asked_calls), facts=known)


def _parameter_words(known: Known, task: ModelTask) -> Iterator[str]:
    entries = sum(int(np.prod(shape)) for shape in task.parameters)
    own = sum(int(np.prod(parameter.shape)) for parameter in known.parameters)
    yield f"It has {own:,} parameters; the network asked for has {entries:,}."
    lacking = [s for s, i in zip(task.parameters, known.match.indices, strict=True) if i is None]
    if lacking:
        yield f"Missing: {', '.join(map(str, lacking))}."
    left = [known.parameters[i] for i in known.match.left]
    if left:
        listed = (f"{p.name} {p.shape}" + ("" if p.use >= 0 else ", which forward never uses") for p in left[:6])
        yield f"Not asked for: {'; '.join(listed)}{'; ...' if len(left) > 6 else ''}."
    if lacking:
        yield from _stray_words(known)


def _stray_words(known: Known) -> Iterator[str]:
    if known.strays:
        yield (
            f"forward uses weights {', '.join(map(str, known.strays[:6]))} that are no parameters of the network, so "
            "that an optimiser never sees them. Make layers in __init__, as attributes of self; several go into an "
            "nn.ModuleList, not into a list."
        )


_SAME = "The same images get other logits the second time, in eval mode: something in forward is random."
_ALONE = "The logits of an image depend on the other images of its batch."
_MODES = (
    "In train mode the images get other logits than in eval mode. This network has neither dropout nor batch "
    "normalisation."
)


def _repeatable(bench: Bench, known: Known | None) -> Finding:
    """Ask twice, in smaller batches, and in train mode, with drawn weights: zeros would hide a difference.

    ``facts`` says whether eval mode is sound, so that logits can be compared.
    """
    weights = None
    if known is not None and known.match.complete:
        weights = known.placed(bench.inputs.weights[0], next(known.ways(bench.task)))
    images = bench.inputs.images
    outcome = bench.ask("variations", weights, images)
    sizes = (len(images), len(images), 1, 7, len(images))
    answers = outcome.value if isinstance(outcome, Returned) else None
    if not isinstance(answers, list) or len(answers) != len(sizes):
        return unanswered(bench, outcome, "The forward pass")
    for answer, size in zip(answers, sizes, strict=True):
        wrong = misanswered(bench, answer, size, "The forward pass")
        if wrong is not None:
            return wrong
    first, again, one, seven, training = answers
    for other, words, reason in (
        (again, _SAME, patterns.not_repeatable),
        (seven, _ALONE, patterns.depends_on_batch),
        (one, _ALONE, patterns.depends_on_batch),
        (training, _MODES, patterns.depends_on_mode),
    ):
        if difference(other, first[: len(other)]) > REPEATS:
            why = _stray_words(known) if known is not None and words is _SAME else ()
            told = reason(known) if words is not _MODES else patterns.depends_on_mode(known, bench.follow(True).own)
            return Finding(False, " ".join([words, *why]), diagnosis=told, facts=words is _MODES)
    return Finding(True, facts=True)


def _learns(bench: Bench, drill: Drill, known: Known | None) -> Finding:
    """Train by each plan in turn until one is passed, by the last from two seeds before a failure counts.

    ``facts`` is the training that was passed, or the better one by the last plan.
    """
    *shorter, last = bench.task.trainings
    for plan in shorter:
        trained = train_once(bench.student, bench.task.name, plan, drill, bench.torch_seed)
        if not isinstance(trained, (Trained, str)):
            return unanswered(bench, trained, "The brief training")
        if isinstance(trained, Trained) and trained.training.passed:
            return Finding(True, _told(trained), notes=_slowness(plan, trained), facts=trained.training)
    best: Trained | None = None
    for seed in (bench.torch_seed, (bench.torch_seed + 1) % 2**31):
        trained = train_once(bench.student, bench.task.name, last, drill, seed)
        if isinstance(trained, str):
            return Finding(False, trained, diagnosis=patterns.DIVERGES if "diverged" in trained else None)
        if not isinstance(trained, Trained):
            return unanswered(bench, trained, "The brief training")
        if best is None or trained.training.accuracy > best.training.accuracy:
            best = trained
        if trained.training.passed:
            return Finding(True, _told(trained), notes=_slowness(last, trained), facts=trained.training)
    assert best is not None
    message = _told(best)
    lacking = without_gradient(bench, known) if known is not None else []
    if lacking:
        message = f"{message} No gradient reaches {', '.join(lacking[:6])}."
    return Finding(False, message, diagnosis=patterns.not_learnt(lacking, best.curve), facts=best.training)


def _slowness(plan: TrainingPlan, trained: Trained) -> tuple[str, ...]:
    accuracy, usual = trained.training.accuracy, plan.usual.get(trained.training.dataset, 0.0)
    return (_SLOW.format(accuracy, usual),) if accuracy < usual else ()


_SLOW = (
    "It learns, but slowly: {:.1%} of the test digits, where this network with PyTorch's own initial weights reads "
    "more than {:.1%}. Are its initial weights much larger or smaller than those, or all alike?"
)


def _told(trained: Trained) -> str:
    """Say how well it reads, and how the loss went; a training that failed is the better of two."""
    found = trained.training
    way = f" The loss on the way: {trained.curve}." if trained.curve else ""
    return (
        f"After {found.images * found.epochs:,} images it reads {found.accuracy:.1%} of the test digits right "
        f"(asked for: {found.threshold:.1%}){'' if found.passed else ', at the better of two seeds'}.{way}"
    )
