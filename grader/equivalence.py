"""Whether a network is the one asked for: logits, gradients and training steps against the reference's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import Any

import numpy as np
import numpy.typing as npt

from grader.bench import Bench, Finding, Known, arrays, finite, odd, unanswered
from grader.outcome import Returned
from grader.transplant import Layout, Parameter, centred, difference, softmax

Array = npt.NDArray[Any]
Ways = tuple[Layout, ...]

LOGITS, STEPS, WEIGHTS = 1e-4, 1e-3, 1e-2
"""Relative tolerances: of logits; of gradients and losses; of the way that weights go in ten steps. Equal networks
differ by rounding; docs/training.md has the measured distances of those and of the nearest mistakes."""

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
_CUTS = {
    "detach": "detach()",
    ".data": ".data",
    "numpy": "numpy()",
    "tensor": "torch.tensor()",
    "set_grad_enabled": "torch.no_grad()",
}
"""Calls that cut the graph of the gradients: as they are recorded, and as they are written."""


def logits_agree(bench: Bench, known: Known) -> Finding:
    """Give both networks the same weights, and compare logits. ``facts`` are the layouts that agree, or None."""
    inputs = bench.inputs
    expected = [bench.expect("outputs", weights, inputs.images) for weights in inputs.weights]
    first: Finding | None = None
    for ways in islice(known.ways(bench.task), _MOST_WAYS):
        finding = _compare(bench, known, ways, expected)
        if finding.passed:
            return finding
        first = first or finding
        if finding.outcome != "returned":
            break
    assert first is not None, "matched parameters have a layout"
    return first


def _compare(bench: Bench, known: Known, ways: Ways, expected: list[Array]) -> Finding:
    notes = {_OTHER_LAYOUT.format(p.name) for p, way in zip(known.matched, ways, strict=True) if not way.usual}
    for weights, wanted in zip(bench.inputs.weights, expected, strict=True):
        outcome = bench.ask("outputs", known.placed(weights, ways), bench.inputs.images)
        if not isinstance(outcome, Returned):
            return unanswered(bench, outcome, "The forward pass with other weights")
        wrong = odd(outcome.value, *wanted.shape)
        if wrong is not None:
            return Finding(False, f"With other weights, the forward pass gives {wrong}.")
        if difference(outcome.value, wanted) > LOGITS:
            if difference(centred(outcome.value), centred(wanted)) > LOGITS:
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
    asked = tuple(bench.expect("describe", bench.task.input_shape)["calls"])
    more, fewer = Counter(known.calls) - Counter(asked), Counter(asked) - Counter(known.calls)
    if fewer:
        yield f"Expected in forward and not seen: {_listed(fewer)}."
    if more:
        yield f"Seen in forward and not expected: {_listed(more)}."
    if not more and not fewer:
        yield f"The order expected in forward is {', '.join(asked)}; yours is {', '.join(known.calls)}."


def _listed(calls: Counter[str]) -> str:
    return ", ".join(call if n == 1 else f"{call} ({n} times)" for call, n in list(calls.items())[:6])


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
        return Finding(False, " ".join(_gradient_words(known, wanting)))
    if ways is None:
        return None
    expected = bench.expect("gradients", inputs.weights[0], images, labels)["gradients"]
    for parameter, slope, way, wanted in zip(known.matched, given, ways, expected, strict=True):
        if slope is None or _apart(way.to_reference(slope, wanted.shape), wanted, wanted) > STEPS:
            return Finding(False, f"The logits are right, but the gradient of {parameter.name} is not.")
    return Finding(True)


def _gradient_words(known: Known, wanting: list[Parameter]) -> Iterator[str]:
    if len(wanting) == len(known.matched):
        yield "No parameter gets a gradient, so nothing can be learnt."
    else:
        yield f"No gradient reaches {', '.join(p.name for p in wanting)}."
    frozen = [p.name for p in wanting if not p.trainable]
    if frozen:
        yield f"requires_grad is False for {', '.join(frozen)}: a frozen layer stays as it was initialised."
    cuts = [words for call, words in _CUTS.items() if call in known.calls]
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
        return Finding(False, "In ten training steps the loss or the weights become NaN or infinity.")
    stuck = _unreached(outcome.value.get("reached"), known)
    if stuck:
        return Finding(False, _STUCK.format(", ".join(stuck)))
    shapes = bench.task.parameters
    start, end = (
        [way.to_reference(array, shape) for array, way, shape in zip(values, ways, shapes, strict=True)]
        for values in (initial, final)
    )
    alike = [p.name for p, weight in zip(known.matched, end, strict=True) if _filters_alike(weight)]
    if alike:
        return Finding(False, _ALIKE.format(" and ".join(alike)))
    expected = bench.expect("trajectory", start, inputs.batches, inputs.targets, rate=RATE)
    if not np.abs(losses - expected["losses"]).max() <= STEPS * np.abs(expected["losses"]).max():
        return Finding(False, f"Its losses are {_four(losses)}; they should be {_four(expected['losses'])}.")
    for parameter, begin, mine, wanted in zip(known.matched, start, end, expected["final"], strict=True):
        if not _apart(mine, wanted, wanted - begin) <= WEIGHTS:
            return Finding(False, f"{parameter.name} does not move as it should.")
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
