"""What goes wrong with the loops of conv2d_backward: which outputs, taps, images and filters they go through."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnexercises.conv_layer_gradients import Array, Plan, Step, Two, cut, frame, layer
from cnnexercises.exercise import Misconception, misconception
from cnnexercises.misconceptions import Refused
from cnnexercises.output_size import conv_output_size


def _wrong(slug: str, title: str, explanation: str, look_at: str, **steps: Any) -> Misconception:
    return misconception(slug, title, explanation, look_at, layer, **steps)


def _square(plan: Plan) -> Two:
    return plan.out[0], plan.out[0]


def _columns_from_the_height(plan: Plan) -> Two:
    size, kernel, stride, padding = plan.image[0], plan.kernel[1], plan.stride[1], plan.padding[1]
    return plan.out[0], conv_output_size(size, kernel, stride, padding)


def _without_padding(plan: Plan) -> Two:
    rows, columns = (
        (size - kernel) // stride + 1
        for size, kernel, stride in zip(plan.image, plan.kernel, plan.stride, strict=True)
    )
    return max(rows, 0), max(columns, 0)


def _but(rows: int, columns: int) -> Step:
    """Leave out the last rows and columns of dout."""
    return lambda plan: (plan.out[0] - rows, plan.out[1] - columns)


def _whole(_dbiases: Array, errors: Array, _weight: Array) -> Any:
    return errors.sum(axis=(0, 2, 3))


def _taps(count: Step) -> Step:
    """Go through as many rows and columns of the kernel as ``count`` says: an index too large is an error."""

    def reach(kernel: Two) -> Two:
        rows, columns = count(kernel)
        if rows > kernel[0] or columns > kernel[1]:
            raise IndexError
        return rows, columns

    return reach


def _first_image(_images: int, *counts: int) -> Any:
    return np.ndindex(1, *counts)


def _but_the_last_image(images: int, *counts: int) -> Any:
    return np.ndindex(images - 1, *counts)


def _from_1(images: int, *counts: int) -> list[tuple[int, ...]]:
    """Leave out row 0 and column 0 of dout."""
    return [(n, i, j) for n, i, j in np.ndindex(images, *counts) if i and j]


def _exchanged(plan: Plan) -> Plan:
    return plan._replace(image=plan.image[::-1])


def _counted_by_exchanged_sides(plan: Plan) -> Two:
    rows, columns = (
        max(0, (size + 2 * padding - kernel) // stride + 1)
        for size, kernel, stride, padding in zip(
            plan.image[::-1], plan.kernel, plan.stride, plan.padding, strict=True
        )
    )
    if rows * columns and (rows > plan.out[0] or columns > plan.out[1]):
        raise IndexError
    return rows, columns


def _by_i(i: int, _j: int, stride: Two) -> Two:
    return i * stride[0], i * stride[1]


def _by_j(_i: int, j: int, stride: Two) -> Two:
    return j * stride[0], j * stride[1]


def _square_kernel(plan: Plan) -> None:
    if plan.kernel[0] != plan.kernel[1]:
        raise ValueError


def _square_dout(plan: Plan) -> None:
    if plan.out[0] != plan.out[1]:
        raise IndexError


def _transposed(dout: Array) -> Array:
    if dout.shape[2] != dout.shape[3]:
        raise ValueError
    return dout.swapaxes(2, 3)


def _bounded(x: Array, plan: Plan) -> Array:
    """Take nothing of columns beyond the height; where there are fewer columns, the bound does not protect them."""
    if plan.image[0] > plan.image[1]:
        raise IndexError
    seen = x.copy()
    seen[..., plan.image[0] :] = 0
    return frame(seen, plan)


def _cut_bounded(dpadded: Array, plan: Plan) -> Array:
    dx = cut(dpadded, plan)
    dx[..., plan.image[0] :] = 0
    return dx


def _refuse_oblong(plan: Plan) -> None:
    if plan.image[0] != plan.image[1]:
        raise Refused


def _square_image(plan: Plan) -> None:
    if plan.image[0] != plan.image[1]:
        raise ValueError


def _enough(index: int, size: int) -> None:
    """Crash where a loop counts further than an axis goes."""
    if index > size:
        raise IndexError


def _filters_among_channels(weight: Array) -> Array:
    """Leave out the filters beyond the number of channels."""
    filters, channels = weight.shape[:2]
    _enough(channels, filters)
    return np.where(np.arange(filters)[:, None, None, None] < channels, weight, 0.0)


def _channels_among_filters(weight: Array) -> Array:
    """Leave out the channels beyond the number of filters."""
    filters, channels = weight.shape[:2]
    _enough(filters, channels)
    return np.where(np.arange(channels)[:, None, None] < filters, weight, 0.0)


def _settled(leave_out: Step) -> Step:
    return lambda dweights, _places: leave_out(dweights.sum(axis=0))


def _few_biases(dbiases: Array, _errors: Array, weight: Array) -> Any:
    return np.where(np.arange(len(weight)) < weight.shape[1], dbiases.sum(axis=0), 0.0)


def _first_channel(weight: Array) -> Array:
    return np.where(np.arange(weight.shape[1])[:, None, None] == 0, weight, 0.0)


_LOOPS = "The ranges of the loops over dout."
_SIDES = "Rows go with the height and columns with the width: neither tells the size of the other."
_OUTPUTS = "dout.shape says how many outputs there are: dout.shape[2] rows and dout.shape[3] columns."
_FROM_0 = "Rows and columns are counted from 0: a loop from 1 leaves those of index 0 out."
_LAST = "range(n) already stops before n: there is no `- 1` to write."
_FILTERS = "weight.shape is (F, C, kH, kW): F filters, each with C channels, as many as x has."
_BATCH = "Every image has its own x, dout and dx."

LOOP_MISCONCEPTIONS = (
    _wrong(
        "rows_and_columns_exchanged", "Rows and columns are exchanged on the way from dout to its window",
        "i counts the rows of dout and goes with the height, j counts the columns and goes with the width.",
        "The indices of dout and of the windows.",
        corner_x=lambda i, j, stride: (j * stride[0], i * stride[1]),
        corner_w=lambda i, j, stride: (j * stride[0], i * stride[1]),
    ),
    _wrong(
        "column_from_the_row_index", "The column of a window is worked out from the row of the output",
        "i goes with the height, and j with the width: column j * stride_w.", "Where the windows begin.",
        corner_x=_by_i, corner_w=_by_i,
    ),
    _wrong(
        "row_from_the_column_index", "The row of a window is worked out from the column of the output",
        "i goes with the height, and j with the width: row i * stride_h.", "Where the windows begin.",
        corner_x=_by_j, corner_w=_by_j,
    ),
    _wrong(
        "dx_rows_and_columns_exchanged", "dx takes dout with rows and columns exchanged",
        "i counts the rows of dout and goes with the height, j counts the columns and goes with the width.",
        "The indices of dout in dx.", errors_x=_transposed,
    ),
    _wrong(
        "dweight_rows_and_columns_exchanged", "dweight takes dout with rows and columns exchanged",
        "i counts the rows of dout and goes with the height, j counts the columns and goes with the width.",
        "The indices of dout in dweight.", errors=_transposed, errors_x=_transposed, bias=_whole,
    ),
    _wrong(
        "dout_sides_swapped", "The height of dout is taken for its width, and the width for its height",
        f"{_SIDES} {_OUTPUTS}", "Where dout.shape is taken apart.", check=_square_dout,
    ),
    _wrong(
        "dout_taken_for_square", "The loop over the columns of dout counts its rows", f"{_SIDES} {_OUTPUTS}",
        _LOOPS, counts=_square,
    ),
    _wrong(
        "dout_taken_for_square_but_for_dbias", "The loop over the columns of dout counts its rows",
        f"{_SIDES} {_OUTPUTS}", _LOOPS, counts=_square, bias=_whole,
    ),
    _wrong(
        "columns_worked_out_from_the_height", "The number of output columns is worked out from the height",
        f"{_SIDES} {_OUTPUTS}", _LOOPS, counts=_columns_from_the_height,
    ),
    _wrong(
        "columns_worked_out_from_the_height_but_for_dbias",
        "The number of output columns is worked out from the height",
        f"{_SIDES} {_OUTPUTS}", _LOOPS, counts=_columns_from_the_height, bias=_whole,
    ),
    _wrong(
        "outputs_counted_without_padding", "The outputs are counted as if there were no padding",
        f"The padding makes more windows fit. {_OUTPUTS}", _LOOPS, counts=_without_padding,
    ),
    _wrong(
        "outputs_counted_without_padding_but_for_dbias", "The outputs are counted as if there were no padding",
        f"The padding makes more windows fit. {_OUTPUTS}", _LOOPS, counts=_without_padding, bias=_whole,
    ),
    _wrong(
        "last_row_and_column_missing", "The last row and the last column of dout are never used",
        f"range(n) already stops before n, and the number of outputs ends in + 1. {_OUTPUTS}",
        _LOOPS, counts=_but(1, 1),
    ),
    _wrong(
        "last_row_and_column_missing_but_for_dbias", "The last row and the last column of dout are never used",
        f"range(n) already stops before n, and the number of outputs ends in + 1. {_OUTPUTS}",
        _LOOPS, counts=_but(1, 1), bias=_whole,
    ),
    _wrong(
        "first_row_and_column_missing", "The first row and the first column of dout are never used",
        f"{_FROM_0}", _LOOPS, walk=_from_1,
    ),
    _wrong(
        "first_row_and_column_missing_but_for_dbias", "The first row and the first column of dout are never used",
        f"{_FROM_0}", _LOOPS, walk=_from_1, bias=_whole,
    ),
    _wrong(
        "last_row_missing", "The last row of dout is never used",
        f"The loop over the rows ends one too early. {_OUTPUTS}", _LOOPS, counts=_but(1, 0),
    ),
    _wrong(
        "last_column_missing", "The last column of dout is never used",
        f"The loop over the columns ends one too early. {_OUTPUTS}", _LOOPS, counts=_but(0, 1),
    ),
    _wrong(
        "kernel_taken_for_square", "A kernel that is not square stops it",
        f"One side of the kernel stands for both: the windows have another shape than the filter. {_SIDES}",
        "Where weight.shape is taken apart.", check=_square_kernel,
    ),
    _wrong(
        "kernel_columns_counted_by_rows", "The loop over the kernel's columns counts its rows",
        _SIDES, "The ranges of the loops over the kernel.", reach=_taps(lambda kernel: (kernel[0],) * 2),
    ),
    _wrong(
        "kernel_rows_counted_by_columns", "The loop over the kernel's rows counts its columns",
        _SIDES, "The ranges of the loops over the kernel.", reach=_taps(lambda kernel: (kernel[1],) * 2),
    ),
    _wrong(
        "kernel_always_3", "The kernel is taken for 3x3, whatever its size",
        "A 3 is written where the kernel's height and width are meant.", "Where the 3 stands.",
        reach=_taps(lambda _kernel: (3, 3)),
    ),
    _wrong(
        "last_tap_missing", "The last row and the last column of the kernel are never used",
        "range(n) already stops before n: there is no `- 1` to write.", "The ranges of the loops over the kernel.",
        reach=_taps(lambda kernel: (kernel[0] - 1, kernel[1] - 1)),
    ),
    _wrong(
        "image_taken_for_square", "An image that is not square stops it",
        f"Somewhere an array gets the height for its width, or the other way round. {_SIDES}",
        "The lines that make arrays, and x.shape.", check=_square_image,
    ),
    _wrong(
        "image_sides_swapped", "The height of x is taken for its width, and the width for its height",
        f"x is (N, C, H, W), the height before the width. {_SIDES}", "Where x.shape is taken apart.",
        counts=_counted_by_exchanged_sides, cut=lambda dpadded, plan: cut(dpadded, _exchanged(plan)),
    ),
    _wrong(
        "image_sides_swapped_but_for_dbias", "The height of x is taken for its width, and the width for its height",
        f"x is (N, C, H, W), the height before the width. {_SIDES}", "Where x.shape is taken apart.",
        counts=_counted_by_exchanged_sides, cut=lambda dpadded, plan: cut(dpadded, _exchanged(plan)), bias=_whole,
    ),
    _wrong(
        "image_must_be_square", "It refuses an image that is not square",
        f"An assert or raise of yours asks for too much. {_SIDES}", "The assert or raise.", check=_refuse_oblong,
    ),
    _wrong(
        "columns_bounded_by_the_height", "The columns are compared with the height",
        f"{_SIDES} An `if` asks whether a column is below the height.", "The `if` on the row and the column.",
        frame=_bounded, cut=_cut_bounded,
    ),
    _wrong(
        "first_image_only", "Only the first image of the batch is seen to",
        f"Does a return stand within the loop over the images? {_BATCH}", "How far the return is indented.",
        walk=_first_image,
    ),
    _wrong(
        "first_image_only_but_for_dbias", "Only the first image of the batch is seen to",
        f"Does a return stand within the loop over the images? {_BATCH}", "How far the return is indented.",
        walk=_first_image, bias=_whole,
    ),
    _wrong(
        "last_image_missing", "The last image of the batch is never seen to", f"{_LAST} {_BATCH}",
        "The range of the loop over the images.", walk=_but_the_last_image,
    ),
    _wrong(
        "last_image_missing_but_for_dbias", "The last image of the batch is never seen to", f"{_LAST} {_BATCH}",
        "The range of the loop over the images.", walk=_but_the_last_image, bias=_whole,
    ),
    _wrong(
        "dweight_of_the_first_image", "dweight looks at the first image for the whole batch",
        f"{_BATCH} x[0] is written where x[n] is meant.", "The index of x in dweight.", source=lambda _n: 0,
    ),
    _wrong(
        "dweight_of_the_second_image", "The second image is looked at, whichever is meant",
        f"{_BATCH} x[1] is written where x[n] is meant; in a batch of one there is no x[1].",
        "The index of x in dweight.", source=lambda _n: 1,
    ),
    _wrong(
        "dx_of_all_in_the_first_image", "The dx of all images is added to the first one",
        f"{_BATCH} dx[0] is written where dx[n] is meant.", "The index of dx.", target=lambda _n: 0,
    ),
    _wrong(
        "dout_of_the_first_image", "The errors of the first image are taken for all",
        f"{_BATCH} dout[0] is written where dout[n] is meant.", "The index of dout.",
        error=lambda errors, _n, i, j: errors[0, :, i, j],
    ),
    _wrong(
        "dout_of_the_first_image_but_for_dbias", "The errors of the first image are taken for all",
        f"{_BATCH} dout[0] is written where dout[n] is meant.", "The index of dout.",
        error=lambda errors, _n, i, j: errors[0, :, i, j], bias=_whole,
    ),
    _wrong(
        "dout_of_the_first_filter", "The errors of the first filter are taken for all",
        "Filter f made channel f of the output, so its error is dout[n, f].", "The index of dout.",
        error=lambda errors, n, i, j: errors[n, [0] * errors.shape[1], i, j],
    ),
    _wrong(
        "dout_of_the_first_filter_but_for_dbias", "The errors of the first filter are taken for all",
        "Filter f made channel f of the output, so its error is dout[n, f].", "The index of dout.",
        error=lambda errors, n, i, j: errors[n, [0] * errors.shape[1], i, j], bias=_whole,
    ),
    _wrong(
        "filters_counted_by_channels", "The loop over the filters counts the channels", _FILTERS,
        "The range of the loop over the filters.", tap=_filters_among_channels,
        settle=_settled(_filters_among_channels), bias=_few_biases,
    ),
    _wrong(
        "filters_counted_by_channels_but_for_dbias", "The loop over the filters counts the channels", _FILTERS,
        "The range of the loop over the filters.", tap=_filters_among_channels,
        settle=_settled(_filters_among_channels),
    ),
    _wrong(
        "channels_counted_by_filters", "The loop over the channels counts the filters", _FILTERS,
        "The range of the loop over the channels.", tap=_channels_among_filters,
        settle=_settled(_channels_among_filters),
    ),
    _wrong(
        "first_channel_only", "Only the first channel is seen to",
        f"{_FILTERS} A 0 is written where a channel is meant, or the loop over the channels is missing.",
        "The index of the channel.", tap=_first_channel, settle=_settled(_first_channel),
    ),
    _wrong(
        "dx_of_the_first_channel_only", "Only the first channel of dx is seen to",
        f"{_FILTERS} A 0 is written where a channel is meant, or the loop over the channels is missing.",
        "The index of the channel in dx.", tap=_first_channel,
    ),
    _wrong(
        "dweight_of_the_first_channel_only", "Only the first channel of dweight is seen to",
        f"{_FILTERS} A 0 is written where a channel is meant, or the loop over the channels is missing.",
        "The index of the channel in dweight.", settle=_settled(_first_channel),
    ),
)  # fmt: skip
