"""What goes wrong with the windows of any pooling: stride, kernel, sizes, and which outputs are gone through."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np

from cnnexercises.misconceptions import Refused, Told
from cnnexercises.output_size import Pair
from cnnexercises.pool_gradients import Plan, Step, Two, pair


def versions(table: Iterable[Told], suffix: str, **steps: Step) -> Iterator[Told]:
    """Yield the mistakes of a table once more, in code that differs in other steps."""
    for slug, title, explanation, look_at, exchanged in table:
        yield f"{slug}_{suffix}", title, explanation, look_at, {**steps, **exchanged}


# --- stride and kernel ---------------------------------------------------------------------------------------


def _number(value: Pair) -> Two:
    return int(value), int(value)  # type: ignore[arg-type]


def _stride(rule: Step) -> Step:
    """Make the stride by a rule where one is given."""
    return lambda kernel, stride, _given: kernel if stride is None else rule(stride)


def _default(stride: int) -> Step:
    return lambda _kernel, given, _raw: pair(stride if given is None else given)


def _both(axis: int) -> Step:
    """Take one entry of a pair for both axes."""
    return lambda value: (pair(value)[axis],) * 2


def _of_the_given_kernel(_kernel: Two, stride: Pair | None, given: Pair) -> Two:
    return pair(given if stride is None else stride)


_PAIRS = "An int counts for both axes; of a pair, the first is for the height and the second for the width."
_SPREAD = "Output (i, j) came from the window that begins at row i * stride_h and column j * stride_w."
_NONE = "Without a stride it is the kernel, as in nn.MaxPool2d and nn.AvgPool2d: windows lie side by side."
_STRIDE, _KERNEL = "Where `stride` is taken apart.", "Where `kernel` is taken apart."
_PLACES, _LOOPS = "Where the windows begin.", "The ranges of the loops over dout."
_OUTPUTS = "dout.shape says how many outputs there are: dout.shape[2] rows and dout.shape[3] columns."
_SIDES = "Rows go with the height and columns with the width: neither tells the size of the other."

OVERRUN: tuple[Told, ...] = (
    (
        "stride_ignored", "The windows step by the kernel, whatever the stride", _SPREAD,
        _PLACES, {"steps": lambda kernel, _stride, _given: kernel},
    ),
    (
        "stride_and_kernel_swapped", "The stride, and a kernel in its place, are taken for (width, height)", _PAIRS,
        _STRIDE, {"steps": lambda _kernel, stride, given: pair(given if stride is None else stride)[::-1]},
    ),
    (
        "stride_of_the_rows_for_both", "The columns step by the stride of the rows", _SPREAD,
        _PLACES, {"corner": lambda i, j, stride: (i * stride[0], j * stride[0])},
    ),
    (
        "stride_of_the_columns_for_both", "The rows step by the stride of the columns", _SPREAD,
        _PLACES, {"corner": lambda i, j, stride: (i * stride[1], j * stride[1])},
    ),
    (
        "column_from_the_row_index", "The column of a window is worked out from the row of the output",
        "i goes with the height, and j with the width: column j * stride_w.",
        _PLACES, {"corner": lambda i, _j, stride: (i * stride[0], i * stride[1])},
    ),
    (
        "row_from_the_column_index", "The row of a window is worked out from the column of the output",
        "i goes with the height, and j with the width: row i * stride_h.",
        _PLACES, {"corner": lambda _i, j, stride: (j * stride[0], j * stride[1])},
    ),
    (
        "rows_and_columns_exchanged", "Rows and columns are exchanged on the way from dout to its window",
        "i counts the rows of dout and goes with the height, j counts the columns and goes with the width.",
        "The indices of dout and of the windows.", {"corner": lambda i, j, stride: (j * stride[0], i * stride[1])},
    ),
)  # fmt: skip
"""Mistakes whose windows stick out of the image: slices cut those off, loops over their entries crash."""

_SETTINGS: tuple[Told, ...] = (
    ("stride_1_by_default", "Without a stride, the windows are one apart", _NONE, _STRIDE, {"steps": _default(1)}),
    ("stride_2_by_default", "Without a stride, the windows are two apart", _NONE, _STRIDE, {"steps": _default(2)}),
    (
        "stride_always_2", "The windows are two apart, whatever the stride",
        f"A 2 is written where the stride is meant. {_SPREAD}", "Where the 2 stands.",
        {"steps": lambda _kernel, _stride, _given: (2, 2)},
    ),
    (
        "stride_of_the_rows_always_2", "The rows of windows are two apart, whatever the stride",
        f"A 2 is written where the stride is meant. {_SPREAD}", "Where the 2 stands.",
        {"corner": lambda i, j, stride: (2 * i, j * stride[1])},
    ),
    (
        "stride_of_the_columns_always_2", "The columns of windows are two apart, whatever the stride",
        f"A 2 is written where the stride is meant. {_SPREAD}", "Where the 2 stands.",
        {"corner": lambda i, j, stride: (i * stride[0], 2 * j)},
    ),
    (
        "stride_required", "Without a stride there is a crash",
        f"stride=None is the default, and None is no number. {_NONE}", _STRIDE,
        {"steps": lambda _kernel, stride, _given: (stride + 0,) * 2 if isinstance(stride, int) else pair(stride)},
    ),
    (
        "stride_pair_swapped", "The stride is taken for (width, height)", _PAIRS,
        _STRIDE, {"steps": _stride(lambda stride: pair(stride)[::-1])},
    ),
    (
        "stride_height_for_both", "Of a pair, only the first stride is used", _PAIRS,
        _STRIDE, {"steps": _stride(_both(0))},
    ),
    (
        "stride_width_for_both", "Of a pair, only the second stride is used", _PAIRS,
        _STRIDE, {"steps": _stride(_both(1))},
    ),
    ("stride_int_only", "A stride that is given as a pair stops it", _PAIRS, _STRIDE, {"steps": _stride(_number)}),
    (
        "stride_pair_only", "A stride that is given as an int stops it", _PAIRS, _STRIDE,
        {"steps": _stride(lambda stride: (stride[0], stride[1]))},
    ),
    (
        "stride_of_the_rows_forgotten", "The rows forget the stride",
        f"Only the columns of the windows step by it. {_SPREAD}",
        _PLACES, {"corner": lambda i, j, stride: (i, j * stride[1])},
    ),
    (
        "stride_of_the_columns_forgotten", "The columns forget the stride",
        f"Only the rows of the windows step by it. {_SPREAD}",
        _PLACES, {"corner": lambda i, j, stride: (i * stride[0], j)},
    ),
    ("kernel_int_only", "A kernel that is given as a pair stops it", _PAIRS, _KERNEL, {"sides": _number}),
    (
        "pairs_stop_it", "A kernel or a stride that is given as a pair stops it", _PAIRS,
        f"{_KERNEL} {_STRIDE}", {"sides": _number, "steps": _stride(_number)},
    ),
    (
        "kernel_pair_only", "A kernel that is given as an int stops it", _PAIRS, _KERNEL,
        {"sides": lambda kernel: (kernel[0], kernel[1])},
    ),
    (
        "kernel_always_2", "The windows are 2x2, whatever the kernel",
        "A 2 is written where the kernel's sides are meant.", "Where the 2 stands.",
        {"sides": lambda _kernel: (2, 2), "steps": _of_the_given_kernel},
    ),
)  # fmt: skip

KERNEL_MISTAKES: tuple[Told, ...] = (
    (
        "kernel_pair_swapped", "The kernel is taken for (width, height)", _PAIRS,
        _KERNEL, {"sides": lambda kernel: pair(kernel)[::-1]},
    ),
    ("kernel_height_for_both", "The windows are as wide as they should be high", _PAIRS, _KERNEL, {"sides": _both(0)}),
    ("kernel_width_for_both", "The windows are as high as they should be wide", _PAIRS, _KERNEL, {"sides": _both(1)}),
)


# --- sizes, and what is gone through -------------------------------------------------------------------------


def _by(sides: str) -> Step:
    """Count the outputs as the image over the kernel, or over the stride."""
    return lambda plan: tuple(size // side for size, side in zip(plan.image, getattr(plan, sides), strict=True))


def _recounted(plan: Plan) -> Two:
    """Count the outputs again, with the kernel and the stride as they are understood."""
    rows, columns = (
        max((size - side) // step + 1, 0)
        for size, side, step in zip(plan.image, plan.kernel, plan.stride, strict=True)
    )
    return rows, columns


def _columns_from_the_height(plan: Plan) -> Two:
    return plan.out[0], (plan.image[0] - plan.kernel[1]) // plan.stride[1] + 1


def _but(rows: int, columns: int) -> Step:
    """Leave out the last rows and columns of dout."""
    return lambda plan: (plan.out[0] - rows, plan.out[1] - columns)


def _rests(plan: Plan) -> Two:
    rows, columns = (
        (size - side) % step for size, side, step in zip(plan.image, plan.kernel, plan.stride, strict=True)
    )
    return rows, columns


def _must(fit: Step, error: type[Exception]) -> Step:
    """Stop where the plan does not fit."""

    def check(plan: Plan) -> None:
        if not fit(plan):
            raise error

    return check


def _divides(plan: Plan) -> bool:
    return not any(size % side for size, side in zip(plan.image, plan.kernel, strict=True))


def _tiles(plan: Plan) -> bool:
    return plan.image == (plan.out[0] * plan.kernel[0], plan.out[1] * plan.kernel[1])


def _first_image_only(_images: int, *counts: int) -> Any:
    return np.ndindex(1, *counts)


_REST = "Where windows do not use up the image, the rows and columns that are left over have gradient 0."
_RANGE = "range(n) already stops before n, and the number of windows ends in + 1."
_BATCH = "Every image has its own x, dout and dx, and so has every channel."
_RETURN = "The return at the end."
_SHAPE = "dx has the shape of x, (N, C, H, W), whatever the lengths of its axes."

_SIZES: tuple[Told, ...] = (
    (
        "dout_rows_and_columns_exchanged", "The indices of dout are exchanged",
        "dout is (N, C, Ho, Wo): the row comes before the column.", "The index of dout.",
        {"error": lambda dout, n, c, i, j: dout[n, c, j, i]},
    ),
    (
        "dout_sides_swapped", "The height of dout is taken for its width, and the width for its height",
        f"{_SIDES} {_OUTPUTS}", "Where dout.shape is taken apart.",
        {"check": _must(lambda plan: plan.out[0] == plan.out[1], IndexError)},
    ),
    (
        "kernel_taken_for_square", "A kernel that is not square stops it",
        f"Are its two sides exchanged somewhere, or is one taken for both? {_PAIRS}", _KERNEL,
        {"check": _must(lambda plan: plan.kernel[0] == plan.kernel[1], ValueError)},
    ),
    (
        "stride_taken_for_square", "A stride that differs in height and width stops it",
        f"Are its two parts exchanged somewhere, or is one taken for both? {_PAIRS}", _STRIDE,
        {"check": _must(lambda plan: plan.stride == plan.kernel or plan.stride[0] == plan.stride[1], ValueError)},
    ),
    (
        "dout_taken_for_square", "The loop over the columns of dout counts its rows", f"{_SIDES} {_OUTPUTS}",
        _LOOPS, {"counts": lambda plan: (plan.out[0], plan.out[0])},
    ),
    (
        "columns_worked_out_from_the_height", "The number of output columns is worked out from the height",
        f"{_SIDES} {_OUTPUTS}", _LOOPS, {"counts": _columns_from_the_height},
    ),
    (
        "outputs_counted_by_kernel", "The outputs are counted as image size over kernel",
        f"That is right only where the windows lie side by side. {_OUTPUTS}", _LOOPS, {"counts": _by("kernel")},
    ),
    (
        "outputs_counted_by_stride", "The outputs are counted as image size over stride",
        f"A window must fit as a whole: (size - kernel) // stride + 1. {_OUTPUTS}", _LOOPS, {"counts": _by("stride")},
    ),
    (
        "last_row_and_column_missing", "The last row and the last column of dout are never used",
        f"{_RANGE} {_OUTPUTS}", _LOOPS, {"counts": _but(1, 1)},
    ),
    ("last_row_missing", "The last row of dout is never used", f"{_RANGE} {_OUTPUTS}", _LOOPS, {"counts": _but(1, 0)}),
    (
        "last_column_missing", "The last column of dout is never used",
        f"{_RANGE} {_OUTPUTS}", _LOOPS, {"counts": _but(0, 1)},
    ),
    (
        "window_beyond_the_rest", "A window is expected where the image leaves a rest",
        f"A window that does not fit is dropped, so dout has no entry for it: round down, not up. {_REST}",
        _LOOPS, {"check": _must(lambda plan: _rests(plan) == (0, 0), IndexError)},
    ),
    (
        "rest_refused", "It stops where the stride leaves a rest",
        f"A rest is allowed, and your assert asks for too much. {_REST}", "The assert or raise on the sizes.",
        {"check": _must(lambda plan: _rests(plan) == (0, 0), Refused)},
    ),
    (
        "sizes_must_divide", "It stops where the kernel does not divide the image",
        f"Any size is allowed, and your assert asks for too much. {_REST}", "The assert or raise on the sizes.",
        {"check": _must(_divides, Refused)},
    ),
    (
        "tiles_only", "It works only where the windows tile the image",
        "Reshaping the image into blocks is right for a stride that equals the kernel and leaves no rest. Windows may "
        "overlap, have gaps, or leave a rest.", "The reshape or repeat.", {"check": _must(_tiles, ValueError)},
    ),
    (
        "tiles_demanded", "It refuses all but windows that tile the image",
        "The stride need not be the kernel, and a rest is allowed: an assert or raise of yours asks for too much.",
        "The assert or raise.", {"check": _must(_tiles, Refused)},
    ),
    (
        "stride_must_be_the_kernel", "It refuses a stride that is not the kernel",
        "Windows may overlap or have gaps: an assert or raise of yours asks for too much.", "The assert or raise.",
        {"check": _must(lambda plan: plan.stride == plan.kernel, Refused)},
    ),
    (
        "image_must_be_square", "It refuses an image that is not square",
        f"An assert or raise of yours asks for too much. {_SIDES}", "The assert or raise.",
        {"check": _must(lambda plan: plan.image[0] == plan.image[1], Refused)},
    ),
    (
        "dx_ends_with_the_last_window", "dx ends where the last window ends", f"{_REST} {_SHAPE}",
        "The line that makes dx, and the size that it takes.",
        {"finish": lambda dx, plan: dx[:, :, : plan.used[0], : plan.used[1]]},
    ),
    (
        "image_taken_for_square", "An image that is not square stops it",
        f"Somewhere an array gets the height for its width, or the other way round. {_SIDES}",
        "The lines that make arrays, and x.shape.", {"check": _must(lambda p: p.image[0] == p.image[1], ValueError)},
    ),
    (
        "first_image_only", "Only the first image gets its dx",
        f"Does a return stand within the loop over the images? {_BATCH}", "How far the return is indented.",
        {"walk": _first_image_only},
    ),
    (
        "dx_of_all_in_the_first_image", "The dx of all images is added to the first one",
        f"{_BATCH} dx[0] is written where dx[n] is meant.", "The index of dx.",
        {"target": lambda dx, _n, c: dx[0, c]},
    ),
    (
        "dx_of_all_in_the_first_channel", "The dx of all channels is added to the first one",
        f"{_BATCH} dx[n, 0] is written where dx[n, c] is meant.", "The index of dx.",
        {"target": lambda dx, n, _c: dx[n, 0]},
    ),
    (
        "dout_summed", "Every window gets the errors of all windows of its channel",
        "The window of output (i, j) gets dout[n, c, i, j], and no sum over i and j.", "The index of dout.",
        {"error": lambda dout, n, c, _i, _j: dout[n, c].sum()},
    ),
    (
        "dout_of_the_first_image", "The errors of the first image are taken for all",
        f"{_BATCH} dout[0] is written where dout[n] is meant.", "The index of dout.",
        {"error": lambda dout, _n, c, i, j: dout[0, c, i, j]},
    ),
    (
        "dout_of_the_first_channel", "The errors of the first channel are taken for all",
        f"{_BATCH} dout[n, 0] is written where dout[n, c] is meant.", "The index of dout.",
        {"error": lambda dout, n, _c, i, j: dout[n, 0, i, j]},
    ),
    (
        "dout_forgotten", "dx has the slopes, and lacks the errors",
        "By the chain rule dx is dy/dx times dout: each share is multiplied with the error of its window.",
        "The line that adds to dx.", {"error": lambda _dout, *_place: 1.0},
    ),
    (
        "batch_mean", "dx is divided by the number of images",
        "Every image has a dx of its own. If J is a mean over the batch, dout already holds the 1/N.",
        "What is divided by N.", {"finish": lambda dx, _plan: dx / len(dx)},
    ),
    (
        "added_to_x", "dx begins as a copy of x", "dx begins with zeros, and the errors are added to those.",
        "The line that makes dx.", {"blank": lambda x: x + 0.0},
    ),
    ("dx_squeezed", "dx loses its axes of length 1", _SHAPE, _RETURN, {"finish": lambda dx, _plan: np.squeeze(dx)}),
    ("dx_of_one_image", "dx has lost the axis of the images", _SHAPE, _RETURN, {"finish": lambda dx, _plan: dx[0]}),
    (
        "dx_channels_last", "dx has its channels last", _SHAPE, _RETURN,
        {"finish": lambda dx, _plan: dx.transpose(0, 2, 3, 1)},
    ),
)  # fmt: skip


ADD = (
    "Windows may overlap: an input gets its share of each of its windows, so they add up, with +=. With arrays of "
    "indices that is np.add.at, as dx[index] += counts an index that occurs twice once."
)
LINE = "The line that adds to dx."

WINDOW_MISTAKES = (*OVERRUN, *_SETTINGS, *KERNEL_MISTAKES, *_SIZES)
"""The likelier first, within each group."""

_COUNTED = (
    "stride_ignored", "stride_1_by_default", "stride_always_2",
    "kernel_always_2", "kernel_pair_swapped", "kernel_height_for_both", "kernel_width_for_both",
)  # fmt: skip

RAW_STRIDE_MISTAKES = tuple(versions(KERNEL_MISTAKES, "but_for_the_stride", steps=_of_the_given_kernel))
"""The kernel is misread where it is the window, and not where it is the stride."""

COUNTED_MISTAKES = tuple(
    versions(
        [told for told in (*OVERRUN, *_SETTINGS, *KERNEL_MISTAKES, *RAW_STRIDE_MISTAKES) if told[0] in _COUNTED],
        "and_counted",
        counts=_recounted,
    )
)
"""What is misread here counts the outputs, too: where that makes more than dout has, its index runs out of it."""
