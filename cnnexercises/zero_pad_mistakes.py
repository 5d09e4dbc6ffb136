"""What goes wrong in exercise 02 with zero_pad: the frame, computed with one step exchanged for a mistaken one."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnexercises.exercise import Misconception
from cnnexercises.misconceptions import Function, Told, known


def pair(value: Any) -> tuple[Any, Any]:
    """Return a pair as it is, and an int twice."""
    return (value, value) if isinstance(value, int) else (value[0], value[1])


def both_sides(padding: Any) -> list[tuple[int, int]]:
    """Return how many zeros go before and after, for height and for width."""
    return [(p, p) for p in pair(padding)]


def last_axes(x: Any, sides: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return how many zeros go before and after each axis of x: none but on the last two."""
    return [(0, 0)] * (x.ndim - 2) + sides


def framed(
    x: Any,
    padding: Any,
    *,
    sides: Function = both_sides,
    axes: Function = last_axes,
    fill: Function = np.pad,
    finish: Function = lambda out: out,
) -> Any:
    """Pad as a student does; each keyword exchanges one step."""
    return finish(fill(x, axes(x, sides(padding))))


def as_before_and_after(padding: Any) -> list[tuple[int, int]]:
    """Take a pair for what goes before and after each axis, as np.pad does."""
    return [pair(padding)] * 2


def shared_out(padding: Any) -> list[tuple[int, int]]:
    """Take padding for the sum of what goes before and after."""
    return [(p // 2, p - p // 2) for p in pair(padding)]


def _slices_with_minus(x: Any, widths: Any) -> Any:
    """Fill out[p:-p], which is empty at p = 0."""
    *_, (ph, _), (pw, _) = widths
    out = np.zeros(np.add(x.shape, np.sum(widths, axis=1)), x.dtype)
    out[..., ph:-ph, pw:-pw] = x
    return out


def _slices_but_for_padding_0(x: Any, widths: Any) -> Any:
    """Return x at padding 0; otherwise fill out[p:-p], which is empty when one of a pair is 0."""
    return x.copy() if not np.any(widths) else _slices_with_minus(x, widths)


def _nothing_unless(axis: int) -> Function:
    """Pad nothing when nothing is asked for on one axis."""
    return lambda x, widths: np.pad(x, widths) if widths[axis][0] else x.copy()


def _corner(x: Any, widths: Any) -> Any:
    return np.pad(x, [(0, before + after) for before, after in widths])


def _one_too_early(x: Any, widths: Any) -> Any:
    """Copy x to where the frame ends one row and one column earlier."""
    return np.pad(x, [(max(b - 1, 0), a + min(b, 1)) for b, a in widths])


def _square(x: Any, widths: Any) -> Any:
    """Make the padded width from the height."""
    *_, (ph, _), (pw, _) = widths
    height, width = x.shape[-2:]
    out = np.zeros((*x.shape[:-2], height + 2 * ph, height + 2 * pw), x.dtype)
    out[..., ph : ph + height, pw : pw + width] = x
    return out


def _border_zeroed(x: Any, widths: Any) -> Any:
    *_, (ph, _), (pw, _) = widths
    height, width = x.shape[-2:]
    out = np.zeros_like(x)
    out[..., ph : height - ph, pw : width - pw] = x[..., ph : height - ph, pw : width - pw]
    return out


def _of_axes(count: int) -> Function:
    def axes(x: Any, sides: list[tuple[int, int]]) -> list[tuple[int, int]]:
        if x.ndim != count:
            raise IndexError
        return last_axes(x, sides)

    return axes


def _two_or_four_axes(x: Any, sides: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Tell an image by its two axes, and take everything else for a batch with channels."""
    if x.ndim == 3:
        raise IndexError
    return last_axes(x, sides)


def _second_and_third(x: Any, sides: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Pad as if channels came last: axes 1 and 2 of four, 0 and 1 of three."""
    before = [(0, 0)] * (x.ndim - 3)
    return [*before, *sides, (0, 0)] if x.ndim > 2 else sides


_LOOK_PAIR = "Where padding is taken apart."
_LOOK_AXES = "Which axes get the zeros."
_LOOK_SHAPE = "The shape of the new array."
_LOOK_PLACE = "The slice that x is copied into."
_LAST_TWO = "Only height and width grow. They are the last two axes, however many stand before them: x.shape[-2:]."
_BOTH_SIDES = "`padding` zeros go before and after, so each axis grows by 2 * padding."

_PAD: tuple[Told, ...] = (
    (
        "slice_to_minus_padding",
        "x is copied to out[p:-p], which is empty at padding 0",
        "-0 is 0, so out[0:-0] holds nothing. Count from the front: out[p : p + height].",
        _LOOK_PLACE,
        {"fill": _slices_with_minus},
    ),
    (
        "slice_to_minus_padding_but_for_0",
        "x is copied to out[p:-p], which is empty where one of a pair is 0",
        "Padding 0 is taken care of, but not (0, 2) and (2, 0): out[0:-0] holds nothing. Count from the front: "
        "out[p : p + height].",
        _LOOK_PLACE,
        {"fill": _slices_but_for_padding_0},
    ),
    *(
        (
            f"nothing_unless_{side}_is_padded",
            f"Nothing is padded when the {side} is not",
            "Of a pair, each number is for itself: (0, 2) pads the width alone, (2, 0) the height alone.",
            "The shortcut for padding 0.",
            {"fill": _nothing_unless(axis)},
        )
        for side, axis in (("height", -2), ("width", -1))
    ),
    (
        "before_only",
        "There are zeros above and left only",
        _BOTH_SIDES,
        _LOOK_SHAPE,
        {"sides": lambda padding: [(p, 0) for p in pair(padding)]},
    ),
    (
        "after_only",
        "There are zeros below and right only",
        _BOTH_SIDES,
        _LOOK_SHAPE,
        {"sides": lambda padding: [(0, p) for p in pair(padding)]},
    ),
    (
        "doubled",
        "There are twice as many zeros as asked for",
        _BOTH_SIDES,
        _LOOK_SHAPE,
        {"sides": lambda padding: both_sides((2 * pair(padding)[0], 2 * pair(padding)[1]))},
    ),
    (
        "shared_out",
        "The padding is shared out between the two sides",
        f"{_BOTH_SIDES} padding 1 is one row above and one below.",
        _LOOK_SHAPE,
        {"sides": shared_out},
    ),
    (
        "one_too_early",
        "x lies one row too high and one column too far left",
        "The frame above has pad_h rows, 0 to pad_h - 1, so x begins at row pad_h and column pad_w.",
        _LOOK_PLACE,
        {"fill": _one_too_early},
    ),
    (
        "not_in_the_middle",
        "x lies in the top left corner of the larger array",
        "The zeros are a frame: x begins at row pad_h and column pad_w.",
        _LOOK_PLACE,
        {"fill": _corner},
    ),
    (
        "pair_as_width_height",
        "A pair is read as (width, height)",
        "Height comes first: (1, 2) is one row above and below, two columns left and right.",
        _LOOK_PAIR,
        {"sides": lambda padding: both_sides(pair(padding)[::-1])},
    ),
    (
        "pair_as_before_and_after",
        "A pair is taken for (before, after) on both axes",
        "That is how np.pad reads it. Here a pair is (height, width): [(pad_h, pad_h), (pad_w, pad_w)].",
        _LOOK_PAIR,
        {"sides": as_before_and_after},
    ),
    (
        "height_for_both",
        "The padding of the height is used for the width too",
        "Of a pair, the first number is for the height and the second for the width.",
        _LOOK_PAIR,
        {"sides": lambda padding: both_sides(pair(padding)[0])},
    ),
    (
        "width_for_both",
        "The padding of the width is used for the height too",
        "Of a pair, the first number is for the height and the second for the width.",
        _LOOK_PAIR,
        {"sides": lambda padding: both_sides(pair(padding)[1])},
    ),
    (
        "pair_crashes",
        "A pair crashes",
        "padding is an int or a (height, width) pair. Make pad_h and pad_w of it first.",
        _LOOK_PAIR,
        {"sides": lambda padding: both_sides(int(padding))},
    ),
    (
        "int_crashes",
        "An int crashes",
        "padding is a (height, width) pair or an int, which stands for both. Make pad_h and pad_w of it first.",
        _LOOK_PAIR,
        {"sides": lambda padding: both_sides((padding[0], padding[1]))},
    ),
    (
        "every_axis",
        "np.pad(x, padding) pads every axis, the batch and the channels too",
        f"{_LAST_TWO} np.pad takes a (before, after) pair for each axis: (0, 0) for those that stay.",
        _LOOK_AXES,
        {"sides": lambda padding: padding, "axes": lambda _x, padding: padding},
    ),
    (
        "every_axis_for_an_int",
        "An int pads every axis, the batch and the channels too",
        f"{_LAST_TWO} np.pad takes a (before, after) pair for each axis: (0, 0) for those that stay.",
        _LOOK_AXES,
        {
            "sides": lambda padding: padding,
            "axes": lambda x, p: [(p, p)] * x.ndim if isinstance(p, int) else last_axes(x, both_sides(p)),
        },
    ),
    (
        "every_axis_for_an_int_and_two_for_a_pair",
        "An int pads every axis, and a pair works for an image with two axes only",
        f"{_LAST_TWO} np.pad takes a (before, after) pair for each axis: (0, 0) for those that stay.",
        _LOOK_AXES,
        {
            "sides": lambda padding: padding,
            "axes": lambda _x, p: p if isinstance(p, int) else both_sides(p),
        },
    ),
    (
        "two_axes_only",
        "An image with channels, or a batch, crashes",
        f"{_LAST_TWO} `...` in an index stands for the others.",
        _LOOK_AXES,
        {"axes": _of_axes(2)},
    ),
    (
        "four_axes_only",
        "Everything but a batch with channels crashes",
        f"{_LAST_TWO} `...` in an index stands for the others.",
        _LOOK_AXES,
        {"axes": _of_axes(4)},
    ),
    (
        "two_or_four_axes_only",
        "One image with channels crashes",
        f"x may have three axes, too. {_LAST_TWO}",
        _LOOK_AXES,
        {"axes": _two_or_four_axes},
    ),
    (
        "first_two_axes",
        "The first two axes are padded",
        _LAST_TWO,
        _LOOK_AXES,
        {"axes": lambda x, sides: [*sides, *[(0, 0)] * (x.ndim - 2)]},
    ),
    (
        "channels_last",
        "The axes before the last are padded, as if channels came last",
        _LAST_TWO,
        _LOOK_AXES,
        {"axes": _second_and_third},
    ),
    (
        "edge_repeated",
        "The frame repeats the edge of x",
        "Zero padding adds zeros, whatever x holds: mode='constant', which is np.pad's default.",
        "The mode of np.pad.",
        {"fill": lambda x, widths: np.pad(x, widths, mode="edge")},
    ),
    (
        "mirrored",
        "The frame mirrors x",
        "Zero padding adds zeros, whatever x holds: mode='constant', which is np.pad's default.",
        "The mode of np.pad.",
        {"fill": lambda x, widths: np.pad(x, widths, mode="symmetric")},
    ),
    (
        "padded_with_ones",
        "The frame holds ones",
        "Zero padding adds zeros, so that the frame adds nothing to a sum of products.",
        "What the new array is made with.",
        {"fill": lambda x, widths: np.pad(x, widths, constant_values=1)},
    ),
    (
        "width_from_height",
        "The width of the result is made from the height of x",
        "Images need not be square: the result is height + 2 * pad_h high and width + 2 * pad_w wide.",
        _LOOK_SHAPE,
        {"fill": _square},
    ),
    (
        "border_overwritten",
        "The border of x is set to zero, and the array does not grow",
        f"No value of x may be lost. {_BOTH_SIDES}",
        _LOOK_SHAPE,
        {"fill": _border_zeroed},
    ),
    (
        "not_padded",
        "x comes back without a frame",
        _BOTH_SIDES,
        "What is returned: the new array?",
        {"fill": lambda x, _widths: x},
    ),
    (
        "always_1",
        "The frame is one zero wide, whatever padding says",
        _BOTH_SIDES,
        _LOOK_SHAPE,
        {"sides": lambda _padding: both_sides(1)},
    ),
    (
        "one_row",
        "There is one row of zeros above and below, however many are asked for",
        _BOTH_SIDES,
        _LOOK_SHAPE,
        {"sides": lambda padding: both_sides((min(pair(padding)[0], 1), pair(padding)[1]))},
    ),
    (
        "integers",
        "The result holds integers, so that fractions are cut off",
        "np.zeros(shape, dtype=int) makes an integer array, which keeps no fractions. Leave dtype away.",
        _LOOK_SHAPE,
        {"finish": lambda out: out.astype(np.int64)},
    ),
    (
        "transposed",
        "The result is transposed",
        "Rows stay rows: the last two axes of the result are height and width, in this order.",
        "A transpose or swapaxes that is not undone.",
        {"finish": lambda out: out.swapaxes(-1, -2)},
    ),
)

PAD_MISCONCEPTIONS: tuple[Misconception, ...] = known(framed, _PAD)
"""Mistakes in zero_pad, the likelier first."""
