"""What goes wrong in exercise 03 with weight_counts: fully connected against shared weights."""

from __future__ import annotations

from typing import Any

from cnnexercises.exercise import Misconception
from cnnexercises.misconceptions import Function, Told, known
from cnnexercises.parameter_count_mistakes import int_only, pair, pair_only, square


def figure(
    size_hw: tuple[int, int],
    kernel: Any,
    filters: int,
    *,
    image: Function = lambda height, width: (height, width),
    sides: Function = pair,
    places: Function = lambda h, w, a, b: (h - a + 1) * (w - b + 1),
    connected: Function = lambda inputs, outputs, _taps, filters: inputs * outputs * filters,
    shared: Function = lambda _inputs, _outputs, taps, filters: taps * filters,
    answer: Function = lambda connected, shared: (connected, shared),
) -> Any:
    """Count the weights of the lecture's figure as a student does; each keyword exchanges one step."""
    (height, width), (a, b) = image(*size_hw), sides(kernel)
    numbers = (height * width, places(height, width, a, b), a * b, filters)
    return answer(connected(*numbers), shared(*numbers))


_LOOK_RETURN = "What is returned."
_LOOK_PLACES = "The number of outputs of a filter."
_LOOK_CONNECTED = "The first number: all inputs to all outputs."
_LOOK_SHARED = "The second number: the weights of the filters."
_PLACES = "A filter fits at (H - kH + 1) * (W - kW + 1) places, and has one output for each (exercise 01)."
_CONNECTED = "Fully connected, each of the H * W inputs has a weight of its own to each output of every filter."
_SHARED = "A filter has the same kH * kW weights at every place, and each filter has its own."

_FIGURE: tuple[Told, ...] = (
    (
        "outputs_as_in_the_figure", "There is one output too many on each axis: 16 for the figure's 9",
        f"The lecture's figure lists 16 outputs for a 5x5 image and a 3x3 filter. {_PLACES}", _LOOK_PLACES,
        {"places": lambda h, w, a, b: (h - a + 2) * (w - b + 2)},
    ),
    (
        "one_less_than_the_image", "The output is taken to be one smaller than the image",
        f"{_PLACES} That is one less on each axis for a 2x2 filter only.", _LOOK_PLACES,
        {"places": lambda h, w, _a, _b: (h - 1) * (w - 1)},
    ),
    (
        "plus_one_forgotten", "The + 1 is missing: H - kH outputs on an axis",
        f"H - kH is how often the filter moves. It has one place more than moves. {_PLACES}", _LOOK_PLACES,
        {"places": lambda h, w, a, b: (h - a) * (w - b)},
    ),
    (
        "plus_one_outside", "The + 1 stands outside the product: (H - kH) * (W - kW) + 1 outputs",
        f"Each axis has one place more than moves, so each factor gets its own + 1. {_PLACES}", _LOOK_PLACES,
        {"places": lambda h, w, a, b: (h - a) * (w - b) + 1},
    ),
    (
        "outputs_as_large_as_the_image", "The output is taken to be as large as the image",
        f"Without padding it is smaller. {_PLACES}", _LOOK_PLACES,
        {"places": lambda h, w, _a, _b: h * w},
    ),
    (
        "padded_by_half", "The image is padded by half of the filter", f"There is no padding here. {_PLACES}",
        _LOOK_PLACES,
        {"places": lambda h, w, a, b: (h + a // 2 * 2 - a + 1) * (w + b // 2 * 2 - b + 1)},
    ),
    (
        "windows_side_by_side", "The windows are laid side by side", f"They overlap: the stride is 1. {_PLACES}",
        _LOOK_PLACES,
        {"places": lambda h, w, a, b: (h // a) * (w // b)},
    ),
    (
        "output_square", "The width of the output is computed from the height of the image", _PLACES, _LOOK_PLACES,
        {"places": lambda h, _w, a, b: (h - a + 1) * (h - b + 1)},
    ),
    (
        "image_square", "The image is taken to be square", "size_hw is (height, width), and they may differ.",
        "Where size_hw is taken apart.",
        {"image": lambda height, _width: (height, height)},
    ),
    (
        "kernel_as_width_height", "A pair for kernel is read as (width, height)", "Height comes first in every pair.",
        "Where kernel is taken apart.",
        {"places": lambda h, w, a, b: (h - b + 1) * (w - a + 1)},
    ),
    (
        "kernel_square", "A pair for kernel counts as its height squared",
        "A pair is (height, width): height * width weights.", "Where kernel is taken apart.",
        {"sides": square},
    ),
    (
        "kernel_pair_crashes", "A pair for kernel crashes", "kernel is an int or a (height, width) pair.",
        "Where kernel is taken apart.",
        {"sides": int_only},
    ),
    (
        "kernel_int_crashes", "An int for kernel crashes", "kernel is an int, for a square, or a (height, width) pair.",
        "Where kernel is taken apart.",
        {"sides": pair_only},
    ),
    (
        "connected_to_one_map", "Fully connected is counted for one filter only", _CONNECTED, _LOOK_CONNECTED,
        {"connected": lambda inputs, outputs, _taps, _filters: inputs * outputs},
    ),
    (
        "connected_to_filters", "Each input is connected to the filters, not to their outputs", _CONNECTED,
        _LOOK_CONNECTED,
        {"connected": lambda inputs, _outputs, _taps, filters: inputs * filters},
    ),
    (
        "connected_under_the_filter", "Fully connected counts only the lines under the filter", _CONNECTED,
        _LOOK_CONNECTED,
        {"connected": lambda _inputs, outputs, taps, filters: outputs * taps * filters},
    ),
    (
        "inputs_plus_outputs", "Inputs and outputs are added, not multiplied", _CONNECTED, _LOOK_CONNECTED,
        {"connected": lambda inputs, outputs, _taps, filters: inputs + outputs * filters},
    ),
    (
        "not_shared", "The convolution counts its weights again at every place", _SHARED, _LOOK_SHARED,
        {"shared": lambda _inputs, outputs, taps, filters: outputs * taps * filters},
    ),
    (
        "weight_for_each_output", "The convolution counts one weight for each output", _SHARED, _LOOK_SHARED,
        {"shared": lambda _inputs, outputs, _taps, filters: outputs * filters},
    ),
    (
        "one_filter", "The convolution counts the weights of one filter only", _SHARED, _LOOK_SHARED,
        {"shared": lambda _inputs, _outputs, taps, _filters: taps},
    ),
    (
        "with_biases", "The biases are counted, too", "The figure has weights only.", _LOOK_RETURN,
        {
            "connected": lambda inputs, outputs, _taps, filters: (inputs + 1) * outputs * filters,
            "shared": lambda _inputs, _outputs, taps, filters: (taps + 1) * filters,
        },
    ),
    (
        "filters_with_bias", "The convolution counts the biases of its filters", "The figure has weights only.",
        _LOOK_SHARED,
        {"shared": lambda _inputs, _outputs, taps, filters: (taps + 1) * filters},
    ),
    (
        "ratio_returned", "The second number is how many times fewer weights there are",
        "Both numbers are counts of weights: fully connected, and as a convolution.", _LOOK_RETURN,
        {"answer": lambda connected, shared: (connected, connected // shared)},
    ),
    (
        "numbers_exchanged", "The two numbers come in the wrong order", "Fully connected first, then the convolution.",
        _LOOK_RETURN,
        {"answer": lambda connected, shared: (shared, connected)},
    ),
)  # fmt: skip

FIGURE_MISCONCEPTIONS: tuple[Misconception, ...] = known(figure, _FIGURE)
"""Mistakes in weight_counts, the likelier first."""
