"""The smallest call that a network gets wrong, as text to paste and read, and the script that replays it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import prod
from types import MappingProxyType
from typing import Any

import numpy as np
import numpy.typing as npt

from grader.bench import Bench, Finding, Known, arrays, finite, odd
from grader.network_replay import network_script
from grader.outcome import Died, Outcome, OutOfMemory, Raised, Returned, TimedOut
from grader.report import Counterexample
from grader.transplant import REPEATS, alike, centred, difference
from grader.verdict import exception_text

Array = npt.NDArray[Any]

_PLAIN = """\
for p in model.parameters():  # small numbers by their places
    p.data = (torch.arange(p.numel()) * 7 % 11 - 5).view(p.shape) / p.numel() ** 0.5"""
_FILL = """\
for p in model.parameters():  # small numbers by their places
    values = (torch.arange(p.numel()) * 7 % 11 - 5).view(p.shape)
    values = values[:, :1] if p.ndim == 2 and p.shape[0] < p.shape[1] else values
    p.data = values.expand(p.shape) / p.numel() ** 0.5"""
"""Gives a linear layer one number for all that an output sees: then any order of flattening gives the same logits."""

_TELLING = 1e-3
"""How far logits must be from the right ones, relatively, to be shown: ten times the tolerance, if there are any."""

_MOST_NUMBERS = 2**24


@dataclass(frozen=True)
class Failing:
    """A call that fails: source that sets it up, the call, what came back, what was expected (in words), and for the
    script the source of that and how the two are compared."""

    setting: str
    call: str
    returned: str
    expected: str
    source: str
    comparison: str


def smallest(bench: Bench, check: str, finding: Finding, known: Known | None) -> Counterexample | None:
    """Return a small call that shows why a check failed, or None when no call that was tried does."""
    search = _SEARCHES[check] if finding.outcome == "returned" else _shape
    found = search(bench, finding, known) or _shape(bench, finding, known)
    if found is None:
        return None
    one = replace(found, setting=found.setting.replace("NETWORK", bench.task.name))
    call = one.call.replace("NETWORK", bench.task.name)
    shown = None if one.comparison in ("logits", "equal", "entries", "shapes", "numbers") else one.expected
    name, path = bench.task.name, bench.submission.path
    return Counterexample(
        call=f"{one.setting}\n{call}".strip(),
        returned=one.returned,
        expected=one.expected,
        replay=network_script(
            name, path, bench.torch_seed, one.setting, call, one.source, one.comparison, shown
        ),
    )


def small_numbers(shape: Sequence[int], fill: str = _FILL) -> Array:
    """Return what a parameter of this shape is filled with, float32."""
    values = (np.arange(prod(shape)) * 7 % 11 - 5).reshape(shape)
    if fill is _FILL and values.ndim == 2 and shape[0] < shape[1]:
        values = np.broadcast_to(values[:, :1], shape)
    return np.asarray(values / np.sqrt(prod(shape)), np.float32)


def _model(bench: Bench, fill: str = _FILL) -> str:
    """Return source that makes the network in eval mode, with small numbers for weights, or "" for those of its own."""
    first = f"model(torch.zeros{(1, *bench.task.input_shape)})  # a first image"
    return "\n".join(["model = NETWORK().eval()", first, *([fill] if fill else [])])


def _listed(numbers: Iterable[float], digits: int = 6) -> str:
    return f"[{', '.join(f'{number:.{digits}g}' for number in numbers)}]"


def _rows(logits: Array, digits: int = 6) -> str:
    rows = ",\n ".join(_listed(row, digits) for row in logits)
    return f"[{rows}]"


def _placed(known: Known | None, fill: str = _FILL) -> list[Array] | None:
    """Return the small numbers for every parameter; or None where they are too many to be true."""
    if known is None or sum(prod(parameter.shape) for parameter in known.parameters) > _MOST_NUMBERS:
        return None
    return [small_numbers(parameter.shape, fill) for parameter in known.parameters]


def _reference_weights(bench: Bench, known: Known, fill: str = _FILL) -> list[Array]:
    """Return the same small numbers in the layout of the reference's parameters."""
    ways = next(known.ways(bench.task))
    triples = zip(known.matched, ways, bench.task.parameters, strict=True)
    return [way.to_reference(small_numbers(one.shape, fill), shape) for one, way, shape in triples]


# --- shapes and exceptions -----------------------------------------------------------------------------------


def _shape(bench: Bench, finding: Finding, _known: Known | None) -> Failing | None:
    """Give it empty images, one and more, until something else than logits comes back; then one in train mode."""
    task, setting = bench.task, "model = NETWORK().eval()"
    if finding.outcome == "timed_out":  # not waited for again
        return _other_shape(bench, setting, 1, finding.message or "nothing")
    for images in (1, 2, 7, 100):
        shape = (images, *task.input_shape)
        outcome = bench.ask("outputs", None, np.zeros(shape, np.float32))
        wrong = odd(outcome.value, images, task.classes) if isinstance(outcome, Returned) else _ending(outcome)
        if wrong is not None:
            told = wrong.partition(", where ")[0]
            told = told if isinstance(outcome, (Returned, Raised, TimedOut)) else finding.message or told
            return _other_shape(bench, setting, images, told)
        setting = _model(bench, "")
    outcome = bench.ask("variations", None, np.zeros((1, *task.input_shape), np.float32))
    if isinstance(outcome, Returned):
        return None
    return _other_shape(bench, f"{setting}\nmodel.train()", 1, _ending(outcome))


def _other_shape(bench: Bench, setting: str, images: int, told: str) -> Failing:
    shape, wanted = (images, *bench.task.input_shape), (images, bench.task.classes)
    call, expected = f"model(torch.zeros{shape})", f"a tensor of floats, of shape {wanted}"
    return Failing(setting, call, told, expected, repr(wanted), "shape")


def _ending(outcome: Outcome) -> str:
    match outcome:
        case Raised():
            return exception_text(outcome.name, outcome.text)
        case TimedOut(seconds):
            return f"nothing within {seconds:g} s"
        case OutOfMemory(limit):
            return f"nothing: it asks for more than {limit} MiB of memory"
        case Died(how):
            return f"nothing: the process {how}"
    return "nothing"


# --- parameters ----------------------------------------------------------------------------------------------


def _parameters(bench: Bench, _finding: Finding, known: Known | None) -> Failing | None:
    if known is None:
        return None
    own, asked = [parameter.shape for parameter in known.parameters], list(bench.task.parameters)
    counted = sorted(map(prod, own)) != sorted(map(prod, asked))
    call = "[tuple(p.shape) for p in model.parameters()]"
    setting = _model(bench, "")
    return Failing(setting, call, str(own), str(asked), str(asked), "entries" if counted else "shapes")


# --- repeatability -------------------------------------------------------------------------------------------


def _repeated(bench: Bench, _finding: Finding, known: Known | None) -> Failing | None:
    """Show two calls whose logits should be equal; with its own initial weights where small numbers hide it."""
    shape = (7, *bench.task.input_shape)
    images = (np.arange(prod(shape)) * 7 % 11 / 10).astype(np.float32).reshape(shape)
    source = f"\nimages = (torch.arange({prod(shape)}) * 7 % 11 / 10).view{shape}"
    placed = _placed(known)
    for weights in (placed, None) if placed is not None else (None,):
        outcome = bench.ask("variations", weights, images)
        answers = outcome.value if isinstance(outcome, Returned) else None
        sizes = (7, 7, 1, 7, 7)
        if not isinstance(answers, list) or len(answers) != len(sizes):
            continue
        if any(odd(answer, size, bench.task.classes) for answer, size in zip(answers, sizes, strict=True)):
            continue
        first, again, one, _, training = answers
        for other, call in (
            (again, "model(images) - model(images)"),
            (one, "model(images)[:1] - model(images[:1])"),
            (training, "model.eval()(images) - model.train()(images)"),
        ):
            if difference(other, first[: len(other)]) > REPEATS:
                most = np.abs(other - first[: len(other)]).max()
                setting = _model(bench, _FILL if weights is not None else "") + source
                return Failing(setting, call, f"differences of up to {most:.3g}", "0 everywhere", "0", "nothing")
    return None


# --- logits --------------------------------------------------------------------------------------------------


def _images(shape: tuple[int, ...]) -> Iterator[tuple[str, Array]]:
    """Yield an image, the plainest first, with its source; at last two."""
    whole, numbers = (1, *shape), prod(shape)
    yield f"images = torch.zeros{whole}", np.zeros(whole, np.float32)
    for factor in (1, 100):
        image = np.zeros(whole, np.float32)
        image[..., :4, :4] = factor * np.arange(16).reshape(4, 4)
        corner = f"images[..., :4, :4] = {f'{factor} * ' if factor > 1 else ''}torch.arange(16).view(4, 4)"
        yield f"images = torch.zeros{whole}\n{corner}", image
    steps = (np.arange(numbers) * 7 % 11 / 10).astype(np.float32).reshape(whole)
    yield f"images = (torch.arange({numbers}) * 7 % 11 / 10).view{whole}", steps
    for shape_of_batch in (whole, (2, *shape)):
        waves = f"images = torch.arange({prod(shape_of_batch)}.0).sin().view{shape_of_batch}"
        yield waves, _waves(shape_of_batch)


def _waves(shape: tuple[int, ...]) -> Array:
    """Return numbers in -1 to 1 without equal ones among them, so that no max-pool has a tie."""
    return np.sin(np.arange(prod(shape), dtype=np.float32)).reshape(shape)


def _logits(bench: Bench, _finding: Finding, known: Known | None) -> Failing | None:
    """Give it and the reference the same small weights, and an image on which their logits are clearly apart."""
    if known is None or not known.match.complete:
        return None
    near: Failing | None = None
    for fill in (_FILL, _PLAIN):
        for distance, found in _differing(bench, known, fill):
            if distance > _TELLING:
                return found
            near = near or found
    return near


def _differing(bench: Bench, known: Known, fill: str) -> Iterator[tuple[float, Failing]]:
    """Yield the images on which the logits differ, with how far, relatively."""
    own, right = _placed(known, fill), _reference_weights(bench, known, fill)
    for source, image in _images(bench.task.input_shape) if own is not None else ():
        outcome = bench.ask("outputs", own, image)
        if not isinstance(outcome, Returned) or odd(outcome.value, len(image), bench.task.classes) is not None:
            continue
        given, wanted = outcome.value, bench.expect("outputs", right, image)
        if not alike(given, wanted):
            setting = f"{_model(bench, fill)}\n{source}"
            distance, shown = difference(centred(given), centred(wanted)), (_rows(given, 5), _rows(wanted, 5))
            yield distance, Failing(setting, "model(images)", *shown, _rows(wanted), "logits")


# --- gradients and training ----------------------------------------------------------------------------------

_BATCH = 8
_LEARNT = """\
loss = F.cross_entropy(model(images), labels)
loss.backward()"""
_STEPS = """\
optimiser, reached, losses = torch.optim.Adam(model.parameters(), lr=1e-3), set(), []
for step in range({}):
    optimiser.zero_grad()
    loss = F.cross_entropy(model(images), labels)
    loss.backward()
    optimiser.step()
    reached |= {{name for name, p in model.named_parameters() if p.grad is not None and p.grad.any()}}
    losses.append(loss.item())"""
_WITHOUT = "[name for name, p in model.named_parameters() if p.grad is None or not p.grad.any()]"
_UNREACHED = "[name for name, p in model.named_parameters() if name not in reached]"
_ALIKE = (
    "[name for name, p in model.named_parameters() if p.ndim > 1 and len(p) > 1 and "
    "(p - p[:1]).abs().max() <= 1e-5 * p.abs().max()]"
)
_FINITE = "all(bool(p.isfinite().all()) for p in model.parameters())"


def _batch(bench: Bench) -> tuple[str, Array, Array]:
    """Return a batch of images and labels, after the source that makes them."""
    shape = (_BATCH, *bench.task.input_shape)
    source = f"images = torch.arange({prod(shape)}.0).sin().view{shape}\nlabels = torch.arange({_BATCH})"
    return source, _waves(shape), np.arange(_BATCH)


def _gradients(bench: Bench, _finding: Finding, known: Known | None) -> Failing | None:
    """Show the parameters without a gradient; where each has one, how large the gradients are."""
    own = _placed(known)
    if known is None or own is None:
        return None
    source, images, labels = _batch(bench)
    setting = f"{_model(bench)}\n{source}\n{_LEARNT}"
    outcome = bench.ask("gradients", own, images, labels)
    given = arrays(outcome.value, "gradients", known) if isinstance(outcome, Returned) else None
    if given is None:
        return None
    lacking = [p.name for p, slope in zip(known.matched, given, strict=True) if slope is None or not slope.any()]
    if lacking:
        return Failing(setting, _WITHOUT, str(lacking), "[]: each parameter has one", "[]", "equal")
    expected = bench.expect("gradients", _reference_weights(bench, known), images, labels)["gradients"]
    norms = [[float(np.linalg.norm(slope)) for slope in some if slope is not None] for some in (given, expected)]
    if all(abs(own - right) <= 1e-3 * max(norms[1]) for own, right in zip(*map(sorted, norms), strict=True)):
        return None
    call, asked = "[p.grad.norm().item() for p in model.parameters()]", _listed(norms[1])
    return Failing(setting, call, _listed(norms[0]), asked, asked, "numbers")


def _trajectory(bench: Bench, finding: Finding, known: Known | None) -> Failing | None:
    """Take ten steps on one batch: from its own initial weights, or, when those are sound, from small numbers."""
    slug = finding.diagnosis.slug if finding.diagnosis is not None else ""
    if slug == "other_training":
        return _losses(bench, known)
    source, images, labels = _batch(bench)
    setting = f"{_model(bench, '')}\n{source}\n{_STEPS.format(10)}"
    taken = _steps(bench, known, None, images, labels, 10)
    if taken is None or known is None:
        return None
    if not all(finite(array) for array in taken.final):
        return Failing(setting, _FINITE, "False", "True: no NaN, no infinity", "True", "equal")
    if taken.stuck:
        return Failing(setting, _UNREACHED, str(taken.stuck), "[]: each gets a gradient", "[]", "equal")
    equal = [one.name for one, array in zip(known.matched, taken.final, strict=True) if _filters_alike(array)]
    if equal:
        return Failing(setting, _ALIKE, str(equal), "[]: no weight has equal filters", "[]", "equal")
    return None


def _filters_alike(array: Array) -> bool:
    several = array.ndim > 1 and len(array) > 1
    return several and bool(np.abs(array - array[:1]).max() <= 1e-5 * np.abs(array).max())


def _losses(bench: Bench, known: Known | None) -> Failing | None:
    own = _placed(known)
    if known is None or own is None:
        return None
    source, images, labels = _batch(bench)
    mine = _steps(bench, known, own, images, labels, 10)
    right = bench.expect("trajectory", _reference_weights(bench, known), *_repeat(images, labels, 10), rate=1e-3)
    wanted = right["losses"]
    if mine is None or np.abs(mine.losses - wanted).max() <= 1e-3 * np.abs(wanted).max():
        return None
    setting, asked = f"{_model(bench)}\n{source}\n{_STEPS.format(10)}", _listed(wanted)
    return Failing(setting, "losses", _listed(mine.losses), asked, asked, "numbers")


def _repeat(images: Array, labels: Array, steps: int) -> tuple[Array, Array]:
    return np.stack([images] * steps), np.stack([labels] * steps)


@dataclass(frozen=True)
class _Taken:
    """What steps of training gave: the losses, the weights at the end, and the parameters without a gradient."""

    losses: Array
    final: list[Array]
    stuck: list[str]


def _steps(
    bench: Bench, known: Known | None, weights: list[Array] | None, images: Array, labels: Array, steps: int
) -> _Taken | None:
    """Take steps on one batch. Return None where the answer is none."""
    outcome = bench.ask("trajectory", weights, *_repeat(images, labels, steps), rate=1e-3)
    value = outcome.value if isinstance(outcome, Returned) else None
    final = value.get("final") if isinstance(value, dict) else None
    match value:
        case {"losses": np.ndarray() as losses, "reached": list(reached)} if known is not None and final is not None:
            shapes = [one.shape for one in known.parameters]
            sound = losses.shape == (steps,) and losses.dtype.kind == "f" and len(reached) == len(shapes)
            if sound and [array.shape for array in final if _floats(array)] == shapes:
                stuck = [one.name for one, flag in zip(known.parameters, reached, strict=True) if flag != 1]
                return _Taken(losses, [final[i] for i in known.match.indices if i is not None], stuck)
    return None


def _floats(array: Any) -> bool:
    return isinstance(array, np.ndarray) and array.dtype.kind == "f"


_MEMORISED, _MEMORY_STEPS = 0.5, 60


def _memory(bench: Bench, _finding: Finding, known: Known | None) -> Failing | None:
    """Let it learn eight images by heart, which the network that was asked for does in a few steps."""
    source, images, labels = _batch(bench)
    taken = _steps(bench, known, None, images, labels, _MEMORY_STEPS)
    if taken is None or taken.losses[-1] <= _MEMORISED:
        return None
    setting = f"{_model(bench, '')}\n{source}\n{_STEPS.format(_MEMORY_STEPS)}"
    expected = f"less than {_MEMORISED}: eight images are learnt by heart"
    return Failing(setting, "losses[-1]", f"{taken.losses[-1]:.4g}", expected, str(_MEMORISED), "below")


_SEARCHES: Mapping[str, Callable[[Bench, Finding, Known | None], Failing | None]] = MappingProxyType({
    "builds": _shape,
    "shapes": _shape,
    "parameters": _parameters,
    "repeatable": _repeated,
    "logits": _logits,
    "gradients": _gradients,
    "trajectory": _trajectory,
    "learns": _memory,
})
