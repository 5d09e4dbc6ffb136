"""What goes wrong in exercise 01 with the formula: a size, computed with one step exchanged for a mistaken one."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from cnnexercises.misconceptions import Function, Refused, Told


def span(kernel: int, dilation: int) -> int:
    """Return how many inputs a dilated kernel covers."""
    return dilation * (kernel - 1) + 1


def positive(value: int) -> bool:
    """Whether a size, kernel, stride or dilation makes sense."""
    return value >= 1


def refuse_input() -> Any:
    """Raise what a submission raises for arguments without an output."""
    raise Refused


def sized(
    size: int,
    kernel: int,
    stride: int = 1,
    padding: int | None = None,
    dilation: int = 1,
    *,
    cover: Function = span,
    padded: Function = lambda size, padding: size + 2 * padding,
    count: Function = lambda row, covered, stride: (row - covered) // stride + 1,
    size_ok: Function = positive,
    kernel_ok: Function = positive,
    stride_ok: Function = positive,
    padding_ok: Function = lambda padding: padding >= 0,
    dilation_ok: Function = positive,
    together_ok: Function = lambda _kernel, _stride, _padding: True,
    fits: Function = lambda covered, row, _size, _kernel: covered <= row,
    refuse: Function = refuse_input,
    absent: Function = lambda _kernel: 0,
) -> Any:
    """Compute an output size as a student does; each keyword exchanges one step."""
    padding = absent(kernel) if padding is None else padding
    covered, row = cover(kernel, dilation), padded(size, padding)
    each = size_ok(size), kernel_ok(kernel), stride_ok(stride), padding_ok(padding), dilation_ok(dilation)
    if not (all(each) and together_ok(kernel, stride, padding) and fits(covered, row, size, kernel)):
        return refuse()
    return count(row, covered, stride)


# --- the formula ---------------------------------------------------------------------------------------------

_LOOK_DIVISION = "The division by the stride."
_LOOK_PADDING = "Where the padding is added to the size."
_LOOK_SPAN = "Where dilation comes in: how far is it from the first tap to the last?"
_ROUNDS = "round() and int(... + 0.5) also round up, and so count a last window that sticks out. Round down: //."
_LOOK_ONE = "The `+ 1` of the formula."

FORMULA: tuple[Told, ...] = (
    (
        "true_division",
        "The division does not round: / where // is needed",
        "A window that does not fit whole is dropped: round down. `/` gives 29.5 for the lecture's example 2, and 55.0 "
        "where it divides evenly.",
        _LOOK_DIVISION,
        {"count": lambda row, covered, stride: (row - covered) / stride + 1},
    ),
    (
        "float_floor",
        "The number is right, but it is a float",
        "np.floor gives a float, and a size must be an int: np.zeros(29.0) is an error. Use //, or math.floor.",
        _LOOK_DIVISION,
        {"count": lambda row, covered, stride: float(np.floor((row - covered) / stride) + 1)},
    ),
    (
        "rounded_up",
        "The division rounds up",
        "Rounding up counts a last window that sticks out of the padded input. It is dropped instead: round down.",
        _LOOK_DIVISION,
        {"count": lambda row, covered, stride: math.ceil((row - covered) / stride) + 1},
    ),
    (
        "rounded_to_nearest",
        "The division rounds to the nearest number",
        _ROUNDS,
        _LOOK_DIVISION,
        {"count": lambda row, covered, stride: round((row - covered) / stride) + 1},
    ),
    (
        "rounded_half_up",
        "The division rounds to the nearest number, and halves up",
        _ROUNDS,
        _LOOK_DIVISION,
        {"count": lambda row, covered, stride: int((row - covered) / stride + 0.5) + 1},
    ),
    (
        "rounded_after_the_one",
        "The result is rounded to the nearest number",
        _ROUNDS,
        _LOOK_DIVISION,
        {"count": lambda row, covered, stride: round((row - covered) / stride + 1)},
    ),
    (
        "one_forgotten",
        "The + 1 is missing",
        "(size + 2 * padding - kernel) // stride is how often the kernel moves. It has one place more than moves: the "
        "one where it starts.",
        _LOOK_ONE,
        {"count": lambda row, covered, stride: (row - covered) // stride},
    ),
    (
        "last_place_missing",
        "The last place is missing where the kernel just fits",
        "range(a, b) stops before b. The last place to start is size + 2 * padding - span, so b is one more.",
        "The end of your loop or range.",
        {"count": lambda row, covered, stride: math.ceil((row - covered) / stride)},
    ),
    (
        "start_on_the_row",
        "Each place counts where the kernel can start, whether it fits or not",
        "The whole kernel must lie on the padded input, its last tap too.",
        "What the number of places is computed from: does the kernel come in?",
        {"count": lambda row, _covered, stride: (row - 1) // stride + 1},
    ),
    (
        "one_inside_the_division",
        "The + 1 stands inside the division",
        "The 1 is the first place of the kernel. It is added after the division by the stride, not before.",
        _LOOK_ONE,
        {"count": lambda row, covered, stride: (row - covered + 1) // stride},
    ),
    (
        "sticks_out_by_one",
        "The last window may stick out by one",
        "The last tap of a window, start + span - 1, must lie on the row, which ends at size + 2 * padding - 1.",
        "The end of your loop (< or <=), or a 1 too many inside the division.",
        {"count": lambda row, covered, stride: (row - covered + 1) // stride + 1},
    ),
    (
        "parentheses_missing",
        "Only the kernel is divided by the stride",
        "// binds closer than + and -: a - b // s is a - (b // s). Put parentheses around what is divided.",
        _LOOK_DIVISION,
        {"count": lambda row, covered, stride: row - covered // stride + 1},
    ),
    (
        "stride_ignored",
        "The stride is not used",
        "With stride s the kernel stops at every s-th place only: divide by the stride, then add 1.",
        _LOOK_DIVISION,
        {"count": lambda row, covered, _stride: row - covered + 1},
    ),
    (
        "padding_once",
        "The padding is added once instead of twice",
        "There is padding at both ends of the row: 2 * padding.",
        _LOOK_PADDING,
        {"padded": lambda size, padding: size + padding},
    ),
    (
        "padding_ignored",
        "The padding is not used",
        "The kernel slides over the padded input, which is 2 * padding longer.",
        _LOOK_PADDING,
        {"padded": lambda size, _padding: size},
    ),
    (
        "same_by_default",
        "Without padding=..., it pads by kernel // 2",
        "The default is padding 0, as in nn.Conv2d. Padding that keeps the size is something that a caller asks for.",
        "The default value of padding.",
        {"absent": lambda kernel: kernel // 2},
    ),
    (
        "dilation_ignored",
        "The dilation is not used",
        "With dilation d there are d - 1 unused inputs between two taps, so that k taps span d * (k - 1) + 1 inputs.",
        _LOOK_SPAN,
        {"cover": lambda kernel, _dilation: kernel},
    ),
    (
        "dilation_times_kernel",
        "A dilated kernel is taken to span dilation * kernel inputs",
        "After the last tap there is no gap. k taps have k - 1 steps of d between them: d * (k - 1) + 1 inputs.",
        _LOOK_SPAN,
        {"cover": lambda kernel, dilation: kernel * dilation},
    ),
    (
        "dilation_as_gap",
        "Dilation d is taken for d inputs between two taps",
        "Dilation 1 is the plain kernel, without gaps. Dilation d means steps of d from tap to tap, which leaves "
        "d - 1 inputs out: d * (k - 1) + 1 inputs in all.",
        _LOOK_SPAN,
        {"cover": lambda kernel, dilation: kernel + (kernel - 1) * dilation},
    ),
    (
        "taps_forgotten",
        "A dilated kernel is taken for its gaps alone",
        "The gaps have (k - 1) * (d - 1) inputs, and the taps themselves are k more: d * (k - 1) + 1 in all.",
        _LOOK_SPAN,
        {"cover": lambda kernel, dilation: kernel if dilation == 1 else (kernel - 1) * (dilation - 1)},
    ),
    (
        "dilation_added_once",
        "The gap is counted once, not between all taps",
        "k taps have k - 1 gaps of d - 1 inputs each: d * (k - 1) + 1 inputs in all.",
        _LOOK_SPAN,
        {"cover": lambda kernel, dilation: kernel + dilation - 1},
    ),
    (
        "one_too_long",
        "The kernel is taken to be one longer than it is",
        "k taps span d * (k - 1) + 1 inputs, so a 3-tap kernel without dilation spans 3.",
        _LOOK_SPAN,
        {"cover": lambda kernel, dilation: span(kernel, dilation) + 1},
    ),
    (
        "minus_one_forgotten",
        "The kernel is taken to be one shorter than it is",
        "From the first tap to the last it is d * (k - 1) steps, which covers d * (k - 1) + 1 inputs. In the formula "
        "that is size + 2 * padding - d * (k - 1) - 1.",
        "The `- 1` before the division, and in the check whether the kernel fits.",
        {"cover": lambda kernel, dilation: dilation * (kernel - 1)},
    ),
)
