"""Whether a network is the one asked for: logits, gradients and training steps against the reference's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from typing import Any

import numpy as np
import numpy.typing as npt

from grader import network_patterns as patterns
from grader.bench import Bench, Finding, Known, arrays, finite, misanswered, unanswered
from grader.network_diagnosis import FEW, Tried, name_mistake
from grader.outcome import Outcome, Returned
from grader.report import Diagnosis
from grader.transplant import LOGITS, Layout, Parameter, alike, difference, softmax

Array = npt.NDArray[Any]
Ways = tuple[Layout, ...]

STEPS, WEIGHTS = 1e-3, 1e-2
"""Relative tolerances: of gradients and losses; of the way that weights go in ten steps. Equal networks differ by
rounding; docs/training.md has the measured distances of those and of the nearest mistakes."""

RATE = 1e-3
"""The rate of the compared training steps: Adam's usual one."""

_MOST_WAYS = 200

_LOG_SOFTMAX = (
    "The output is the logits less a constant in each row, as log_softmax gives. Cross-entropy does not see the "
    "difference; nn.CrossEntropyLoss takes plain logits."
)
_OTHER_LAYOUT = (
    "{} holds its weights in another order than nn.Conv2d and nn.Linear do, for example because the maps are "
    "flattened in another order. That is the same network."
)
_SAME_CALLS = (
    "forward calls the right functions in the right order, so look at what they are given: is a result thrown away "
    "(`F.relu(x)` without `x =`), or are axes in another order?"
)


def logits_agree(bench: Bench, known: Known) -> Finding:
    """Give both networks the same weights, and compare logits. ``facts`` are the layouts that agree, or None."""
    expected = [bench.expect("outputs", weights, bench.inputs.images) for weights in bench.inputs.weights]
    first: Finding | None = None
    tried: list[Tried] = []
    for ways in islice(known.ways(bench.task), _MOST_WAYS):
        glance = _glance(bench, known, ways)
        if not isinstance(glance, Returned):
            return unanswered(bench, glance, _OTHER_WEIGHTS)
        wrong = misanswered(bench, glance.value, len(FEW), _OTHER_WEIGHTS)
        if wrong is not None:
            return wrong
        tried.append(Tried(ways, glance.value))
        if first is None or alike(glance.value, expected[0][list(FEW)]):
            finding = _compare(bench, known, ways, expected)
            if finding.passed or finding.outcome != "returned":
                return finding
            first = first or finding
    assert first is not None, "matched parameters have a layout"
    if first.diagnosis is not None:
        return first
    named = name_mistake(bench, known, tried) or _observed(bench, known, tried[0].logits, expected[0][list(FEW)])
    return replace(first, diagnosis=named)


_OTHER_WEIGHTS = "With other weights, the forward pass"


def _glance(bench: Bench, known: Known, ways: Ways) -> Outcome:
    """Ask for the logits of a few images, with the first of the drawn weights."""
    return bench.ask("outputs", known.placed(bench.inputs.weights[0], ways), bench.inputs.images[list(FEW)])


def _observed(bench: Bench, known: Known, given: Array, wanted: Array) -> Diagnosis:
    """Say what the logits of a few images show, where no known mistake explains them."""
    if not np.ptp(given, axis=0).any():
        return patterns.ALL_ALIKE
    factor = float(np.vdot(wanted, given) / np.vdot(wanted, wanted))
    if factor > 0 and abs(factor - 1) > LOGITS and difference(given, factor * wanted) < LOGITS:
        return patterns.scaled(factor)
    return patterns.other_calls(known, bench.asked_calls)


def _compare(bench: Bench, known: Known, ways: Ways, expected: list[Array]) -> Finding:
    notes = {_OTHER_LAYOUT.format(p.name) for p, way in zip(known.matched, ways, strict=True) if not way.usual}
    for weights, wanted in zip(bench.inputs.weights, expected, strict=True):
        outcome = bench.ask("outputs", known.placed(weights, ways), bench.inputs.images)
        if not isinstance(outcome, Returned):
            return unanswered(bench, outcome, _OTHER_WEIGHTS)
        wrong = misanswered(bench, outcome.value, len(wanted), _OTHER_WEIGHTS)
        if wrong is not None:
            return wrong
        if difference(outcome.value, wanted) > LOGITS:
            if not alike(outcome.value, wanted):
                return Finding(False, " ".join(_logit_words(bench, known, outcome.value, wanted)))
            notes.add(_LOG_SOFTMAX)
    return Finding(True, notes=tuple(sorted(notes)), facts=ways)


def _logit_words(bench: Bench, known: Known, given: Array, wanted: Array) -> Iterator[str]:
    after = {"softmax": softmax(wanted), "ReLU": np.maximum(wanted, 0), "sigmoid": np.tanh(wanted / 2) / 2 + 0.5}
    for name, values in after.items():
        if difference(given, values) < LOGITS:
            yield f"The output is the right logits after a {name}: return the logits as the last layer gives them."
            return
    yield (
        "With the same weights this network gives other logits than the one asked for (they differ by up to "
        f"{difference(given, wanted):.2g} of the largest)."
    )
    asked = bench.asked_calls
    more, fewer = Counter(known.calls) - Counter(asked), Counter(asked) - Counter(known.calls)
    if fewer:
        yield f"Expected in forward and not seen: {patterns.listed(fewer)}."
    if more:
        yield f"Seen in forward and not expected: {patterns.listed(more)}."
    if known.calls == asked:
        yield _SAME_CALLS
    elif not more and not fewer:
        yield f"The order expected in forward is {', '.join(asked)}; yours is {', '.join(known.calls)}."


def gradients_agree(bench: Bench, known: Known, ways: Ways | None) -> Finding | None:
    """Compare the gradients of a batch. Without ``ways`` the logits are wrong: then say only which parameters get
    no gradient, or return None."""
    inputs = bench.inputs
    images, labels = inputs.images[2:], inputs.labels[2:]  # those without ties, which a max-pool may break freely
    layout = ways or next(known.ways(bench.task))
    outcome = bench.ask("gradients", known.placed(inputs.weights[0], layout), images, labels)
    given = arrays(outcome.value, "gradients", known) if isinstance(outcome, Returned) else None
    if given is None:
        return unanswered(bench, outcome, "The backward pass")
    wanting = [p for p, slope in zip(known.matched, given, strict=True) if slope is None or not slope.any()]
    if wanting:
        words = " ".join(_gradient_words(known, wanting))
        return Finding(False, words, diagnosis=patterns.no_gradient(known, wanting))
    if ways is None:
        return None
    expected = bench.expect("gradients", inputs.weights[0], images, labels)["gradients"]
    for parameter, slope, way, wanted in zip(known.matched, given, ways, expected, strict=True):
        if slope is None or _apart(way.to_reference(slope, wanted.shape), wanted, wanted) > STEPS:
            words = f"The logits are right, but the gradient of {parameter.name} is not."
            return Finding(False, words, diagnosis=patterns.OTHER_GRADIENT)
    return Finding(True)


def without_gradient(bench: Bench, known: Known) -> list[str]:
    """Return the names of the parameters, asked for or not, that no gradient reaches from their initial weights."""
    outcome = bench.ask("gradients", None, bench.inputs.images, bench.inputs.labels)
    match outcome:
        case Returned({"gradients": list(found)}) if len(found) == len(known.parameters):
            pairs = zip(known.parameters, found, strict=True)
            return [p.name for p, slope in pairs if not (isinstance(slope, np.ndarray) and slope.any())]
    return []


def _gradient_words(known: Known, wanting: list[Parameter]) -> Iterator[str]:
    if len(wanting) == len(known.matched):
        yield "No parameter gets a gradient, so nothing can be learnt."
    else:
        yield f"No gradient reaches {', '.join(p.name for p in wanting)}."
    frozen = [p.name for p in wanting if not p.trainable]
    if frozen:
        yield f"requires_grad is False for {', '.join(frozen)}: a frozen layer stays as it was initialised."
    cuts = patterns.cuts(known)
    if cuts and len(frozen) < len(wanting):
        yield f"forward uses {' and '.join(cuts)}, which cuts off from the loss what comes before it."


def _apart(given: Array, expected: Array, scale: Array) -> float:
    """Return the distance of two arrays, relative to the length of a third."""
    distance = np.linalg.norm(given.astype(np.float64) - expected)
    return float(distance / (np.linalg.norm(scale.astype(np.float64)) + 1e-12))


def steps_agree(bench: Bench, known: Known, ways: Ways) -> Finding:
    """Train both from the student's initial weights, on the same batches, and compare losses and weights."""
    inputs = bench.inputs
    outcome = bench.ask("trajectory", None, inputs.batches, inputs.targets, rate=RATE)
    if not isinstance(outcome, Returned):
        return unanswered(bench, outcome, "A training step")
    initial, final = (_weights(outcome.value, key, known) for key in ("initial", "final"))
    losses = _losses(outcome.value, len(inputs.batches))
    if losses is None or initial is None or final is None:
        words = "In ten training steps the loss or the weights become NaN or infinity."
        return Finding(False, words, diagnosis=patterns.DIVERGES)
    stuck = _unreached(outcome.value.get("reached"), known)
    if stuck:
        return Finding(False, _STUCK.format(", ".join(stuck)), diagnosis=patterns.not_reached(stuck, initial))
    shapes = bench.task.parameters
    start, end = (
        [way.to_reference(array, shape) for array, way, shape in zip(values, ways, shapes, strict=True)]
        for values in (initial, final)
    )
    equal = [p.name for p, weight in zip(known.matched, end, strict=True) if _filters_alike(weight)]
    if equal:
        return Finding(False, _ALIKE.format(" and ".join(equal)), diagnosis=patterns.EQUAL_WEIGHTS)
    expected = bench.expect("trajectory", start, inputs.batches, inputs.targets, rate=RATE)
    if not np.abs(losses - expected["losses"]).max() <= STEPS * np.abs(expected["losses"]).max():
        words = f"Its losses are {_four(losses)}; they should be {_four(expected['losses'])}."
        return Finding(False, words, diagnosis=patterns.OTHER_TRAINING)
    for parameter, begin, mine, wanted in zip(known.matched, start, end, expected["final"], strict=True):
        if not _apart(mine, wanted, wanted - begin) <= WEIGHTS:
            words = f"{parameter.name} does not move as it should."
            return Finding(False, words, diagnosis=patterns.OTHER_TRAINING)
    return Finding(True)


_ALIKE = (
    "After ten training steps all filters of {} are still the same, and they will stay so: equal weights get equal "
    "gradients. Initialise them at random, as PyTorch does by itself."
)
_STUCK = (
    "In ten training steps no gradient reached {}. With these initial weights they never learn: all-zero weights, "
    "for example, stay where they are."
)


def _filters_alike(weight: Array) -> bool:
    """Whether a weight of the reference's shape has several filters, and all of them are equal."""
    if weight.ndim < 2 or len(weight) < 2:
        return False
    return bool(np.ptp(weight, axis=0).max() <= 1e-5 * np.abs(weight).max())


def _weights(value: Any, key: str, known: Known) -> list[Array] | None:
    found = [array for array in arrays(value, key, known) or () if array is not None]
    return found if len(found) == len(known.matched) else None


def _losses(value: Any, steps: int) -> Array | None:
    losses = value.get("losses") if isinstance(value, dict) else None
    sound = isinstance(losses, np.ndarray) and losses.shape == (steps,) and losses.dtype.kind == "f"
    return losses if sound and finite(np.asarray(losses)) else None


def _unreached(flags: Any, known: Known) -> list[str]:
    if not isinstance(flags, list) or len(flags) != len(known.parameters):
        return [parameter.name for parameter in known.matched]
    pairs = zip(known.match.indices, known.matched, strict=True)
    return [parameter.name for index, parameter in pairs if index is not None and flags[index] != 1]


def _four(losses: Array) -> str:
    return ", ".join(f"{loss:.4g}" for loss in losses[:4]) + ", ..."
