"""What goes wrong in exercise 01 with shapes: pairs and axes mixed up, and the mistakes of a size on both axes."""

from __future__ import annotations

from functools import partial
from typing import Any

from cnnexercises.exercise import Misconception, misconception
from cnnexercises.misconceptions import Function, Told, known
from cnnexercises.output_formula_mistakes import FORMULA, sized
from cnnexercises.output_size_mistakes import CHECKS


def pair(value: Any) -> tuple[Any, Any]:
    """Return a pair as it is, and anything else twice."""
    return (value[0], value[1]) if isinstance(value, (tuple, list)) else (value, value)


def shaped(
    size_hw: Any,
    kernel: Any,
    stride: Any = 1,
    padding: Any = None,
    dilation: Any = 1,
    *,
    sides: Function = pair,
    kernels: Function = pair,
    strides: Function = pair,
    paddings: Function = pair,
    dilations: Function = pair,
    arrange: Function = lambda stride, padding: (stride, padding),
    width: Function = lambda one: one,
    answer: Function = lambda compute: compute(),
    **steps: Function,
) -> Any:
    """Compute an output shape as a student does, with ``steps`` exchanged in each size."""
    stride, padding = arrange(stride, padding)
    axes = zip(
        sides(size_hw), kernels(kernel), strides(stride), paddings(padding), dilations(dilation), strict=True
    )
    one: Function = partial(sized, **steps)  # type: ignore[arg-type]
    return answer(lambda: tuple(f(*axis) for f, axis in zip((one, width(one)), axes, strict=True)))


def _swapped(value: Any) -> tuple[Any, Any]:
    return pair(value)[::-1]


def _int_only(value: Any) -> tuple[Any, Any]:
    return pair(value if value is None else int(value))


def _first(value: Any) -> tuple[Any, Any]:
    return pair(pair(value)[0])


def _second(value: Any) -> tuple[Any, Any]:
    return pair(pair(value)[1])


def _pair_only(value: Any) -> tuple[Any, Any]:
    return value[0], value[1]


def _exchanged(stride: Any, padding: Any) -> tuple[Any, Any]:
    return (0 if padding is None else padding), stride


def _errors_as(value: Any) -> Function:
    """Answer with a value where there is no output."""

    def answer(compute: Function) -> Any:
        try:
            return compute()
        except ValueError:
            return value

    return answer


def _before_and_after(size_hw: Any, kernel: Any, stride: Any = 1, padding: Any = 0, dilation: Any = 1) -> Any:
    if isinstance(padding, tuple) and min(padding) >= 0:
        return shaped([side + sum(padding) for side in size_hw], kernel, stride, 0, dilation)
    return shaped(size_hw, kernel, stride, padding, dilation)


_LOOK_SIZE = "The line that takes size_hw apart."
_LOOK_RETURN = "The return statement."

_AXES: tuple[Told, ...] = (
    (
        "width_first_returned",
        "(width, height) is returned",
        "The result is (height, width), like every shape of an image array: rows first.",
        _LOOK_RETURN,
        {"answer": lambda compute: compute()[::-1]},
    ),
    (
        "size_as_width_height",
        "size_hw is read as (width, height)",
        "Height comes first, as in the shape of an array: (32, 64) is 32 rows of 64 columns.",
        _LOOK_SIZE,
        {"sides": _swapped},
    ),
    (
        "width_from_height",
        "The width is computed from the height",
        "Height and width do not know of each other. Square images alone do not show the difference.",
        "The call for the width: does it take size_hw[1]?",
        {"sides": _first},
    ),
    (
        "height_only",
        "Only one number is returned",
        "A shape has two numbers: return (height, width).",
        _LOOK_RETURN,
        {"answer": lambda compute: compute()[0]},
    ),
    (
        "channels_added",
        "The shape has a third number in front",
        "What is asked for is (height, width), without channels or filters.",
        _LOOK_RETURN,
        {"answer": lambda compute: (1, *compute())},
    ),
    (
        "fit_of_height_only",
        "Whether the kernel fits is checked for the height only",
        "The kernel must fit on both axes. Call conv_output_size for each, and it checks both.",
        "The check whether the kernel fits.",
        {"width": lambda one: partial(one, fits=lambda *_: True)},
    ),
    *(
        (
            f"errors_as_{word}",
            f"The ValueError is caught, and {value} is returned",
            "Whoever asks for the shape must hear that there is none. Let the ValueError pass.",
            "The try and except.",
            {"answer": _errors_as(value)},
        )
        for word, value in (("zeros", (0, 0)), ("none", None))
    ),
    (
        "stride_and_padding_exchanged",
        "stride and padding are handed on in each other's place",
        "The order is size, kernel, stride, padding, dilation. By keyword, stride=..., nothing can be mixed up.",
        "The calls of conv_output_size.",
        {"arrange": _exchanged},
    ),
)
_ARGUMENTS = {"kernel": "kernels", "stride": "strides", "padding": "paddings", "dilation": "dilations"}


def _not_handed_on(name: str, step: str, default: int) -> Told:
    return (
        f"{name}_not_handed_on",
        f"{name} is not handed on",
        f"conv_output_size then takes its default, {name} {default}, whatever the caller asks for.",
        "The calls of conv_output_size.",
        {step: lambda _value: pair(default)},
    )


def _of_pairs(name: str, step: str) -> tuple[Told, ...]:
    """Return what goes wrong with an argument that is an int or a pair."""
    look = f"Where {name} is taken apart."
    return (
        (
            f"{name}_int_only",
            f"A pair for {name} crashes",
            f"{name} may be an int, which stands for both axes, or a (height, width) pair.",
            look,
            {step: _int_only},
        ),
        (
            f"{name}_as_width_height",
            f"A pair for {name} is read as (width, height)",
            "Height comes first in every pair.",
            look,
            {step: _swapped},
        ),
        (
            f"{name}_of_height_for_both",
            f"The {name} for the height is used for the width too",
            "Of a pair, the first number is for the height and the second for the width.",
            look,
            {step: _first},
        ),
        (
            f"{name}_of_width_for_both",
            f"The {name} for the width is used for the height too",
            "Of a pair, the first number is for the height and the second for the width.",
            look,
            {step: _second},
        ),
    )


SHAPE_MISCONCEPTIONS: tuple[Misconception, ...] = (
    *known(shaped, _AXES),
    *known(shaped, FORMULA),
    *known(shaped, (_not_handed_on("dilation", "dilations", 1), _not_handed_on("padding", "paddings", 0))),
    *known(shaped, (_not_handed_on("stride", "strides", 1),)),
    *(mistake for name, step in _ARGUMENTS.items() for mistake in known(shaped, _of_pairs(name, step))),
    misconception(
        "padding_as_before_and_after",
        "A pair for padding is taken for (before, after)",
        "A pair is (height, width): its first number pads above and below, its second left and right.",
        "Where padding is taken apart.",
        _before_and_after,
    ),
    misconception(
        "kernel_by_larger_side",
        "A pair for kernel counts as its larger side, on both axes",
        "A kernel need not be square: its height decides the height of the output, its width the width.",
        "Where kernel is taken apart.",
        shaped,
        kernels=lambda kernel: pair(max(pair(kernel))),
    ),
    misconception(
        "pairs_as_width_height",
        "Every pair but the size is read as (width, height)",
        "Height comes first in every pair, of the kernel, the stride, the padding and the dilation, as it does in the "
        "size.",
        "Where the arguments are taken apart.",
        shaped,
        kernels=_swapped,
        strides=_swapped,
        paddings=_swapped,
        dilations=_swapped,
    ),
    misconception(
        "pairs_crash",
        "Every pair crashes",
        "Each argument but the first is an int, which stands for both axes, or a (height, width) pair.",
        "Where the arguments are taken apart.",
        shaped,
        kernels=_int_only,
        strides=_int_only,
        paddings=_int_only,
        dilations=_int_only,
    ),
    misconception(
        "kernel_pair_only",
        "An int for kernel crashes",
        "kernel may be a (height, width) pair, or an int, which stands for both axes.",
        "Where kernel is taken apart.",
        shaped,
        kernels=_pair_only,
    ),
    *known(shaped, CHECKS),
)
"""Mistakes in a shape, the likelier first: those of the axes and pairs, and those of a size on both axes."""
