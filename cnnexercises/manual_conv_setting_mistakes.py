"""What goes wrong in exercise 02 with stride and padding, as rows for the computation of a layer."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnexercises.manual_conv_mistakes import LOOK_SIZE, Sides, floored, frame_of_zeros, on_each_axis
from cnnexercises.misconceptions import Told
from cnnexercises.zero_pad_mistakes import as_before_and_after, both_sides, pair, shared_out

# --- stride --------------------------------------------------------------------------------------------------

_LOOK_WINDOW = "Where a window begins: row i * stride_h, column j * stride_w."
_LOOK_STRIDE = "Where stride is taken apart."
_HEIGHT_FIRST = "Of a pair, the first number is for the height and the second for the width."

STRIDES: tuple[Told, ...] = (
    (
        "window_without_stride",
        "The windows begin at i and j, whatever the stride",
        "The stride makes the output smaller because the kernel moves further: window (i, j) begins at row "
        "i * stride, column j * stride.",
        _LOOK_WINDOW,
        {"corner": lambda i, j, _s: (i, j)},
    ),
    (
        "columns_without_stride",
        "The columns of a window begin at j, whatever the stride",
        "The kernel moves by the stride on both axes.",
        _LOOK_WINDOW,
        {"corner": lambda i, j, s: (i * s[0], j)},
    ),
    (
        "rows_without_stride",
        "The rows of a window begin at i, whatever the stride",
        "The kernel moves by the stride on both axes.",
        _LOOK_WINDOW,
        {"corner": lambda i, j, s: (i, j * s[1])},
    ),
    (
        "stride_ignored",
        "The stride is not used",
        "With stride s the kernel stops at every s-th place only. The output is smaller, and its windows begin at "
        "i * s, j * s.",
        _LOOK_WINDOW,
        {"steps": lambda _stride: (1, 1)},
    ),
    (
        "stride_twice",
        "The stride is applied twice",
        "Windows that are stride apart are all that is asked for: do not take every stride-th result of them again.",
        "Is there a step in the loops, and [::stride] or a second stride later?",
        {"steps": lambda stride: [s * s for s in pair(stride)]},
    ),
    (
        "stride_shortens_the_range",
        "The loop steps by the stride, and ends too early",
        "A loop that steps by the stride goes up to the last place where the kernel fits: "
        "range(0, H - kH + 1, stride). The number of outputs, (H - kH) // stride + 1, is for a loop that steps by 1.",
        "The ranges of the loops over the image.",
        {"size": on_each_axis(lambda *sizes: -(-floored(*sizes) // sizes[2]))},
    ),
    (
        "stride_of_height_for_both",
        "The stride of the height is used for the width too",
        _HEIGHT_FIRST,
        _LOOK_STRIDE,
        {"steps": lambda stride: (pair(stride)[0],) * 2},
    ),
    (
        "stride_of_width_for_both",
        "The stride of the width is used for the height too",
        _HEIGHT_FIRST,
        _LOOK_STRIDE,
        {"steps": lambda stride: (pair(stride)[1],) * 2},
    ),
    (
        "columns_by_stride_of_height",
        "The columns of a window move by the stride of the height",
        "The size of the output is right, but the windows begin at the wrong columns: j * stride_w.",
        _LOOK_WINDOW,
        {"corner": lambda i, j, s: (i * s[0], j * s[0])},
    ),
    (
        "rows_by_stride_of_width",
        "The rows of a window move by the stride of the width",
        "The size of the output is right, but the windows begin at the wrong rows: i * stride_h.",
        _LOOK_WINDOW,
        {"corner": lambda i, j, s: (i * s[1], j * s[1])},
    ),
    (
        "stride_as_width_height",
        "A pair for stride is read as (width, height)",
        _HEIGHT_FIRST,
        _LOOK_STRIDE,
        {"steps": lambda stride: pair(stride)[::-1]},
    ),
    (
        "stride_pair_crashes",
        "A pair for stride crashes",
        "stride is an int or a (height, width) pair. Make stride_h and stride_w of it first.",
        _LOOK_STRIDE,
        {"steps": lambda stride: pair(int(stride))},
    ),
)

# --- padding -------------------------------------------------------------------------------------------------


def _slices_with_minus(x: Any, sides: Sides) -> Any:
    """Fill out[p:-p], which is empty at p = 0."""
    (ph, _), (pw, _) = sides
    out = np.zeros(frame_of_zeros(x, sides).shape)
    out[..., ph:-ph, pw:-pw] = x
    return out


def _only_where_padded(x: Any, sides: Sides) -> Any:
    if sum(map(sum, sides)):
        padded = frame_of_zeros(x, sides)
    return padded


def _half_of_the_kernel(weight: Any) -> Sides:
    return both_sides((weight.shape[2] // 2, weight.shape[3] // 2))


_LOOK_PADDING = "Where padding is taken apart."
_LOOK_FRAME = "Where the image is padded."
_TWICE = "The padding stands on both sides of an axis, so it counts twice in the size."

PADDINGS: tuple[Told, ...] = (
    (
        "padding_ignored",
        "The padding is not used",
        "Put the frame of zeros around the image first, and slide the kernel over that.",
        _LOOK_FRAME,
        {"margin": lambda _padding, _weight: both_sides(0)},
    ),
    (
        "padded_only_if",
        "Without padding, the padded image is never set",
        "It is set in an `if padding > 0`. With padding 0 it is the image itself.",
        "The if around the padding: it needs an else.",
        {"frame": _only_where_padded},
    ),
    (
        "slice_to_minus_padding",
        "The image is copied to padded[p:-p], which is empty at padding 0",
        "-0 is 0, so padded[0:-0] holds nothing. Count from the front: padded[p : p + H].",
        _LOOK_FRAME,
        {"frame": _slices_with_minus},
    ),
    (
        "padding_twice",
        "The padding is put on twice",
        "One frame of zeros is asked for. Does a function that pads get an image that is padded already, and the "
        "padding once more?",
        _LOOK_FRAME,
        {"margin": lambda padding, _weight: both_sides(tuple(2 * p for p in pair(padding)))},
    ),
    (
        "padding_shared_out",
        "The padding is shared out between the two sides",
        f"{_TWICE} padding 1 is one row above and one below, not one of them.",
        _LOOK_FRAME,
        {"margin": lambda padding, _weight: shared_out(padding)},
    ),
    (
        "padding_counted_once",
        "The padding counts once instead of twice",
        f"{_TWICE} Either the zeros below and right are missing, or the formula of the size lacks the 2.",
        "Where the image is padded, and where the size of the output is worked out.",
        {"margin": lambda padding, _weight: [(p, 0) for p in pair(padding)]},
    ),
    (
        "window_without_its_padding",
        "The windows begin at the image, not at its frame",
        "Window (0, 0) begins in the zeros, pad_h rows above and pad_w columns left of the image. Does the image lie "
        "in the corner of its frame, or is the padding added to where a window begins?",
        _LOOK_FRAME,
        {"frame": lambda x, sides: frame_of_zeros(x, [(0, sum(side)) for side in sides])},
    ),
    (
        "padding_not_counted",
        "The size of the output does not count the padding",
        "The kernel slides over the padded image: its size is what counts.",
        LOOK_SIZE,
        {"size": on_each_axis(lambda image, kernel, stride, _sides: floored(image, kernel, stride, (0, 0)))},
    ),
    (
        "same_by_default",
        "Without padding, it pads by half of the kernel",
        "Padding that keeps the size is something that a caller must ask for. The default is none.",
        _LOOK_FRAME,
        {"margin": lambda padding, w: both_sides(padding) if padding not in (0, (0, 0)) else _half_of_the_kernel(w)},
    ),
    (
        "same_always",
        "It pads by half of the kernel, whatever padding says",
        "Padding that keeps the size is something that a caller must ask for: take the padding that is given.",
        _LOOK_FRAME,
        {"margin": lambda _padding, weight: _half_of_the_kernel(weight)},
    ),
    (
        "height_padded_only",
        "Only the height is padded",
        "The zeros go on all four sides: pad_w columns left and right, too.",
        _LOOK_FRAME,
        {"margin": lambda padding, _weight: both_sides((pair(padding)[0], 0))},
    ),
    (
        "width_padded_only",
        "Only the width is padded",
        "The zeros go on all four sides: pad_h rows above and below, too.",
        _LOOK_FRAME,
        {"margin": lambda padding, _weight: both_sides((0, pair(padding)[1]))},
    ),
    (
        "padding_as_width_height",
        "A pair for padding is read as (width, height)",
        _HEIGHT_FIRST,
        _LOOK_PADDING,
        {"margin": lambda padding, _weight: both_sides(pair(padding)[::-1])},
    ),
    (
        "padding_as_before_and_after",
        "A pair for padding is taken for (before, after) on both axes",
        "That is how np.pad reads it. Here a pair is (height, width): [(pad_h, pad_h), (pad_w, pad_w)].",
        _LOOK_PADDING,
        {"margin": lambda padding, _weight: as_before_and_after(padding)},
    ),
    (
        "padding_of_height_for_both",
        "The padding of the height is used for the width too",
        _HEIGHT_FIRST,
        _LOOK_PADDING,
        {"margin": lambda padding, _weight: both_sides(pair(padding)[0])},
    ),
    (
        "padding_pair_crashes",
        "A pair for padding crashes",
        "padding is an int or a (height, width) pair. Make pad_h and pad_w of it first.",
        _LOOK_PADDING,
        {"margin": lambda padding, _weight: both_sides(int(padding))},
    ),
    (
        "image_wrapped",
        "Beyond its edge the image begins again from the other side",
        "Index -1 is the last entry in Python, and % starts anew: both read the image where a zero is meant.",
        "Indices that may be negative, np.roll, or the mode of np.pad.",
        {"frame": lambda x, sides: frame_of_zeros(x, sides, mode="wrap")},
    ),
    (
        "pairs_crash",
        "Pairs crash, for stride and for padding",
        "Both are an int or a (height, width) pair. Make two numbers of each first.",
        "Where stride and padding are taken apart.",
        {"steps": lambda stride: pair(int(stride)), "margin": lambda padding, _weight: both_sides(int(padding))},
    ),
    (
        "edge_repeated",
        "The frame repeats the edge of the image",
        "Zero padding adds zeros, whatever the image holds: mode='constant', which is np.pad's default.",
        "The mode of np.pad.",
        {"frame": lambda x, sides: frame_of_zeros(x, sides, mode="edge")},
    ),
)
