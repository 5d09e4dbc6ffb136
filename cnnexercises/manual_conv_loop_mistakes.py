"""What goes wrong in exercise 02 with the loops over the output, and with how a kernel and its window are laid."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from cnnexercises.manual_conv_mistakes import Sides, sum_of_products
from cnnexercises.misconceptions import Told
from cnnexercises.zero_pad_mistakes import last_axes, pair

Two = Sequence[int]
"""A number for the height and one for the width."""


def _where_it_just_fits(size: Two, room: Two, strides: Two) -> list[int]:
    """Go through range(0, H - kH, stride), which ends before a last window that uses up the image."""
    return [min(n, -(-r // s)) for n, r, s in zip(size, room, strides, strict=True)]


def _shorter(rows: int, columns: int) -> Any:
    return lambda size, _room, _strides: (max(size[0] - rows, 0), max(size[1] - columns, 0))


def _by_position(size: Two, _room: Two, strides: Two) -> Two:
    """Number the outputs by rows of the image, 0, 2, 4, ..., which leaves the array."""
    if any(stride > 1 and n > 1 for n, stride in zip(size, strides, strict=True)):
        raise IndexError
    return size


_LOOK_LOOPS = "The loops over the output."
_OUTPUT = "The array is large enough, but not all of it is filled in."

LOOPS: tuple[Told, ...] = (
    (
        "last_window_left_0",
        "Where the last window just fits, its output stays 0",
        f"{_OUTPUT} range(a, b) stops before b, and the last row for a window to begin is H + 2 * pad_h - kH.",
        "The end of your loop or range.",
        {"visit": _where_it_just_fits},
    ),
    *(
        (
            f"{word.replace(' ', '_')}_left_0",
            f"The last {word} of the output {'stay' if rows == columns else 'stays'} 0",
            f"{_OUTPUT} range(n) already stops before n: there is no `- 1` to write.",
            _LOOK_LOOPS,
            {"visit": _shorter(rows, columns)},
        )
        for word, rows, columns in (("row and column", 1, 1), ("row", 1, 0), ("column", 0, 1))
    ),
    (
        "output_sides_exchanged",
        "Height and width of the output are exchanged in the loops",
        "Rows run over the height and columns over the width; a flat position n is row n // width, column n % width. "
        "Only where the output is square does it make no difference.",
        _LOOK_LOOPS,
        {"visit": lambda size, _room, _strides: (size[1], size[0])},
    ),
    (
        "columns_looped_by_height",
        "The loop over the columns runs to the height of the output",
        "Each row has as many columns as the output is wide.",
        _LOOK_LOOPS,
        {"visit": lambda size, _room, _strides: (size[0], size[0])},
    ),
    (
        "rows_looped_by_width",
        "The loop over the rows runs to the width of the output",
        "There are as many rows as the output is high.",
        _LOOK_LOOPS,
        {"visit": lambda size, _room, _strides: (size[1], size[1])},
    ),
    (
        "stride_crashes",
        "A stride of more than 1 crashes",
        "Is the output indexed by a row of the image, 0, 2, 4, ...? Its own rows are 0, 1, 2, ...: let the loops run "
        "over them, and let window (i, j) begin at i * stride_h, j * stride_w.",
        "Where an entry of the output is set.",
        {"visit": _by_position},
    ),
)

# --- how the kernel is laid ----------------------------------------------------------------------------------


def _diagonal(window: Any, weight: Any) -> Any:
    """Sum with `for k in range(kH): for k in range(kW)`: the second k hides the first."""
    height, width = weight.shape[1:]
    taps = np.arange(width)
    return height * (window[:, taps, taps] * weight[:, taps, taps]).sum()


def _around(padding: Any, weight: Any) -> Sides:
    """Let windows begin half a kernel earlier, where zeros are read."""
    return [(p + k // 2, p - k // 2) for p, k in zip(pair(padding), weight.shape[2:], strict=True)]


def _zeros_before(x: Any, sides: Sides) -> Any:
    return np.pad(x, last_axes(x, [(before, max(after, 0)) for before, after in sides]))


_TURNED = "The kernel is laid on the image as it stands: row i of the kernel on row i of the window."
_ROT90 = "np.rot90 turns by 90 degrees unless it is told otherwise."
_LOOK_TURN = "np.rot90, .T or transpose."

TURNS: tuple[Told, ...] = (
    (
        "kernel_turned_once",
        "The kernel is turned by 90 degrees",
        f"{_TURNED} {_ROT90}",
        _LOOK_TURN,
        {
            "dot": lambda x, w: sum_of_products(x, np.rot90(w, axes=(1, 2))),
            "extent": lambda weight: weight.shape[:1:-1],
        },
    ),
    (
        "kernel_turned_in_its_window",
        "The kernel is turned by 90 degrees, in windows of its old shape",
        f"{_TURNED} {_ROT90}",
        _LOOK_TURN,
        {"dot": lambda x, w: sum_of_products(x, np.rot90(w, axes=(1, 2)))},
    ),
    (
        "kernel_and_sides_transposed",
        "The kernel is transposed, and its sides with it",
        f"{_TURNED} The lecture's kernel equals its transpose, and hides this.",
        _LOOK_TURN,
        {
            "dot": lambda x, w: sum_of_products(x, w.transpose(0, 2, 1)),
            "extent": lambda weight: weight.shape[:1:-1],
        },
    ),
    (
        "kernel_diagonal_only",
        "Only the diagonal of the kernel counts",
        "Two loops over the kernel need two variables. In `for k in range(kH): for k in range(kW)` the inner k hides "
        "the outer one.",
        "The names in the loops over the kernel.",
        {"dot": _diagonal},
    ),
    (
        "image_turned",
        "The image is turned by 180 degrees",
        "Neither the image nor the kernel is flipped: window (0, 0) is the top left corner of the image.",
        "[::-1], np.flip or np.rot90 of the image.",
        {"pick": lambda padded, n: padded[n][:, ::-1, ::-1]},
    ),
    (
        "image_transposed",
        "Rows and columns of the image are exchanged",
        "The first index of an image is the row, which goes with the height: image[i * stride_h + u, "
        "j * stride_w + v] meets kernel[u, v].",
        "The indices of the image.",
        {"pick": lambda padded, n: padded[n].swapaxes(1, 2)},
    ),
    (
        "window_around_the_pixel",
        "The windows lie around row i and column j instead of beginning there",
        "Window (i, j) covers the rows i * stride to i * stride + kH - 1 of the padded image. A kernel in the middle "
        "of its window is a matter of the padding, not of the index.",
        "`- kH // 2` in an index.",
        {"margin": _around, "frame": _zeros_before},
    ),
)
