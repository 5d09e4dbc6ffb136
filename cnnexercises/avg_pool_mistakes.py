"""The misconceptions of avg_pool2d_backward: what the error is divided by, and those about windows."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnexercises.exercise import misconception
from cnnexercises.misconceptions import Told, known
from cnnexercises.output_size import Pair
from cnnexercises.pool_gradients import (
    Array,
    Plan,
    Shares,
    Step,
    assign,
    avg_gradient,
    evenly,
    everywhere,
    last_first,
    pair,
    to_first,
    whole,
)
from cnnexercises.pool_size_mistakes import SIZE_MISTAKES
from cnnexercises.pool_window_mistakes import (
    ADD,
    COUNTED_MISTAKES,
    KERNEL_MISTAKES,
    LINE,
    OVERRUN,
    RAW_STRIDE_MISTAKES,
    WINDOW_MISTAKES,
    versions,
)


def _divided(by: Step) -> Step:
    return lambda window, plan: everywhere(window, 1 / by(*plan.kernel))


def _divided_by_windows(window: Array, plan: Plan) -> Shares:
    return everywhere(window, 1 / (plan.out[0] * plan.out[1]))


def _divided_by_image(window: Array, plan: Plan) -> Shares:
    return everywhere(window, 1 / (plan.image[0] * plan.image[1]))


def _by_the_cover(dx: Array, plan: Plan) -> Array:
    """Divide by the number of windows that an input lies in."""
    cover = np.zeros(plan.image)
    for i, j in np.ndindex(*plan.out):
        top, left = i * plan.stride[0], j * plan.stride[1]
        cover[top : top + plan.kernel[0], left : left + plan.kernel[1]] += 1
    return dx / np.maximum(cover, 1)


def _add_rounded(plane: Array, rows: Any, columns: Any, shares: Any) -> None:
    plane[rows, columns] += np.floor(shares)


def _corner(_window: Array, plan: Plan) -> Shares:
    return np.intp(0), np.intp(0), 1 / (plan.kernel[0] * plan.kernel[1])


def _corner_takes_all(_window: Array, _plan: Plan) -> Shares:
    return np.intp(0), np.intp(0), 1.0


def blown_up(dout: Array, x: Array, kernel: Pair, stride: Pair | None = None) -> Any:  # noqa: ARG001
    """Repeat each error in a block of the kernel's size, whatever the stride and the size of x."""
    high, wide = pair(kernel)
    return np.repeat(np.repeat(dout, high, axis=2), wide, axis=3) / (high * wide)


_AREA = "A mean over kernel_h * kernel_w inputs gives each of them 1 / (kernel_h * kernel_w) of the error."
_SHARE = "What the error is divided by."
_BLOWN_UP = (
    "Blowing up is right for windows side by side that use up the image. With another stride windows overlap or "
    "have gaps, and what they leave over gets 0."
)

_AVG: tuple[Told, ...] = (
    ("dx_assigned", "dx is assigned where windows overlap", ADD, LINE, {"put": assign}),
    (
        "dx_assigned_place_by_place", "dx is assigned where windows overlap", ADD, LINE,
        {"put": assign, "walk": last_first},
    ),
    ("not_divided", "Every input gets the whole error", _AREA, _SHARE, {"share": _divided(lambda _h, _w: 1)}),
    (
        "divided_by_the_height", "The error is divided by the kernel's height alone", _AREA,
        _SHARE, {"share": _divided(lambda high, _w: high)},
    ),
    (
        "divided_by_the_width", "The error is divided by the kernel's width alone", _AREA,
        _SHARE, {"share": _divided(lambda _h, wide: wide)},
    ),
    (
        "divided_by_the_sum_of_sides", "The error is divided by the sum of the kernel's sides", _AREA,
        _SHARE, {"share": _divided(lambda high, wide: high + wide)},
    ),
    (
        "divided_by_height_squared", "The error is divided by the square of the kernel's height", _AREA,
        _SHARE, {"share": _divided(lambda high, _w: high**2)},
    ),
    (
        "divided_by_width_squared", "The error is divided by the square of the kernel's width", _AREA,
        _SHARE, {"share": _divided(lambda _h, wide: wide**2)},
    ),
    (
        "divided_by_4", "The error is divided by 4, whatever the kernel", _AREA,
        _SHARE, {"share": _divided(lambda _h, _w: 4)},
    ),
    (
        "divided_from_left_to_right", "The error is divided by the height, and multiplied with the width",
        f"a / b * c is (a / b) * c: write a / (b * c). {_AREA}", _SHARE,
        {"share": _divided(lambda high, wide: high / wide)},
    ),
    (
        "divided_by_the_outputs", "The error is divided by the number of windows",
        f"How many windows there are does not matter for what happens within one. {_AREA}",
        _SHARE, {"share": _divided_by_windows},
    ),
    (
        "divided_by_the_image", "The error is divided by the number of pixels of the image", _AREA,
        _SHARE, {"share": _divided_by_image},
    ),
    (
        "divided_twice", "The error is divided by the kernel's area twice", f"{_AREA} Once is enough.",
        _SHARE, {"share": _divided(lambda high, wide: (high * wide) ** 2)},
    ),
    (
        "times_the_area", "The error is multiplied with the kernel's area, not divided by it", _AREA,
        _SHARE, {"share": _divided(lambda high, wide: 1 / (high * wide))},
    ),
    (
        "divided_by_the_stride", "The error is divided by the stride's area, not by the kernel's", _AREA,
        _SHARE, {"share": lambda window, plan: everywhere(window, 1 / (plan.stride[0] * plan.stride[1]))},
    ),
    (
        "divided_by_the_size_of_x", "The error is divided by the size of all of x", _AREA, _SHARE,
        {"share": _divided(lambda _h, _w: 1), "finish": lambda dx, _plan: dx / dx.size},
    ),
    (
        "divided_by_the_cover", "dx is divided by how many windows an input lies in",
        "An input gets its share of each of its windows: the sum of them, not their mean.", "The division at the end.",
        {"finish": _by_the_cover},
    ),
    (
        "rounded_down", "The shares are rounded down", "// rounds down to a whole number; / divides.",
        _SHARE, {"put": _add_rounded},
    ),
    (
        "corner_alone", "Only the first input of a window gets its share",
        f"The others get as much. {_AREA}", LINE, {"share": _corner},
    ),
    (
        "corner_takes_all", "The first input of a window gets all the error", _AREA,
        LINE, {"share": _corner_takes_all},
    ),
    (
        "by_the_values", "The error is shared out by the values of x",
        f"The slope of a mean is the same for all inputs, large or small. {_AREA}", _SHARE,
        {"share": lambda window, _plan: everywhere(window, window / window.sum())},
    ),
    (
        "times_the_values", "The error is multiplied with the values of x",
        f"x is multiplied with 1 / (kernel_h * kernel_w), so its slope is that number, without x. {_AREA}", _SHARE,
        {"share": lambda window, plan: everywhere(window, window / (plan.kernel[0] * plan.kernel[1]))},
    ),
    (
        "times_the_mean", "The error is multiplied with the mean of the window",
        f"The mean is what goes forward. Backward goes its slope, and x is not in that. {_AREA}", _SHARE,
        {"share": lambda window, _plan: everywhere(window, window.mean())},
    ),
    (
        "mean_for_the_error", "dx gets the mean of the window where it should get a share of the error",
        f"The mean is what goes forward. Backward, errors are handed on. {_AREA}", LINE,
        {"share": lambda window, _plan: everywhere(window, window.mean()), "error": lambda _dout, *_place: 1.0},
    ),
    ("to_the_maximum", "The maximum gets all the error, as in max pooling", _AREA, LINE, {"share": to_first}),
)  # fmt: skip

AVG_MISCONCEPTIONS = (
    *known(avg_gradient, _AVG),
    misconception(
        "blown_up", "dout is blown up by the kernel, and that is dx", _BLOWN_UP, "The np.repeat or np.kron.", blown_up
    ),
    *known(
        avg_gradient,
        (
            *WINDOW_MISTAKES,
            *SIZE_MISTAKES,
            *versions((*OVERRUN[:-1], *KERNEL_MISTAKES[1:], *RAW_STRIDE_MISTAKES[1:]), "crashing", share=whole(evenly)),
            *RAW_STRIDE_MISTAKES,
            *COUNTED_MISTAKES,
        ),
    ),
)
