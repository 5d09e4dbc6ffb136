"""What goes wrong with padding and stride in conv2d_backward: its misconceptions about where windows lie."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np

from cnnexercises.conv_cut_mistakes import from_the_corner
from cnnexercises.conv_layer_gradients import Array, Plan, Step, Two, frame, layer, pair
from cnnexercises.exercise import Misconception, misconception
from cnnexercises.output_size import Pair


def _wrong(slug: str, title: str, explanation: str, look_at: str, **steps: Any) -> Misconception:
    return misconception(slug, title, explanation, look_at, layer, **steps)


def _number(value: Pair) -> Two:
    return int(value), int(value)  # type: ignore[arg-type]


def _pairs(value: Pair, default: int) -> Two:
    return pair(value) if value == default else (value[0], value[1])  # type: ignore[index]


def _only_if_padded(padding: Pair, _weight: Array) -> Two:
    if pair(padding) == (0, 0):
        raise UnboundLocalError
    return pair(padding)


def _only_if_larger_than_0(padding: Pair, _weight: Array) -> Two:
    if padding > 0:  # type: ignore[operator]
        return pair(padding)
    raise UnboundLocalError


def _refuse_a_stride(plan: Plan) -> None:
    assert plan.stride == (1, 1)


def _refuse_a_rest(plan: Plan) -> None:
    for size, kernel, stride, padding in zip(plan.image, plan.kernel, plan.stride, plan.padding, strict=True):
        assert (size + 2 * padding - kernel) % stride == 0


def _pad_by_a_negative(plan: Plan) -> None:
    if any(kernel - 1 < padding for kernel, padding in zip(plan.kernel, plan.padding, strict=True)):
        raise ValueError


def _frame_at_the_end(x: Array, plan: Plan) -> Array:
    (ph, pw) = plan.padding
    return np.pad(x, ((0, 0), (0, 0), (0, 2 * ph), (0, 2 * pw)))


def _framed_area(_x: Array, plan: Plan) -> Two:
    return plan.image[0] + 2 * plan.padding[0], plan.image[1] + 2 * plan.padding[1]


def _frame_before_and_after(x: Array, plan: Plan) -> Any:
    return np.pad(x, ((0, 0), (0, 0), plan.padding, plan.padding))


def _one_zero_too_many(i: int, j: int, stride: Two) -> Two:
    return i * (stride[0] + 1), j * (stride[1] + 1)


def _area_of_too_many_zeros(_padded: Array, plan: Plan) -> Two:
    """Reach as far as dout does with too many zeros between its entries, or as the padded image does."""
    rows, columns = (
        max((count - 1) * (step + 1) + side, size + 2 * padding)
        for count, step, side, size, padding in zip(
            plan.out, plan.stride, plan.kernel, plan.image, plan.padding, strict=True
        )
    )
    return rows, columns


def _full_area(_padded: Array, plan: Plan) -> Two:
    return plan.out[0] + plan.kernel[0] - 1, plan.out[1] + plan.kernel[1] - 1


def _valid_part(dpadded: Array, plan: Plan) -> Array:
    rows, columns = (out - kernel + 1 for out, kernel in zip(plan.out, plan.kernel, strict=True))
    if min(rows, columns) < 0:
        raise ValueError
    top, left = plan.kernel[0] - 1, plan.kernel[1] - 1
    return dpadded[:, :, top : top + rows, left : left + columns]


def _no_room(plan: Plan) -> bool:
    """Whether no window could be a row or a column larger."""
    sizes = zip(plan.image, plan.padding, plan.kernel, strict=True)
    return all(size + 2 * padding == kernel for size, padding, kernel in sizes)


def _swapped(i: int, j: int, stride: Two) -> Two:
    return i * stride[1], j * stride[0]


def _framed_by_1(x: Array, plan: Plan) -> Array:
    return frame(x, plan._replace(padding=(1, 1)))


def _as_bytes_lie(x: Array, plan: Plan) -> Any:
    """Read the padded x in the order in which its bytes lie, as as_strided does with strides of its shape."""
    (ph, pw) = plan.padding
    padded = np.pad(x, ((0, 0), (0, 0), (ph, ph), (pw, pw)))
    return padded.ravel(order="K").reshape(padded.shape)


def _repeated_border(x: Array, plan: Plan) -> Array:
    (ph, pw) = plan.padding
    return np.pad(x, ((0, 0), (0, 0), (ph, ph), (pw, pw)), mode="edge")


def _wrapped_frame(x: Array, plan: Plan) -> Array:
    """Make a frame in which rows and columns before the first one are the last ones, as negative indices are."""
    (ph, pw) = plan.padding
    before = np.pad(x, ((0, 0), (0, 0), (ph, 0), (pw, 0)), mode="wrap")
    return np.pad(before, ((0, 0), (0, 0), (0, ph), (0, pw)))


def _wrapped_cut(dpadded: Array, plan: Plan) -> Array:
    (ph, pw), (height, width) = plan.padding, plan.image
    if ph > height or pw > width:
        raise IndexError
    dx = dpadded[:, :, : ph + height, : pw + width].copy()
    dx[:, :, dx.shape[2] - ph :] += dx[:, :, :ph]
    dx[:, :, :, dx.shape[3] - pw :] += dx[:, :, :, :pw]
    return dx[:, :, ph:, pw:]


def _must(fit: Step) -> Step:
    """Crash where the plan does not fit."""

    def check(plan: Plan) -> None:
        if not fit(plan):
            raise ValueError

    return check


def _beside(i: int, j: int, _stride: Two) -> Two:
    return i, j


_PAIRS = "An int counts for both axes; of a pair, the first is for the height and the second for the width."
_PADDING, _STRIDE = "Where `padding` is taken apart.", "Where `stride` is taken apart."
_PLACES = "The slices of the windows, and where they begin."

WINDOW_MISCONCEPTIONS = (
    _wrong(
        "padding_ignored", "The windows slide over the image without its padding",
        "Forward, the windows looked at the padded x. On the plain x the last of them stick out and get too small.",
        "Pad x first, and let dx be as large while you add to it.", margin=lambda _padding, _weight: (0, 0),
    ),
    _wrong(
        "dweight_of_a_shifted_image", "dweight looks at x as if its padding were all at the end",
        "The frame goes around x: window (0, 0) begins within the padding, not at x's first row and column.",
        "The padded x that dweight looks at.", frame=_frame_at_the_end,
    ),
    _wrong(
        "dweight_of_the_unpadded_image", "dweight looks at x without its padding",
        "Forward, the windows looked at the padded x. On the plain x the last of them stick out, and slicing cuts them "
        "off without an error: they are too small for dweight.", "The x that dweight looks at: pad it first.",
        frame=lambda x, _plan: x, area=_framed_area,
    ),
    _wrong(
        "pairs_int_only", "A stride or a padding that is given as a pair stops it",
        f"{_PAIRS} pair(stride) gives both, and so does pair(padding).",
        "Where `stride` and `padding` come in.", steps=_number, margin=lambda padding, _weight: _number(padding),
    ),
    _wrong(
        "padding_int_only", "A padding that is given as a pair stops it", _PAIRS,
        _PADDING, margin=lambda padding, _weight: _number(padding),
    ),
    _wrong(
        "padding_pair_only", "A padding that is given as an int stops it", _PAIRS,
        _PADDING, margin=lambda padding, _weight: _pairs(padding, 0),
    ),
    _wrong(
        "padding_taken_for_square", "A padding that differs in height and width stops it",
        f"Are its two parts exchanged somewhere, or is one taken for both? {_PAIRS}",
        _PADDING, check=_must(lambda plan: plan.padding[0] == plan.padding[1]),
    ),
    _wrong(
        "padding_crashes", "Padding stops it",
        "The shapes do not fit: something has its frame of zeros, and something else has not. Windows are taken of "
        "the padded x, and their shares added to an array of that size.",
        "Where x is used without its padding.", check=_must(lambda plan: plan.padding == (0, 0)),
    ),
    _wrong(
        "padding_not_subtracted", "The windows begin at x's first row and column, not `padding` before it",
        "Weight (u, v) of output (i, j) meets row i * stride + u - padding of x, and likewise for the columns.",
        "The row and the column that are worked out.", frame=_frame_at_the_end, cut=from_the_corner,
    ),
    _wrong(
        "negative_index_wraps", "In the padding, indices are negative, and count from the end",
        "x[-1] is the last entry and no error: leave out what lies before row 0 or column 0, as you leave out what "
        "lies beyond the end.", "The `if` on the row and the column.", frame=_wrapped_frame, cut=_wrapped_cut,
    ),
    _wrong(
        "padding_pair_swapped", "The padding is taken for (width, height)", _PAIRS,
        _PADDING, margin=lambda padding, _weight: pair(padding)[::-1],
    ),
    _wrong(
        "padding_before_and_after", "np.pad takes a pair for before and after, and here it is height and width",
        "np.pad wants (before, after) for each axis: (ph, ph) for the rows and (pw, pw) for the columns.",
        "The np.pad of x.", frame=_frame_before_and_after,
    ),
    _wrong(
        "padding_before_and_after_cut_alike", "np.pad takes a pair for before and after, and here it is height and "
        "width", "np.pad wants (before, after) for each axis: (ph, ph) for the rows and (pw, pw) for the columns.",
        "The np.pad of x.", frame=_frame_before_and_after,
        cut=lambda dpadded, plan: dpadded[
            :, :, plan.padding[0] : plan.padding[0] + plan.image[0], plan.padding[0] : plan.padding[0] + plan.image[1]
        ],
    ),
    _wrong(
        "padding_of_the_rows_for_both", "Both axes get the padding of the rows", _PAIRS,
        _PADDING, margin=lambda padding, _weight: (pair(padding)[0],) * 2,
    ),
    _wrong(
        "padding_of_the_columns_for_both", "Both axes get the padding of the columns", _PAIRS,
        _PADDING, margin=lambda padding, _weight: (pair(padding)[1],) * 2,
    ),
    _wrong(
        "padding_always_1", "The padding is 1, whatever is asked for",
        "A 1 is written where `padding` is meant.", "np.pad, and the line that cuts dx.",
        margin=lambda _padding, _weight: (1, 1),
    ),
    _wrong(
        "padded_by_1", "x is padded by 1, whatever the padding",
        "A 1 is written where `padding` is meant.", "The line that pads x.", frame=_framed_by_1,
    ),
    _wrong(
        "padding_that_keeps_the_size", "The padding is half the kernel, whatever is asked for",
        "Half the kernel keeps the size of the image. The padding is an argument of its own: use that one.",
        _PADDING, margin=lambda _padding, weight: (weight.shape[2] // 2, weight.shape[3] // 2),
    ),
    _wrong(
        "padding_repeats_the_border", "x is padded with copies of its border",
        "The convolution pads with zeros: then a window's share of dweight is 0 where it lies in the frame.",
        "The mode of np.pad.", frame=_repeated_border,
    ),
    _wrong(
        "x_as_its_bytes_lie", "It takes for granted how x lies in memory",
        "An array may lie in memory by columns, or be a view. Take its own x.strides for as_strided, or work with "
        "sliding_window_view, which does.", "The strides of as_strided.", frame=_as_bytes_lie,
    ),
    _wrong(
        "nothing_without_padding", "Without padding there is a variable missing",
        "The padded x is made only where there is padding. np.pad with 0 is fine: do it always.",
        "The `if` on the padding.", margin=_only_if_padded,
    ),
    _wrong(
        "nothing_unless_padding_is_above_0", "The padding is compared with 0, and that must be an int above it",
        f"`if padding > 0` leaves a variable unset at 0, and a pair cannot be compared with 0. {_PAIRS}",
        "The `if` on the padding.", margin=_only_if_larger_than_0,
    ),
    _wrong(
        "full_convolution_padded_by_a_negative", "dout is padded by kernel - 1 - padding, which may be negative",
        "With a padding of the kernel's size or more there is nothing to pad: dout would have to be cut. Pad by "
        "kernel - 1 always, and cut the frame off dx at the end.", "The np.pad of dout.", check=_pad_by_a_negative,
    ),
    _wrong(
        "window_one_too_large", "The windows are a row or a column too large",
        "A slice i : i + kH has kH rows already: its end does not belong to it. One more, and the window fits the "
        "filter no longer.", _PLACES, check=_must(_no_room),
    ),
    _wrong(
        "stride_ignored", "The windows are one apart, whatever the stride",
        "Output (i, j) belongs to the window at row i * stride and column j * stride.",
        _PLACES, corner_x=_beside, corner_w=_beside,
    ),
    _wrong(
        "dx_stride_ignored", "dx forgets the stride",
        "dweight takes the right windows, but dx adds the one of output (i, j) at row i and column j.",
        "The slice of dx.", corner_x=_beside,
    ),
    _wrong(
        "dweight_stride_ignored", "dweight forgets the stride",
        "dx takes the right windows, but dweight looks for the one of output (i, j) at row i and column j.",
        "The slice of x.", corner_w=_beside,
    ),
    _wrong(
        "dx_valid_convolution", "dx is a convolution of dout that is not full",
        "dx is larger than dout. Pad dout by kernel - 1 on every side before the turned kernel slides over it.",
        "The dout that is convolved.", corner_x=_beside, area=_full_area, cut=_valid_part,
    ),
    _wrong(
        "dx_full_convolution_without_stride", "The full convolution for dx forgets the stride",
        "A full convolution of dout with the turned kernel gives dx for stride 1. For larger strides, put "
        "stride - 1 zeros between the entries of dout first.", "The dout that is convolved.",
        corner_x=_beside, area=_full_area,
    ),
    _wrong(
        "dx_one_zero_too_many", "There are `stride` zeros between the entries of dout, one too many",
        "Neighbouring outputs lie `stride` apart, so there are stride - 1 zeros between them: none for a stride of 1.",
        "The dout that is spread out for dx.", corner_x=_one_zero_too_many, area=_area_of_too_many_zeros,
    ),
    _wrong(
        "dx_stride_pair_swapped", "dx takes the stride for (width, height)", _PAIRS, "The slice of dx.",
        corner_x=_swapped,
    ),
    _wrong(
        "dweight_stride_pair_swapped", "dweight takes the stride for (width, height)", _PAIRS, "The slice of x.",
        corner_w=_swapped,
    ),
    _wrong("stride_int_only", "A stride that is given as a pair stops it", _PAIRS, _STRIDE, steps=_number),
    _wrong(
        "stride_pair_only", "A stride that is given as an int stops it", _PAIRS,
        _STRIDE, steps=partial(_pairs, default=1),
    ),
    _wrong(
        "stride_taken_for_square", "A stride that differs in height and width stops it",
        f"Are its two parts exchanged somewhere, or is one taken for both? {_PAIRS}",
        _STRIDE, check=_must(lambda plan: plan.stride[0] == plan.stride[1]),
    ),
    _wrong(
        "stride_crashes", "A stride other than 1 stops it",
        "Something is worked out as for stride 1. Output (i, j) has the window at row i * stride: x and dx are asked "
        "for i * stride, and dout for i. In a full convolution, put stride - 1 zeros between the entries of dout.",
        "What is done without the stride.", check=_must(lambda plan: plan.stride == (1, 1)),
    ),
    _wrong(
        "stride_pair_swapped", "The stride is taken for (width, height)", _PAIRS,
        _STRIDE, steps=lambda stride: pair(stride)[::-1],
    ),
    _wrong(
        "stride_of_the_rows_for_both", "The columns step by the stride of the rows", _PAIRS,
        _PLACES, steps=lambda stride: (pair(stride)[0],) * 2,
    ),
    _wrong(
        "stride_of_the_columns_for_both", "The rows step by the stride of the columns", _PAIRS,
        _PLACES, steps=lambda stride: (pair(stride)[1],) * 2,
    ),
    _wrong(
        "stride_of_the_rows_forgotten", "The rows forget the stride",
        "Only the columns of the windows step by it.", _PLACES,
        corner_x=lambda i, j, stride: (i, j * stride[1]), corner_w=lambda i, j, stride: (i, j * stride[1]),
    ),
    _wrong(
        "stride_of_the_columns_forgotten", "The columns forget the stride",
        "Only the rows of the windows step by it.", _PLACES,
        corner_x=lambda i, j, stride: (i * stride[0], j), corner_w=lambda i, j, stride: (i * stride[0], j),
    ),
    _wrong(
        "stride_always_2", "The stride is 2, whatever is asked for", "A 2 is written where `stride` is meant.",
        _PLACES, steps=lambda _stride: (2, 2),
    ),
    _wrong(
        "stride_of_the_rows_always_2", "The rows step by 2, whatever the stride",
        "A 2 is written where `stride` is meant.", _PLACES, steps=lambda stride: (2, pair(stride)[1]),
    ),
    _wrong(
        "stride_of_the_columns_always_2", "The columns step by 2, whatever the stride",
        "A 2 is written where `stride` is meant.", _PLACES, steps=lambda stride: (pair(stride)[0], 2),
    ),
    _wrong(
        "stride_refused", "It refuses a stride other than 1",
        "Any stride is allowed: an assert or raise of yours asks for too much.", "The assert or raise.",
        check=_refuse_a_stride,
    ),
    _wrong(
        "rest_refused", "It stops where the stride does not use up the image",
        "A convolution rounds down: a rest is allowed, and its gradient is 0. An assert of yours asks for more.",
        "The assert or raise on the sizes.", check=_refuse_a_rest,
    ),
)  # fmt: skip
