"""Exercise 03: how many parameters fully connected and convolution layers have."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from math import prod

import numpy as np

from cnnexercises.case_reasons import ALONE, DRAWN, EQUAL_PAIR, LECTURE, NAMES, PLAIN
from cnnexercises.exercise import Call, Case, Exercise, FunctionTask, call
from cnnexercises.output_size import Pair, conv_output_shape


def _pair(value: Pair) -> tuple[int, int]:
    return (value, value) if isinstance(value, int) else (value[0], value[1])


def linear_params(sizes: Sequence[int], bias: bool = True) -> list[tuple[int, int]]:
    """Return (weights, biases) of each layer of a fully connected network with these layer sizes.

    A layer from n to m units has n * m weights and m biases, as torch.nn.Linear has; 0 biases without bias.
    """
    return [(units_in * units_out, units_out if bias else 0) for units_in, units_out in pairwise(sizes)]


def conv_params(in_channels: int, out_channels: int, kernel: Pair, groups: int = 1, bias: bool = True) -> int:
    """Return the number of parameters of torch.nn.Conv2d: weight (F, C / groups, kH, kW) and bias (F,)."""
    weights = out_channels * (in_channels // groups) * prod(_pair(kernel))
    return weights + (out_channels if bias else 0)


def weight_counts(size_hw: tuple[int, int], kernel: Pair, filters: int) -> tuple[int, int]:
    """Return how many weights lead from one input channel to the maps of a convolution (valid, stride 1).

    The first number is that of a fully connected layer with as many outputs as the convolution has, the
    second that of the convolution, which shares its weights. Biases are not counted.
    """
    outputs = filters * prod(conv_output_shape(size_hw, _pair(kernel)))
    return prod(size_hw) * outputs, filters * prod(_pair(kernel))


def _fixed(*args: object, **kwargs: object) -> Callable[[np.random.Generator], Call]:
    """Ask one and the same question each time; lists are copied, so that a change of one is seen."""
    return lambda _rng: call(*(list(a) if isinstance(a, list) else a for a in args), **kwargs)


def _drawn_sizes(rng: np.random.Generator) -> Call:
    return call([int(n) for n in rng.permutation(np.arange(2, 40))[:5]])


def _drawn_conv(rng: np.random.Generator) -> Call:
    channels = rng.permutation(np.arange(3, 40))
    return call(int(channels[0]), int(channels[1]), int(rng.integers(4, 8)))


def _drawn_weights(rng: np.random.Generator) -> Call:
    height, width = (int(n) for n in rng.permutation(np.arange(9, 16))[:2])
    kernel = (int(rng.integers(2, 4)), int(rng.integers(4, 8)))
    return call((height, width), kernel, int(rng.integers(3, 9)))


_LAYER = "Each of the n inputs is joined to each of the m outputs by one weight; each output has one bias."
_EACH = "There is one (weights, biases) pair for each step from one layer to the next: one less than sizes."
_NO_BIAS = "bias=False leaves the weights as they are, and there are 0 biases."
_FILTER = "A filter has a slice of kH * kW weights for each input channel; there are out_channels filters."
_KERNEL = "An int stands for a square kernel; of a pair, the first is the height and the second the width."
_CONV_BIAS = "There is one bias for each filter, whatever the kernel and the number of input channels."
_GROUPS = "With groups, a filter sees in_channels / groups channels; there is still one bias for each filter."
_SHARED = "A convolution has the same few weights at every place, so the size of the image does not count."
_CONNECTED = "Fully connected: every pixel to every output of every filter, each with a weight of its own."
_PLACES = "A filter gives as many outputs as there are places for it on the image (exercise 01)."

_ONE_LAYER = "It is the smallest: code that errs in how layers follow one another keeps its points."
_ONE_FILTER = "It is one filter alone: code that counts the filters wrong in one of the two numbers keeps its points."
_LENET = "The numbers are LeNet's, which students can look up; and the image is large, so that sharing pays."
_ONE_PLACE = "There is one place for the filter: code that adds 1 or takes one away in the wrong place shows at 0."

_LINEAR_CASES = (
    Case("lecture: 256-100-26", 1, _fixed([256, 100, 26]), _LAYER, LECTURE),
    Case("one layer: 7-3", 0.75, _fixed([7, 3]), _EACH, _ONE_LAYER),
    Case("five layer sizes", 1, _drawn_sizes, _EACH, DRAWN),
    Case("two layers of one size", 0.5, _fixed([5, 5, 2]), _EACH),
    Case("without bias", 1, _fixed([4, 3, 2], False), _NO_BIAS, ALONE),
    Case("bias=False by keyword", 0.5, _fixed([3, 2], bias=False), _NO_BIAS, NAMES),
    Case("bias=True by keyword", 0.25, _fixed([3, 8], bias=True), _LAYER),
)

_CONV_CASES = (
    Case("one channel, one 3x3 filter", 1, _fixed(1, 1, 3), _CONV_BIAS, PLAIN),
    Case("LeNet's C1: 1 to 6, 5x5", 0.5, _fixed(1, 6, 5), _CONV_BIAS, LECTURE),
    Case("channels and filters", 1, _drawn_conv, _FILTER, DRAWN),
    Case("a square kernel as a pair", 0.25, _fixed(2, 7, (3, 3)), _KERNEL, EQUAL_PAIR),
    Case("kernel as a pair", 1, _fixed(3, 8, (2, 5)), _KERNEL, ALONE),
    Case("without bias", 0.75, _fixed(3, 8, 3, 1, False), _CONV_BIAS, ALONE),
    Case("bias=True by keyword", 0.25, _fixed(3, 5, 2, bias=True), _CONV_BIAS),
    Case("groups", 0.5, _fixed(6, 9, 3, 3), _GROUPS, ALONE),
    Case("AlexNet's conv2: 96 to 256, 5x5, 2 groups", 0.25, _fixed(96, 256, 5, groups=2), _GROUPS, LECTURE),
    Case("as many groups as channels, no bias", 0.5, _fixed(4, 8, (3, 1), groups=4, bias=False), _GROUPS),
)

_WEIGHT_CASES = (
    Case("lecture: 5x5, two 3x3 filters", 1.25, _fixed((5, 5), 3, 2), _PLACES, LECTURE),
    Case("one filter", 0.25, _fixed((6, 6), 3, 1), _CONNECTED, _ONE_FILTER),
    Case("a square kernel as a pair", 0.25, _fixed((5, 6), (3, 3), 3), _KERNEL, EQUAL_PAIR),
    Case("a non-square image", 0.5, _fixed((4, 7), 3, 5), _PLACES, ALONE),
    Case("a non-square kernel", 0.5, _fixed((6, 6), (2, 3), 4), _KERNEL, ALONE),
    Case("image, kernel and filters all different", 0.5, _drawn_weights, _CONNECTED, DRAWN),
    Case("kernel as large as the image", 0.25, _fixed((3, 4), (3, 4), 2), _PLACES, _ONE_PLACE),
    Case("28x28, six 5x5 filters", 0.5, _fixed((28, 28), 5, 6), _SHARED, _LENET),
)


def _linear_ladder() -> Iterator[Call]:
    yield from (call([1, 1]), call([1, 2]), call([2, 1]), call([2, 3]), call([2, 3], False))
    yield from (call([1, 2, 1]), call([1, 2, 3]), call([2, 2, 3]), call([2, 3, 4]))
    yield from (call([3, 2, 4], False), call([2, 3, 4, 5]))


def _conv_ladder() -> Iterator[Call]:
    yield from (call(1, 1, 1), call(1, 1, 2), call(1, 2, 1), call(2, 1, 1), call(1, 1, (1, 2)))
    yield from (call(2, 3, 1), call(2, 3, 1, 1, False), call(2, 3, 2), call(2, 3, (1, 2)), call(2, 3, (3, 2)))
    yield from (call(2, 2, 1, 2), call(2, 4, 1, 2), call(4, 2, 1, 2), call(4, 6, 3, 2))
    yield call(4, 6, (2, 3), 2, False)


def _weight_ladder() -> Iterator[Call]:
    yield from (call((1, 1), 1, 1), call((1, 2), 1, 1), call((2, 1), 1, 1), call((1, 1), 1, 2))
    yield from (call((2, 2), 2, 1), call((2, 2), (1, 2), 1), call((2, 2), (2, 1), 1), call((2, 3), 2, 1))
    yield call((2, 3), (1, 2), 1)
    yield from (call((3, 2), 2, 2), call((3, 3), 2, 1), call((3, 3), 2, 2), call((3, 4), (2, 3), 3))


_STATEMENT = """\
Why convolve? Because a fully connected network has too many parameters. The lecture's network for tiny 16x16
images of letters has 256 inputs, 100 hidden units and 26 outputs:

    weights in layer 1: 256 * 100 = 25,600        biases in layer 1: 100
    weights in layer 2: 100 *  26 =  2,600        biases in layer 2:  26

A convolution layer connects an output only to the few inputs under the filter (locality), and uses the same
weights at every place (shared weights). The lecture's figure takes a 5x5 image, whose nodes are numbered
1 to 25, and two 3x3 filters with the weights W1 to W9 each. Draw the lines from the 25 inputs to the outputs:
how many different weights are there, and how many would there be if every line were drawn and had its own?
A 3x3 filter fits at 3 * 3 = 9 places, so two filters give 18 outputs: 25 * 18 = 450 weights when fully
connected, 2 * 9 = 18 as a convolution.

Write three functions that count. Counts are ints.

1. `linear_params(sizes, bias=True)`: a list of one (weights, biases) pair for each layer. [256, 100, 26]
   gives [(25600, 100), (2600, 26)]. Without bias the second number is 0.
2. `conv_params(in_channels, out_channels, kernel, groups=1, bias=True)`: the number of parameters of an
   `nn.Conv2d`, biases included. kernel is an int or a (height, width) pair. With groups, the channels are
   dealt out to the groups, and a filter sees only those of its own group (as in AlexNet, on two GPUs).
3. `weight_counts(size_hw, kernel, filters)`: the pair (fully connected, convolution) for such a figure: one
   input channel of size_hw = (height, width), no padding, stride 1, weights only. A 5x5 image and two 3x3
   filters, ((5, 5), 3, 2), give (450, 18). kernel is an int or a pair here too.
"""

EXERCISE = Exercise(
    number=3,
    slug="parameter_count",
    title="Counting parameters",
    topic="what sharing weights saves",
    difficulty=1,
    minutes=25,
    profile="numpy",
    statement=_STATEMENT,
    corrections=(
        "The lecture's figure lists 16 outputs for each filter. A 3x3 filter fits into a 5x5 image at 9 "
        "places: so 450 weights when fully connected, and not 800. (16 outputs would need a 2x2 filter.)",
    ),
    tasks=(
        FunctionTask(
            name="linear_params",
            parameters=("sizes", "bias"),
            summary="weights and biases of a fully connected network",
            reference=linear_params,
            cases=_LINEAR_CASES,
            ladder=_linear_ladder,
            hints=(
                "Draw a layer with 3 inputs and 2 outputs, and a line for each weight. How many are there?",
                "Layer k leads from sizes[k] to sizes[k + 1] units. Three sizes make two layers.",
                "The biases belong to the outputs of a layer: sizes[k + 1] of them, or 0 without bias.",
                "For n, m in zip(sizes[:-1], sizes[1:]), append (n * m, m) to a list.",
            ),
            mistakes="parameter_count_mistakes:LINEAR_MISCONCEPTIONS",
        ),
        FunctionTask(
            name="conv_params",
            parameters=("in_channels", "out_channels", "kernel", "groups", "bias"),
            summary="all parameters of a convolution layer",
            reference=conv_params,
            cases=_CONV_CASES,
            ladder=_conv_ladder,
            hints=(
                "One 3x3 filter on a grey image has 9 weights. How many has it on an image with 3 channels?",
                "The weight of nn.Conv2d has the shape (out_channels, in_channels / groups, kH, kW), its "
                "bias the shape (out_channels,).",
                "Turn kernel into kH and kW first; an int stands for both.",
                "out_channels * (in_channels // groups) * kH * kW, plus out_channels if there is a bias.",
            ),
            mistakes="parameter_count_mistakes:CONVOLUTION_MISCONCEPTIONS",
        ),
        FunctionTask(
            name="weight_counts",
            parameters=("size_hw", "kernel", "filters"),
            summary="fully connected against shared weights",
            reference=weight_counts,
            cases=_WEIGHT_CASES,
            ladder=_weight_ladder,
            results=("fully_connected", "convolution"),
            hints=(
                "Lay the 3x3 filter on the 5x5 image of the figure. At how many places does it fit?",
                "Fully connected, each of the H * W inputs has a weight to each output, and every filter has "
                "outputs of its own.",
                "A filter has (H - kH + 1) * (W - kW + 1) outputs. As a convolution it has kH * kW weights.",
                "(H * W * Ho * Wo * filters, kH * kW * filters)",
            ),
            mistakes="weight_count_mistakes:FIGURE_MISCONCEPTIONS",
        ),
    ),
)
