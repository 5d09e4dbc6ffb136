"""What goes wrong in conv2d_backward when dx is cut out of the padded array: the commonest of its mistakes."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np

from cnnexercises.conv_layer_gradients import Array, Plan, Step, cut, layer
from cnnexercises.exercise import Misconception, misconception


def _wrong(slug: str, title: str, explanation: str, look_at: str, **steps: Any) -> Misconception:
    return misconception(slug, title, explanation, look_at, layer, **steps)


def _minus_slice(dpadded: Array, plan: Plan) -> Array:
    (ph, pw) = plan.padding
    return dpadded[:, :, ph:-ph, pw:-pw]


def _unless(cut: Step, test: Step) -> Step:
    """Cut, unless the paddings pass the test."""
    return lambda dpadded, plan: dpadded if test(*plan.padding) else cut(dpadded, plan)


def from_the_corner(dpadded: Array, plan: Plan) -> Array:
    """Take the first rows and columns, the frame among them."""
    return dpadded[:, :, : plan.image[0], : plan.image[1]]


def _cut_by_one(dpadded: Array, _plan: Plan) -> Array:
    return dpadded[:, :, 1:-1, 1:-1]


def _cut_into_zeros(cut: Step) -> Step:
    """Fill dx, made beforehand, with what is cut: another shape is an error."""

    def filled(dpadded: Array, plan: Plan) -> Array:
        dx = np.zeros((*dpadded.shape[:2], *plan.image))
        dx[...] = cut(dpadded, plan)
        return dx

    return filled


def _cut_after_the_batch(dpadded: Array, plan: Plan) -> Array:
    dx = np.zeros((*dpadded.shape[:2], *plan.image))
    dx[-1] = cut(dpadded, plan)[-1]
    return dx


def _end_with_the_last_window(dpadded: Array, plan: Plan) -> Array:
    (ph, pw), (rows, columns) = plan.padding, plan.used
    return dpadded[:, :, ph : rows - ph, pw : columns - pw]


def _grow_no_rest(dpadded: Array, plan: Plan) -> Array:
    rows, columns = plan.used
    return cut(dpadded[:, :, :rows, :columns], plan)


_FROM_THE_START = "Count from the start instead: padding : padding + size, for each axis."
_CUT = "The line that cuts dx out of the padded array."

_CUTTING = (
    _wrong(
        "dx_minus_slice", "dx is cut with padding : -padding, which is empty at padding 0",
        f"At padding 0 the slice 0 : -0 ends where it begins, so nothing is left of dx. {_FROM_THE_START}",
        _CUT, cut=_minus_slice,
    ),
    _wrong(
        "dx_minus_slice_guarded_by_rows", "Whether dx is cut at all hangs on the padding of the rows alone",
        "With a padding such as (0, 2) nothing is cut, and with (2, 0) the columns' slice 0 : -0 is empty. "
        f"{_FROM_THE_START}", _CUT, cut=_unless(_minus_slice, lambda ph, _pw: ph == 0),
    ),
    _wrong(
        "dx_minus_slice_guarded_together", "padding : -padding is empty on an axis without padding",
        f"The case of no padding at all is seen to, one axis with and one without is not. {_FROM_THE_START}",
        _CUT, cut=_unless(_minus_slice, lambda ph, pw: ph == pw == 0),
    ),
    _wrong(
        "dx_cut_only_where_both_are_padded", "dx is cut only where both axes have padding",
        f"With a padding such as (0, 2) the frame stays on the columns. {_FROM_THE_START}",
        _CUT, cut=_unless(_minus_slice, lambda ph, pw: 0 in (ph, pw)),
    ),
    _wrong(
        "dx_not_cut", "dx still has its frame of padding",
        "The gradient of the padded image is larger than x. The padding is no input: its rows and columns go.",
        "The end, before the return.", cut=lambda dpadded, _plan: dpadded,
    ),
    _wrong(
        "dx_cut_by_one", "dx is cut with 1:-1, whatever the padding",
        "The frame is `padding` wide. 1:-1 is right for a padding of 1 only.", _CUT, cut=_cut_by_one,
    ),
    _wrong(
        "dx_cut_by_one_where_padded", "dx is cut with 1:-1 wherever there is padding",
        "The frame is `padding` wide. 1:-1 is right for a padding of 1 only.",
        _CUT, cut=_unless(_cut_by_one, lambda ph, _pw: ph == 0),
    ),
    _wrong(
        "dx_cut_at_the_size", "dx is cut with padding : size, which ends `padding` too early",
        "A slice ends at an index of the padded array, where x has moved by the padding: padding : padding + size.",
        _CUT, cut=lambda dpadded, p: dpadded[:, :, p.padding[0] : p.image[0], p.padding[1] : p.image[1]],
    ),
    _wrong(
        "dx_cut_at_the_end_only", "dx begins within the padding",
        "The first rows and columns of the padded array are frame: x begins at row and column `padding` of it.",
        _CUT, cut=from_the_corner,
    ),
    _wrong(
        "dx_cut_at_the_start_only", "dx keeps the padding at its end",
        "The frame goes around x: it has rows below and columns to the right of x, too.",
        _CUT, cut=lambda dpadded, plan: dpadded[:, :, plan.padding[0] :, plan.padding[1] :],
    ),
    _wrong(
        "dx_cut_with_paddings_swapped", "dx is cut with the two paddings exchanged",
        "The first padding is that of the rows, the second that of the columns.",
        _CUT, cut=lambda dpadded, plan: cut(dpadded, plan._replace(padding=plan.padding[::-1])),
    ),
    _wrong(
        "dx_height_for_width", "dx is cut as wide as it should be high",
        "The height stands where the width is meant, which shows as soon as x is not square.",
        _CUT, cut=lambda dpadded, plan: cut(dpadded, plan._replace(image=(plan.image[0],) * 2)),
    ),
    _wrong(
        "dx_width_for_height", "dx is cut as high as it should be wide",
        "The width stands where the height is meant, which shows as soon as x is not square.",
        _CUT, cut=lambda dpadded, plan: cut(dpadded, plan._replace(image=(plan.image[1],) * 2)),
    ),
    _wrong(
        "dx_cut_after_the_batch", "Only the last image of the batch gets its dx",
        "Cutting the padding off stands after the loop over the images, where the last one alone is at hand.",
        "How far the line that fills dx[n] is indented.", cut=_cut_after_the_batch,
    ),
    _wrong(
        "dx_ends_with_the_last_window", "dx ends where the last window ends",
        "Where the stride leaves a rest, x has rows and columns that no window sees. dx has them, too: as zeros.",
        "The line that makes dx, and the size that it takes.", cut=_end_with_the_last_window,
    ),
    _wrong(
        "dx_without_the_rest", "dx lacks rows and columns where the stride leaves a rest",
        "The array that dx is cut from reaches as far as the windows do. Make it as large as the padded x.",
        "The line that makes dx, and the size that it takes.", cut=_grow_no_rest,
    ),
)  # fmt: skip


_MISFITS = (
    "dx_minus_slice", "dx_minus_slice_guarded_together", "dx_cut_by_one", "dx_cut_by_one_where_padded",
    "dx_width_for_height", "dx_ends_with_the_last_window",
)  # fmt: skip
"""What they cut out does not have the shape of x, and crashes where it is to fill a dx that has."""


def _crashing(known: Misconception) -> Misconception:
    cut = known.wrong.keywords["cut"]  # type: ignore[attr-defined]
    return replace(known, slug=f"{known.slug}_crashing", wrong=partial(layer, cut=_cut_into_zeros(cut)))


CUT_MISCONCEPTIONS = (*_CUTTING, *(_crashing(known) for known in _CUTTING if known.slug in _MISFITS))
"""The likelier first."""
