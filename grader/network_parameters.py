"""What the parameters of a network mean that are missing, or that nobody asked for."""

from __future__ import annotations

import math
from collections.abc import Sequence

from cnnexercises.exercise import ModelTask
from grader.bench import Known
from grader.crashes import pattern
from grader.network_crashes import maps_words
from grader.network_settings import Calls
from grader.report import Diagnosis
from grader.transplant import Parameter

Shape = tuple[int, ...]

_INIT = "The layers made in __init__."
_NORMS = ("batch_norm", "layer_norm", "group_norm", "instance_norm")


def other_parameters(known: Known, task: ModelTask, asked: Sequence[str]) -> Diagnosis:
    """Say what the parameters that are missing, or that nobody asked for, mean; ``asked`` are the reference's calls."""
    lacking = [s for s, i in zip(task.parameters, known.match.indices, strict=True) if i is None]
    left = [known.parameters[i] for i in known.match.left]
    if lacking and known.strays:
        return _NOT_REGISTERED
    if left and all(parameter.use < 0 for parameter in left):
        return _unused(left, bool(lacking))
    if all(len(shape) < 2 for shape in lacking) and not left:
        return _NO_BIAS
    if any("parametrizations" in one.name or one.name.endswith(_SPLIT) for one in known.parameters):
        return _SPLIT_WEIGHT
    if not lacking:
        return _added(known, left, task)
    return _other_layers(known, task, Calls(known.calls, asked))


_NOT_REGISTERED = pattern(
    "not_registered",
    "Some weights are no parameters of the network",
    "nn.Module finds layers that are attributes of self. It does not find those in a plain list or dict, "
    "those made in forward, and tensors that are no nn.Parameter: an optimiser never trains them. Use "
    "nn.ModuleList, nn.Sequential or an attribute for each.",
    _INIT,
)
_NO_BIAS = pattern(
    "no_bias",
    "The bias is missing",
    "Each filter, and each output of the linear layer, has a bias to learn: leave bias=True, as it is by "
    "default.",
    _INIT,
)


_SPLIT = ("weight_g", "weight_v", "weight_orig", "weight_u")
_SPLIT_WEIGHT = pattern(
    "weight_in_parts",
    "A weight is computed from other parameters",
    "weight_norm, spectral_norm and their like put other parameters in the place of a weight. The network "
    "asked for has plain layers.",
    _INIT,
)


def layer_names(parameters: Sequence[Parameter]) -> str:
    """Return the layers of parameters, in words."""
    layers = dict.fromkeys(parameter.name.rpartition(".")[0] or parameter.name for parameter in parameters)
    return " and ".join(list(layers)[:4])


def _unused(left: Sequence[Parameter], replaced: bool) -> Diagnosis:
    """Say that forward never uses layers; ``replaced`` when others, or none, took their place."""
    names = layer_names(left)
    explanation = (
        "Layers were made, and others or none took their place in forward. Call each of them there."
        if replaced
        else "They are counted and never trained. Call them in forward, or remove them from __init__."
    )
    return pattern("unused_layer", f"forward never uses {names}", explanation, f"{names} in forward.")


def _added(known: Known, left: Sequence[Parameter], task: ModelTask) -> Diagnosis:
    used = [parameter for parameter in left if parameter.use >= 0]
    names = layer_names(used)
    if "prelu" in known.calls:
        explanation = "PReLU learns a slope for negative values. The network asked for has ReLU, which learns nothing."
        return pattern("prelu", "PReLU instead of ReLU", explanation, _INIT)
    norms = [norm for norm in _NORMS if norm in known.calls]
    if norms:
        title = f"Normalisation that was not asked for: {names}"
        explanation = f"Its {norms[0]} has parameters of its own. The network asked for is {task.summary}."
        return pattern("normalisation", title, explanation, _INIT)
    explanation = f"The network asked for is {task.summary}, without other parameters."
    return pattern("extra_layer", f"Not asked for: {names}", explanation, _INIT)


def _other_layers(known: Known, task: ModelTask, calls: Calls) -> Diagnosis:
    """Compare the weights, without biases, in the order of use."""
    wanted = [shape for shape in task.parameters if len(shape) > 1]
    used = sorted((parameter for parameter in known.parameters if parameter.use >= 0), key=lambda one: one.use)
    own = [parameter.shape for parameter in used if len(parameter.shape) > 1]
    counts = [(sum(len(s) > 2 for s in shapes), sum(len(s) == 2 for s in shapes)) for shapes in (own, wanted)]
    (convolutions, linears), (asked, asked_linears) = counts
    if convolutions != asked:
        return _number(convolutions, asked, "convolution", task)
    if linears != asked_linears:
        return _number(linears, asked_linears, "linear layer", task)
    pairs = list(zip(own, wanted, strict=True))
    if any(mine[2:] != asked[2:] for mine, asked in pairs):
        return _kernels(pairs)
    if [mine[0] for mine, _ in pairs[:-1]] != [asked[0] for _, asked in pairs[:-1]]:
        return _widths(pairs)
    return _sizes(pairs, task, calls.other_settings())


def _number(own: int, asked: int, kind: str, task: ModelTask) -> Diagnosis:
    slug = "extra_layer" if own > asked else "missing_layer"
    title = f"It has {own or 'no'} {kind}{'s' if own != 1 else ''}; the number asked for is {asked}"
    explanation = f"The network asked for is {task.summary}."
    return pattern(slug, title, explanation, _INIT)


def _kernels(pairs: Sequence[tuple[Shape, Shape]]) -> Diagnosis:
    mine, asked = next((mine, asked) for mine, asked in pairs if mine[2:] != asked[2:])
    own, wanted = ("x".join(map(str, shape[2:])) for shape in (mine, asked))
    explanation = f"The network asked for has {wanted} kernels, with the padding that keeps the size of the maps."
    return pattern("other_kernel", f"Kernels of {own}, not {wanted}", explanation, "kernel_size in __init__.")


def _widths(pairs: Sequence[tuple[Shape, Shape]]) -> Diagnosis:
    own, wanted = (" and ".join(str(pair[which][0]) for pair in pairs[:-1]) for which in (0, 1))
    explanation = "A convolution has as many filters as it makes maps."
    return pattern("other_widths", f"{own} filters, not {wanted}", explanation, "The channels in __init__.")


def _sizes(pairs: Sequence[tuple[Shape, Shape]], task: ModelTask, settings: str) -> Diagnosis:
    """The filters are right, so the linear layer, or the channels that a filter sees, are not."""
    mine, asked = next((mine, asked) for mine, asked in pairs if mine != asked)
    if len(mine) > 2:
        title = f"A filter sees {mine[1]} channel{'s' if mine[1] > 1 else ''}, not {asked[1]}"
        return pattern("other_channels", title, "Are the channels divided into groups?", _INIT)
    numbers = max(mine) if math.prod(task.flattened) not in mine else min(mine)
    if numbers == min(mine):
        title = f"The linear layer has {numbers} outputs, not {task.classes}"
        return pattern("other_outputs", title, f"There are {task.classes} digits, and one logit for each.", _INIT)
    title = f"The linear layer takes {numbers:,} numbers an image, not {math.prod(task.flattened):,}"
    maps, height, width = task.flattened
    usual = f"An image has {maps} maps of {height}x{width} when they are flattened."
    explanation = maps_words(numbers, task, settings) or usual
    if settings:
        title, explanation = settings, f"{title}. {explanation}"
    return pattern("other_size", title, explanation, "The poolings and the padding.")
