"""What goes wrong with the sizes of any pooling: which outputs are gone through, and the shape of dx."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnexercises.misconceptions import Refused, Told
from cnnexercises.pool_gradients import Array, Plan, Step, Two, channels_last, subtract
from cnnexercises.pool_window_mistakes import KERNEL, LOOPS, OUTPUTS, PAIRS, SIDES, STRIDE


def _reshaped(images: Array) -> Array:
    """Take (N, C, H, W) for (N, H, W, C) after a reshape, as (N, C, H, W) again."""
    n, c, h, w = images.shape
    return images.reshape(n, h, w, c).transpose(0, 3, 1, 2)


def _by(sides: str) -> Step:
    """Count the outputs as the image over the kernel, or over the stride."""
    return lambda plan: tuple(size // side for size, side in zip(plan.image, getattr(plan, sides), strict=True))


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


def _before_the_last(plan: Plan) -> Two:
    """Count the windows that begin before size - kernel."""
    rows, columns = (
        -(-(size - side) // step) for size, side, step in zip(plan.image, plan.kernel, plan.stride, strict=True)
    )
    return rows, columns


def _in_order(*axes: int) -> Step:
    """Take the errors from dout.ravel(), numbered with the axes in this order."""

    def error(dout: Array, *place: int) -> Any:
        number = np.ravel_multi_index([place[axis] for axis in axes], [dout.shape[axis] for axis in axes])
        return dout.ravel()[number]

    return error


def _rest_first(dx: Array, plan: Plan) -> Array:
    rows, columns = (size - used for size, used in zip(plan.image, plan.used, strict=True))
    return np.roll(dx, (rows, columns), (2, 3))


def _first_image_only(_images: int, *counts: int) -> Any:
    return np.ndindex(1, *counts)


def _first_channel_only(images: int, _channels: int, *counts: int) -> Any:
    return np.ndindex(images, 1, *counts)


def _first_map_only(_images: int, _channels: int, *counts: int) -> Any:
    return np.ndindex(1, 1, *counts)


def _flat(order: str) -> str:
    return (
        f"The windows lie in the order ({order}), and dout.ravel() has (N, C, Ho, Wo). Bring dout into the order of "
        "the windows first, with transpose."
    )


_REST = "Where windows do not use up the image, the rows and columns that are left over have gradient 0."
_RANGE = "range(n) already stops before n, and the number of windows ends in + 1."
_BATCH = "Every image has its own x, dout and dx, and so has every channel."
_FLAT_ORDER = "dout is flattened in another order than the windows"
_FLATTENED = "Where dout is flattened or reshaped."
_RANGES = "The ranges of the loops."
_LAYOUT = (
    "x is (N, C, H, W): `n, h, w, c = x.shape` and dx[n, top:bottom, left:right, c] are from code for another layout."
)
_AS_IT_IS = f"{_BATCH} Take dout[n, c, i, j] as it is."
_RETURN = "The return at the end."
_SHAPE = "dx has the shape of x, (N, C, H, W), whatever the lengths of its axes."

SIZE_MISTAKES: tuple[Told, ...] = (
    (
        "dout_rows_and_columns_exchanged", "The indices of dout are exchanged",
        "dout is (N, C, Ho, Wo): the row comes before the column.", "The index of dout.",
        {"error": lambda dout, n, c, i, j: dout[n, c, j, i]},
    ),
    (
        "dout_sides_swapped", "The height of dout is taken for its width, and the width for its height",
        f"{SIDES} {OUTPUTS}", "Where dout.shape is taken apart.",
        {"check": _must(lambda plan: plan.out[0] == plan.out[1], IndexError)},
    ),
    (
        "kernel_taken_for_square", "A kernel that is not square stops it",
        f"Are its two sides exchanged somewhere, or is one taken for both? {PAIRS}", KERNEL,
        {"check": _must(lambda plan: plan.kernel[0] == plan.kernel[1], ValueError)},
    ),
    (
        "stride_taken_for_square", "A stride that differs in height and width stops it",
        f"Are its two parts exchanged somewhere, or is one taken for both? {PAIRS}", STRIDE,
        {"check": _must(lambda plan: plan.stride == plan.kernel or plan.stride[0] == plan.stride[1], ValueError)},
    ),
    (
        "dout_taken_for_square", "The loop over the columns of dout counts its rows", f"{SIDES} {OUTPUTS}",
        LOOPS, {"counts": lambda plan: (plan.out[0], plan.out[0])},
    ),
    (
        "dout_taken_for_square_skipping", "The loop over the columns of dout counts its rows", f"{SIDES} {OUTPUTS}",
        LOOPS, {"counts": lambda plan: (plan.out[0], min(plan.out))},
    ),
    (
        "columns_worked_out_from_the_height", "The number of output columns is worked out from the height",
        f"{SIDES} {OUTPUTS}", LOOPS, {"counts": _columns_from_the_height},
    ),
    (
        "outputs_counted_by_kernel", "The outputs are counted as image size over kernel",
        f"That is right only where the windows lie side by side. {OUTPUTS}", LOOPS, {"counts": _by("kernel")},
    ),
    (
        "outputs_counted_by_stride", "The outputs are counted as image size over stride",
        f"A window must fit as a whole: (size - kernel) // stride + 1. {OUTPUTS}", LOOPS, {"counts": _by("stride")},
    ),
    (
        "last_row_and_column_missing", "The last row and the last column of dout are never used",
        f"{_RANGE} {OUTPUTS}", LOOPS, {"counts": _but(1, 1)},
    ),
    ("last_row_missing", "The last row of dout is never used", f"{_RANGE} {OUTPUTS}", LOOPS, {"counts": _but(1, 0)}),
    (
        "last_column_missing", "The last column of dout is never used",
        f"{_RANGE} {OUTPUTS}", LOOPS, {"counts": _but(0, 1)},
    ),
    (
        "range_ends_before_the_last_window", "The last windows are left out where they use up the image",
        "range(0, H - kernel_h, stride_h) stops before H - kernel_h, and a window begins there: H - kernel_h + 1. "
        "Likewise for the columns.", _RANGES, {"counts": _before_the_last},
    ),
    (
        "window_beyond_the_rest", "A window is expected where the image leaves a rest",
        f"A window that does not fit is dropped, so dout has no entry for it: round down, not up. {_REST}",
        LOOPS, {"check": _must(lambda plan: _rests(plan) == (0, 0), IndexError)},
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
        f"An assert or raise of yours asks for too much. {SIDES}", "The assert or raise.",
        {"check": _must(lambda plan: plan.image[0] == plan.image[1], Refused)},
    ),
    (
        "dx_ends_with_the_last_window", "dx ends where the last window ends", f"{_REST} {_SHAPE}",
        "The line that makes dx, and the size that it takes.",
        {"finish": lambda dx, plan: dx[:, :, : plan.used[0], : plan.used[1]]},
    ),
    (
        "image_taken_for_square", "An image that is not square stops it",
        f"Somewhere an array gets the height for its width, or the other way round. {SIDES}",
        "The lines that make arrays, and x.shape.", {"check": _must(lambda p: p.image[0] == p.image[1], ValueError)},
    ),
    (
        "first_image_only", "Only the first image gets its dx",
        f"Does a return stand within the loop over the images? {_BATCH}", "How far the return is indented.",
        {"walk": _first_image_only},
    ),
    (
        "first_row_of_dout_only", "Only the first row of dout is used",
        f"Does a return stand within the loop over the rows? {OUTPUTS}", "How far the return is indented.",
        {"counts": lambda plan: (1, plan.out[1])},
    ),
    (
        "first_entry_of_dout_only", "Only the first entry of each channel of dout is used",
        f"Does a return stand within the innermost loop? {OUTPUTS}", "How far the return is indented.",
        {"counts": lambda _plan: (1, 1)},
    ),
    (
        "first_channel_only", "Only the first channel gets its dx",
        f"Is there a loop over the channels, and is its index used? {_BATCH}",
        "The loops, the indices of dx, and the return.",
        {"walk": _first_channel_only},
    ),
    (
        "first_map_only", "Only the first channel of the first image gets its dx",
        f"Are there loops over the images and the channels, and does the return come after them? {_BATCH}",
        "The loops, the indices of dx, and the return.", {"walk": _first_map_only},
    ),
    (
        "dout_in_order_of_windows", _FLAT_ORDER, _flat("Ho, Wo, N, C"),
        _FLATTENED, {"error": _in_order(2, 3, 0, 1)},
    ),
    (
        "dout_in_order_of_windows_channels_first", _FLAT_ORDER,
        _flat("Ho, Wo, C, N"), _FLATTENED, {"error": _in_order(2, 3, 1, 0)},
    ),
    (
        "dout_with_channels_last", _FLAT_ORDER, _flat("N, Ho, Wo, C"),
        _FLATTENED, {"error": _in_order(0, 2, 3, 1)},
    ),
    (
        "dout_with_images_last", _FLAT_ORDER, _flat("C, Ho, Wo, N"),
        _FLATTENED, {"error": _in_order(1, 2, 3, 0)},
    ),
    (
        "dout_with_channels_first", _FLAT_ORDER, _flat("C, N, Ho, Wo"),
        _FLATTENED, {"error": _in_order(1, 0, 2, 3)},
    ),
    (
        "dout_averaged_over_the_batch", "The errors of all images are averaged", _AS_IT_IS,
        "What is done to dout.", {"error": lambda dout, _n, c, i, j: dout[:, c, i, j].mean()},
    ),
    (
        "dout_summed_over_the_batch", "The errors of all images are summed", _AS_IT_IS,
        "What is done to dout.", {"error": lambda dout, _n, c, i, j: dout[:, c, i, j].sum()},
    ),
    (
        "dout_summed_over_the_channels", "The errors of all channels are summed",
        _AS_IT_IS, "What is done to dout.",
        {"error": lambda dout, n, _c, i, j: dout[n, :, i, j].sum()},
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
    (
        "errors_subtracted", "The errors are subtracted, not added",
        "Where an input grows, so does the output that it goes into: the slope is not negative. Write +=.",
        "The line that adds to dx.", {"put": subtract},
    ),
    (
        "begins_with_ones", "dx begins with ones", "dx begins with zeros: np.zeros(x.shape).",
        "The line that makes dx.", {"blank": lambda x: np.ones(x.shape)},
    ),
    (
        "rest_first", "The rows and columns that are left over come first", f"They come last. {_REST}",
        "Where zeros are put around dx.", {"finish": _rest_first},
    ),
    ("dx_squeezed", "dx loses its axes of length 1", _SHAPE, _RETURN, {"finish": lambda dx, _plan: np.squeeze(dx)}),
    ("dx_of_one_image", "dx has lost the axis of the images", _SHAPE, _RETURN, {"finish": lambda dx, _plan: dx[0]}),
    (
        "channels_taken_for_last", "x is indexed as if the channels came last", _LAYOUT,
        "Where x.shape is taken apart, and the indices of x and dx.", {"view": channels_last},
    ),
    (
        "channels_reshaped_to_the_end", "reshape is used to move the channels to the end",
        "reshape moves no axis: it deals the same row of numbers out anew, and mixes channels with places. "
        "np.transpose(x, (0, 2, 3, 1)) moves them.", "Every reshape of x, dout and dx.", {"view": _reshaped},
    ),
    (
        "dx_channels_last", "dx has its channels last", _SHAPE, _RETURN,
        {"finish": lambda dx, _plan: dx.transpose(0, 2, 3, 1)},
    ),
)  # fmt: skip
"""The likelier first."""
