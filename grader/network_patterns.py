"""Observations on a network that is not the one asked for: from its parameters, its calls and its gradients."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy.typing as npt

from grader import network_crashes
from grader.bench import Known
from grader.crashes import pattern
from grader.network_parameters import layer_names
from grader.report import Diagnosis
from grader.transplant import Parameter

Array = npt.NDArray[Any]

_INIT = "The layers made in __init__."


# --- building ------------------------------------------------------------------------------------------------

_CLASS = "The line that begins with class."
AN_INSTANCE = pattern(
    "instance",
    "It is a network already, not a class",
    "Each training builds a new one. Keep the name for the class, and call what it makes something else, "
    "such as model.",
    _CLASS,
)
NO_MODULE = pattern(
    "not_a_module",
    "The class is no nn.Module",
    "A network derives from nn.Module, and calls super().__init__() first: that is how its parameters are "
    "found.",
    _CLASS,
)
NO_FORWARD = pattern(
    "no_forward",
    "The class has no method forward",
    "model(x) calls forward(self, x). Is it spelled like that, and indented as a method of the class?",
    _CLASS,
)
NO_LAYERS = pattern(
    "no_layers", "It has no parameters", "Layers with weights are made in __init__, as attributes of self.", _INIT
)
BATCH_FIXED = pattern("batch_fixed", *network_crashes.BATCH_FIXED, "The line that flattens.")


# --- repeatability -------------------------------------------------------------------------------------------

_RANDOM = ("rand", "normal", "bernoulli", "multinomial", "poisson", "exponential", "uniform")


def not_repeatable(known: Known | None) -> Diagnosis:
    """Say what makes a network give other logits the second time, in eval mode."""
    calls = known.calls if known else ()
    if any("dropout" in call for call in calls):
        return pattern(
            "dropout_in_eval",
            "Dropout is on in eval mode too",
            "F.dropout drops always, unless it is told training=self.training; an nn.Dropout knows by "
            "itself, when it is an attribute of self. This network needs no dropout at all.",
            "The dropout in forward.",
        )
    if known and known.strays:
        return pattern(
            "layer_in_forward",
            "A layer is made anew in each call of forward",
            "Its weights are random each time, and no optimiser ever sees them. Make layers in __init__, as "
            "attributes of self, and call them in forward.",
            "nn.Conv2d(...) or nn.Linear(...) in forward.",
        )
    random = next((call for call in calls if call.startswith(_RANDOM)), None)
    return pattern(
        "random_forward",
        "forward is random" if random else "forward remembers earlier calls, or is random",
        "In eval mode, an image has to get the same logits each time.",
        f"{random or 'What is kept in self'} in forward.",
    )


def depends_on_batch(known: Known | None) -> Diagnosis:
    """Say what makes an image's logits depend on the other images of the batch."""
    calls = known.calls if known else ()
    if "batch_norm" in calls:
        return pattern(
            "batch_statistics",
            "It is normalised with the batch's own mean and deviation",
            "In eval mode too, an image's logits depend on the others of its batch. The network asked for "
            "has no batch normalisation.",
            "The batch normalisation.",
        )
    softmax = next((call for call in calls if "softmax" in call), None)
    if softmax:
        return pattern(
            "softmax_over_batch",
            f"{softmax} goes over the images, not over the classes",
            "With dim=0 each column sums to 1. Return the logits without softmax: nn.CrossEntropyLoss has "
            "it inside.",
            _LAST,
        )
    statistics = next((call for call in calls if call in ("mean", "std", "var", "amax", "max", "sum")), None)
    if statistics:
        return pattern(
            "batch_statistics",
            f"{statistics} goes over the whole batch",
            "An image's logits depend on the others of its batch. Tell it the axes to go over, and leave "
            "out the first.",
            f"{statistics} in forward.",
        )
    return pattern(
        "images_mixed",
        "Values of several images get into one row",
        "The first axis is that of the images, and has to stay the first: flatten with x.flatten(1), and "
        "exchange no axis with it.",
        "The line that flattens.",
    )


_LAST = "The last line of forward."


def depends_on_mode(known: Known | None, training: Sequence[str] = ()) -> Diagnosis:
    """Say what makes train mode give other logits than eval mode; ``training`` are the calls in train mode."""
    calls = known.calls if known else ()
    names = ("dropout", "batch_norm", "rrelu")
    found = next((name for name in names if any(name in call for call in calls)), None)
    slug, title = {
        "dropout": ("dropout_in_train", "It has dropout, which was not asked for"),
        "batch_norm": ("batch_norm", "It has batch normalisation, which was not asked for"),
        "rrelu": ("rrelu", "RReLU instead of ReLU"),
        None: ("depends_on_mode", "In train mode it computes something else than in eval mode"),
    }[found]
    explanation = (
        "In train mode other logits come out than in eval mode. The network asked for computes the same in "
        "both."
    )
    also = Counter(training) - Counter(calls)
    if found is None and also:
        title = f"In train mode forward also calls {listed(also, 3)}"
    return pattern(slug, title, explanation, f"{found or 'self.training'} in __init__ and forward.")


# --- logits --------------------------------------------------------------------------------------------------

ALL_ALIKE = pattern(
    "one_row_for_all",
    "Different images get the same logits",
    "Does forward look at one image only, as x[0] does, or is what it computes from the images thrown away?",
    "forward.",
)


def scaled(factor: float) -> Diagnosis:
    """Say that the logits are right but for a factor."""
    explanation = "Something is divided or multiplied on the way. Return the last layer's result as it is."
    return pattern("scaled", f"The logits are {factor:.4g} times what they should be", explanation, _LAST)


# --- calls --------------------------------------------------------------------------------------------------


def other_calls(known: Known, asked: Sequence[str]) -> Diagnosis:
    """Say what forward calls, and what it was expected to call, when no known mistake explains its logits."""
    more, fewer = Counter(known.calls) - Counter(asked), Counter(asked) - Counter(known.calls)
    if more and fewer:
        title = f"forward calls {listed(more, 3)}, where {listed(fewer, 3)} was expected"
    elif more:
        title = f"forward also calls {listed(more, 3)}"
    elif fewer:
        title = f"forward does not call {listed(fewer, 3)}"
    elif tuple(known.calls) == tuple(asked):
        title = "forward calls the right functions in the right order, and gives other logits"
    else:
        title = "forward calls the right functions, in another order"
    explanation = f"With the same weights its logits should be those of {', '.join(asked)}. "
    if more and not fewer:
        explanation += "Leave out what was not asked for."
    else:
        explanation += (
            "Is a result thrown away (`F.relu(x)` without `x =`), a layer called twice, or are values changed on the "
            "way?"
        )
    return pattern("other_function", title, explanation, "forward.")


def listed(calls: Counter[str], most: int = 6) -> str:
    """Return calls in a line, with how often."""
    return ", ".join(call if n == 1 else f"{call} ({n} times)" for call, n in list(calls.items())[:most])


# --- gradients and training ----------------------------------------------------------------------------------

_CUTS = {
    "numpy": ("through_numpy", "numpy()"),
    "tensor": ("new_tensor", "torch.tensor()"),
    "detach": ("detached", "detach()"),
    ".data": ("detached", ".data"),
    "set_grad_enabled": ("no_grad", "torch.no_grad()"),
}
"""Calls that cut the graph of the gradients, as they are recorded: a slug, and how they are written."""


def cuts(known: Known) -> list[str]:
    """Return the calls in forward that cut the graph of the gradients, as they are written."""
    return [words for call, (_, words) in _CUTS.items() if call in known.calls]


def no_gradient(known: Known, wanting: Sequence[Parameter]) -> Diagnosis:
    """Say why parameters of a network get no gradient."""
    frozen = [parameter for parameter in wanting if not parameter.trainable]
    names = "any layer" if len(wanting) == len(known.matched) else layer_names(wanting)
    found = cuts(known)
    if frozen and (len(frozen) == len(wanting) or not found):
        return pattern(
            "frozen",
            f"Frozen: {'everything' if len(frozen) == len(known.matched) else layer_names(frozen)}",
            "requires_grad is False there: an optimiser never changes it, and it stays as it was "
            "initialised.",
            "requires_grad in __init__.",
        )
    if found:
        slug = next(slug for call, (slug, _) in _CUTS.items() if call in known.calls)
        explanation = (
            f"forward uses {' and '.join(found)}, which cuts off from the loss all that comes before it: "
            "those layers never learn. Leave it out; it belongs to evaluation, outside the network."
        )
        return pattern(slug, f"No gradient reaches {names}", explanation, f"{found[0]} in forward.")
    explanation = "Something in forward makes new numbers without their history. Use functions of torch only."
    return pattern("no_gradient", f"No gradient reaches {names}", explanation, "forward.")


def not_reached(names: Sequence[str], initial: Sequence[Array]) -> Diagnosis:
    """Say why parameters get no gradient in the first steps, although forward and backward pass are right."""
    if any(array.ndim > 1 and not array.any() for array in initial):
        return pattern(
            "zero_weights",
            "The weights start at zero",
            "Then every map is zero, and so is every gradient: nothing moves. Leave the initialisation to "
            "PyTorch, or draw small random numbers.",
            "The initialisation in __init__.",
        )
    return pattern(
        "dead_weights",
        f"With its initial weights, {', '.join(names[:4])} never get a gradient",
        "Where all that ReLU gets is negative, it gives 0, and so is its gradient. Leave the initialisation "
        "to PyTorch.",
        "The initialisation in __init__.",
    )


EQUAL_WEIGHTS = pattern(
    "equal_weights",
    "All filters start with the same weights",
    "Equal weights get equal gradients, and stay equal: filters that all see the same are no more than one. "
    "Draw them at random, as PyTorch does by itself.",
    "The initialisation in __init__.",
)

OTHER_TRAINING = pattern(
    "other_training",
    "The gradients are right, and training moves the weights elsewhere",
    "Does something in forward change weights, or what it computes, from call to call?",
    "forward.",
)

OTHER_GRADIENT = pattern(
    "other_gradient",
    "The logits are right, the gradients are not",
    "Part of forward computes with numbers that have no history, or has a backward pass of its own.",
    "forward.",
)

DIVERGES = pattern(
    "diverges",
    "In training the numbers grow without end",
    "Loss, weights or logits become NaN or infinity: are the initial weights very large, or is something "
    "multiplied in each call?",
    "The initialisation in __init__.",
)


def not_learnt(lacking: Sequence[str], curve: str = "") -> Diagnosis:
    """Say that the brief training failed, and how the loss went, in words; ``lacking`` are the parameters that no
    gradient reaches."""
    explanation = "A network like this one learns them in that time."
    if curve:
        explanation += f" The loss went {curve}."
    if lacking:
        explanation += f" No gradient reaches {', '.join(lacking[:6])}: they stay as they were initialised."
    else:
        explanation += " Every parameter gets a gradient: are the initial weights far too large or too small?"
    look_at = "The initialisation, and forward."
    return pattern("does_not_learn", "It does not learn to read digits", explanation, look_at)
