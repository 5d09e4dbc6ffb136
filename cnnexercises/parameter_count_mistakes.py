"""What goes wrong in exercise 03: counts of parameters, each with one step exchanged for a mistaken one."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from cnnexercises.exercise import Misconception
from cnnexercises.misconceptions import Function, Told, known


def pair(value: Any) -> tuple[int, int]:
    """Return a pair as it is, and an int twice."""
    return (value[0], value[1]) if isinstance(value, tuple) else (value, value)


def square(kernel: Any) -> tuple[int, int]:
    """Take the height of a kernel for its width too."""
    return pair(pair(kernel)[0])


def int_only(kernel: Any) -> tuple[int, int]:
    """Fail on a pair."""
    return pair(int(kernel))


def pair_only(kernel: Any) -> tuple[int, int]:
    """Fail on an int."""
    return kernel[0], kernel[1]


# --- linear_params -------------------------------------------------------------------------------------------


def linear(
    sizes: Sequence[int],
    bias: bool = True,
    *,
    steps: Function = pairwise,
    weights: Function = lambda n, m, _bias: n * m,
    biases: Function = lambda _n, m, bias: m if bias else 0,
    layer: Function = lambda weights, biases, _bias: (weights, biases),
    gather: Function = list,
) -> Any:
    """Count the parameters of a fully connected network as a student does; each keyword exchanges one step."""
    return gather(layer(weights(n, m, bias), biases(n, m, bias), bias) for n, m in steps(sizes))


def _totals(layers: Any) -> tuple[int, int]:
    weights, biases = zip(*layers, strict=True)
    return sum(weights), sum(biases)


def _no_biases_by_default(sizes: Sequence[int], bias: bool = False) -> Any:
    return linear(sizes, bias)


def _biases_moved(layers: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    before = [0, *(biases for _, biases in layers)]
    return [(weights, biases) for (weights, _), biases in zip(layers, before, strict=False)]


def _three(sizes: Sequence[int]) -> list[tuple[int, int]]:
    n, h, m = sizes
    return [(n, h), (h, m)]


_LOOK_WEIGHTS = "The number of weights."
_LOOK_BIASES = "The number of biases."
_LOOK_LAYERS = "The loop over the layers."
_LOOK_RETURN = "What is returned."
_PAIRS = "What is asked for is a list with one (weights, biases) pair for each layer: [(25600, 100), (2600, 26)]."
_OUTPUTS = "Each output of a layer has one bias, which is added to its sum: a layer from n to m units has m biases."
_STEPS = "There is one layer for each step from one size to the next: [256, 100, 26] has two."

_LINEAR: tuple[Told, ...] = (
    (
        "bias_of_inputs", "There is a bias for each input, not for each output", _OUTPUTS, _LOOK_BIASES,
        {"biases": lambda n, _m, bias: n if bias else 0},
    ),
    (
        "one_bias", "A layer has only one bias", _OUTPUTS, _LOOK_BIASES,
        {"biases": lambda _n, _m, bias: 1 if bias else 0},
    ),
    (
        "bias_flag_ignored", "Biases are counted for bias=False, too",
        "bias=False leaves the weights as they are, and there are 0 biases.", _LOOK_BIASES,
        {"biases": lambda _n, m, _bias: m},
    ),
    (
        "never_a_bias", "Biases are never counted", _OUTPUTS, _LOOK_BIASES,
        {"biases": lambda _n, _m, _bias: 0},
    ),
    (
        "bias_of_the_layer_before", "Each layer has the biases of the layer before", _OUTPUTS, _LOOK_BIASES,
        {"gather": lambda layers: _biases_moved(list(layers))},
    ),
    (
        "none_without_bias", "Without bias the second number is None", "No biases are 0 biases.", _LOOK_BIASES,
        {"biases": lambda _n, m, bias: m if bias else None},
    ),
    (
        "weights_alone_without_bias", "Without bias a layer is a number, not a pair",
        "The result has the same form with and without bias: (weights, 0).", _LOOK_RETURN,
        {"layer": lambda weights, biases, bias: (weights, biases) if bias else weights},
    ),
    (
        "one_entry_without_bias", "Without bias a layer has one number, not two",
        "The result has the same form with and without bias: (weights, 0).", _LOOK_RETURN,
        {"layer": lambda weights, biases, bias: (weights, biases) if bias else (weights,)},
    ),
    (
        "biases_within_weights", "The weights have the biases in them",
        "The two numbers are counted apart: n * m weights, and m biases.", _LOOK_WEIGHTS,
        {"weights": lambda n, m, bias: (n + (1 if bias else 0)) * m},
    ),
    (
        "one_output_too_many", "The weights count one output too many",
        "The bias of an output is no weight, and the bias of the inputs is no output: n * m weights, and m biases "
        "beside them.", _LOOK_WEIGHTS,
        {"weights": lambda n, m, bias: n * (m + (1 if bias else 0))},
    ),
    (
        "sum_of_sizes", "The sizes are added, not multiplied",
        "Each of the n inputs is joined to each of the m outputs: n * m weights.", _LOOK_WEIGHTS,
        {"weights": lambda n, m, _bias: n + m},
    ),
    (
        "from_the_first_size", "Every layer is counted from the first size",
        "Layer k leads from sizes[k] to sizes[k + 1]: its inputs are the outputs of the layer before.", _LOOK_LAYERS,
        {"steps": lambda sizes: [(sizes[0], m) for m in sizes[1:]]},
    ),
    (
        "to_the_last_size", "Every layer is counted to the last size",
        "Layer k leads from sizes[k] to sizes[k + 1], not straight to the output.", _LOOK_LAYERS,
        {"steps": lambda sizes: [(n, sizes[-1]) for n in sizes[:-1]]},
    ),
    (
        "first_size_follows_the_last", "There is a layer from the last size to the first",
        f"sizes[i - 1] is the last entry at i = 0. {_STEPS} Begin with i = 1.", _LOOK_LAYERS,
        {"steps": lambda sizes: [(sizes[i - 1], m) for i, m in enumerate(sizes)]},
    ),
    (
        "layer_for_each_size", "There is a layer for the inputs, too", f"{_STEPS} The inputs have no weights.",
        _LOOK_LAYERS,
        {"steps": lambda sizes: [(1, sizes[0]), *pairwise(sizes)]},
    ),
    (
        "next_size_by_index", "The next size is looked up with sizes.index",
        "sizes.index(n) finds the first n. Where two layers have one size, that is the wrong one: count with range, or "
        "pair sizes[:-1] with sizes[1:].", _LOOK_LAYERS,
        {"steps": lambda sizes: [(n, sizes[sizes.index(n) + 1]) for n in sizes[:-1]]},
    ),
    (
        "last_layer_missing", "The last layer is missing", _STEPS, _LOOK_LAYERS,
        {"steps": lambda sizes: list(pairwise(sizes))[:-1]},
    ),
    (
        "first_layer_missing", "The first layer is missing", _STEPS, _LOOK_LAYERS,
        {"steps": lambda sizes: list(pairwise(sizes))[1:]},
    ),
    (
        "first_layer_only", "Only the first layer is counted", f"{_STEPS} Is a return inside the loop?", _LOOK_LAYERS,
        {"steps": lambda sizes: list(pairwise(sizes))[:1]},
    ),
    (
        "three_sizes_only", "Only networks with three sizes work",
        "The lecture's network has three sizes; a network may have any number from two on.",
        "Where sizes is taken apart.",
        {"steps": _three},
    ),
    (
        "backwards", "The layers come in reverse order", "The first pair is that of the layer after the inputs.",
        _LOOK_LAYERS,
        {"gather": lambda layers: list(layers)[::-1]},
    ),
    (
        "pairs_swapped", "A pair is (biases, weights)", _PAIRS, _LOOK_RETURN,
        {"layer": lambda weights, biases, _bias: (biases, weights)},
    ),
    (
        "layer_totals", "A layer is one number: weights and biases together", _PAIRS, _LOOK_RETURN,
        {"layer": lambda weights, biases, _bias: weights + biases},
    ),
    (
        "one_total", "One number is returned for the whole network", _PAIRS, _LOOK_RETURN,
        {"gather": lambda layers: sum(weights + biases for weights, biases in layers)},
    ),
    (
        "pair_of_totals", "One pair is returned for the whole network", _PAIRS, _LOOK_RETURN,
        {"gather": _totals},
    ),
    (
        "two_lists", "All weights come first, then all biases", _PAIRS, _LOOK_RETURN,
        {"gather": lambda layers: tuple(map(list, zip(*layers, strict=True)))},
    ),
    (
        "flat_list", "The numbers stand in one flat list", f"{_PAIRS} list.append((w, b)) adds a pair, += its parts.",
        _LOOK_RETURN,
        {"gather": lambda layers: [number for layer in layers for number in layer]},
    ),
)  # fmt: skip

# --- conv_params ---------------------------------------------------------------------------------------------


def convolution(
    in_channels: int,
    out_channels: int,
    kernel: Any,
    groups: int = 1,
    bias: bool = True,
    *,
    sides: Function = pair,
    taps: Function = lambda height, width: height * width,
    slices: Function = lambda channels, filters, groups: filters * (channels // groups),
    biases: Function = lambda _channels, filters, _groups: filters,
    counted: Function = lambda bias: bias,
    total: Function = lambda weights, biases: weights + biases,
) -> Any:
    """Count the parameters of a convolution layer as a student does; each keyword exchanges one step."""
    weights = slices(in_channels, out_channels, groups) * taps(*sides(kernel))
    return total(weights, biases(in_channels, out_channels, groups) if counted(bias) else 0)


def _no_bias_by_default(
    in_channels: int, out_channels: int, kernel: Any, groups: int = 1, bias: bool = False
) -> Any:
    return convolution(in_channels, out_channels, kernel, groups, bias)


def _nothing_without_bias(
    in_channels: int, out_channels: int, kernel: Any, groups: int = 1, bias: bool = True
) -> Any:
    return convolution(in_channels, out_channels, kernel, groups) if bias else 0


_LOOK_KERNEL = "Where kernel becomes a number of weights."
_LOOK_GROUPS = "Where groups comes in."
_FILTER = "A filter has kH * kW weights for each input channel, and there are out_channels filters."
_FILTER_BIAS = "There is one bias for each filter, whatever the kernel, the channels and the groups."
_GROUPS = "With groups, each of the out_channels filters sees in_channels / groups channels, and has one bias."
_KERNEL = "An int stands for a square kernel, k * k weights; a pair is (height, width), height * width weights."

_CONVOLUTION: tuple[Told, ...] = (
    (
        "groups_ignored", "groups is not used", _GROUPS, _LOOK_GROUPS,
        {"slices": lambda channels, filters, _groups: filters * channels},
    ),
    (
        "groups_divide_both", "groups divides the input and the output channels", f"{_GROUPS} All filters are counted.",
        _LOOK_GROUPS,
        {"slices": lambda channels, filters, groups: (filters // groups) * (channels // groups)},
    ),
    (
        "one_group", "Only one of the groups is counted", f"{_GROUPS} All groups are counted.", _LOOK_GROUPS,
        {
            "slices": lambda channels, filters, groups: (filters // groups) * (channels // groups),
            "biases": lambda _channels, filters, groups: filters // groups,
        },
    ),
    (
        "groups_multiply", "groups multiplies the weights instead of dividing them", _GROUPS, _LOOK_GROUPS,
        {"slices": lambda channels, filters, groups: filters * channels * groups},
    ),
    (
        "one_filter_for_each_channel", "With as many groups as channels, only one filter for each channel is counted",
        "Each group may have several filters: there are out_channels of them in all, and each sees one channel.",
        _LOOK_GROUPS,
        {
            "slices": lambda channels, filters, groups: (
                channels if groups == channels > 1 else filters * (channels // groups)
            )
        },
    ),
    (
        "biases_divided_by_groups", "The biases are divided by groups", _GROUPS, _LOOK_GROUPS,
        {"biases": lambda _channels, filters, groups: filters // groups},
    ),
    (
        "biases_in_every_group", "Every group has a bias for each of all filters", _GROUPS, _LOOK_GROUPS,
        {"biases": lambda _channels, filters, groups: filters * groups},
    ),
    (
        "bias_for_each_group", "There is a bias for each group, not for each filter", _FILTER_BIAS, _LOOK_BIASES,
        {"biases": lambda _channels, _filters, groups: groups},
    ),
    (
        "float_by_groups", "The count is a float", "in_channels / groups is a float. Divide with //.", _LOOK_GROUPS,
        {"slices": lambda channels, filters, groups: filters * (channels / groups)},
    ),
    (
        "bias_of_channels", "There is a bias for each input channel, not for each filter", _FILTER_BIAS, _LOOK_BIASES,
        {"biases": lambda channels, _filters, _groups: channels},
    ),
    (
        "one_bias", "The layer has only one bias", _FILTER_BIAS, _LOOK_BIASES,
        {"biases": lambda _channels, _filters, _groups: 1},
    ),
    (
        "bias_for_each_slice", "There is a bias for each pair of a channel and a filter", _FILTER_BIAS, _LOOK_BIASES,
        {"biases": lambda channels, filters, groups: filters * (channels // groups)},
    ),
    (
        "bias_flag_ignored", "Biases are counted for bias=False, too", "bias=False leaves the weights alone.",
        _LOOK_BIASES,
        {"counted": lambda _bias: True},
    ),
    (
        "never_a_bias", "Biases are never counted", _FILTER_BIAS, _LOOK_BIASES,
        {"counted": lambda _bias: False},
    ),
    (
        "channels_forgotten", "The input channels are not counted", f"{_FILTER} A filter is as deep as its input.",
        _LOOK_WEIGHTS,
        {"slices": lambda _channels, filters, _groups: filters},
    ),
    (
        "filters_forgotten", "Only the weights of one filter are counted", _FILTER, _LOOK_WEIGHTS,
        {"slices": lambda channels, _filters, groups: channels // groups},
    ),
    (
        "channels_plus_filters", "The input channels and the filters are added, not multiplied", _FILTER, _LOOK_WEIGHTS,
        {"slices": lambda channels, filters, groups: channels // groups + filters},
    ),
    (
        "kernel_not_squared", "An int kernel k counts k weights instead of k * k", _KERNEL, _LOOK_KERNEL,
        {"sides": lambda kernel: kernel if isinstance(kernel, tuple) else (kernel, 1)},
    ),
    (
        "kernel_square", "A pair counts as its height squared", _KERNEL, _LOOK_KERNEL,
        {"sides": square},
    ),
    (
        "kernel_square_by_width", "A pair counts as its width squared", _KERNEL, _LOOK_KERNEL,
        {"sides": lambda kernel: pair(pair(kernel)[1])},
    ),
    (
        "kernel_area_squared", "A pair counts as its area squared", f"{_KERNEL} Only an int is to be squared.",
        _LOOK_KERNEL,
        {"sides": lambda kernel: pair(kernel[0] * kernel[1] if isinstance(kernel, tuple) else kernel)},
    ),
    (
        "kernel_sides_added", "The sides of the kernel are added, not multiplied", _KERNEL, _LOOK_KERNEL,
        {"taps": lambda height, width: height + width},
    ),
    (
        "kernel_pair_crashes", "A pair for kernel crashes", _KERNEL, _LOOK_KERNEL,
        {"sides": int_only},
    ),
    (
        "kernel_int_crashes", "An int for kernel crashes", _KERNEL, _LOOK_KERNEL,
        {"sides": pair_only},
    ),
    (
        "weights_and_biases_apart", "Weights and biases come back apart", "One number is asked for: their sum.",
        _LOOK_RETURN,
        {"total": lambda weights, biases: (weights, biases)},
    ),
)  # fmt: skip

_BY_DEFAULT = (
    "no_bias_by_default",
    "Without bias=..., no biases are counted",
    "The default is bias=True, as in PyTorch: a layer has biases unless the caller says otherwise.",
    "The line with `def`.",
)

LINEAR_MISCONCEPTIONS: tuple[Misconception, ...] = (
    *known(linear, _LINEAR),
    Misconception(*_BY_DEFAULT, _no_biases_by_default),
)
CONVOLUTION_MISCONCEPTIONS: tuple[Misconception, ...] = (
    *known(convolution, _CONVOLUTION),
    Misconception(
        "nothing_without_bias",
        "Without bias the count is 0",
        "`a + b if bias else 0` means `(a + b) if bias else 0`: write a + (b if bias else 0).",
        "The line with `if bias else 0`.",
        _nothing_without_bias,
    ),
    Misconception(*_BY_DEFAULT, _no_bias_by_default),
)
"""Mistakes in linear_params and conv_params, the likelier first."""
