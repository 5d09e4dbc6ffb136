"""The misconceptions of exercise 04: those of conv1d_backward, and where those of conv2d_backward are."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np

from cnnexercises.conv_cut_mistakes import CUT_MISCONCEPTIONS
from cnnexercises.conv_layer_gradients import Array, Step
from cnnexercises.conv_loop_mistakes import LOOP_MISCONCEPTIONS
from cnnexercises.conv_product_mistakes import PRODUCT_MISCONCEPTIONS
from cnnexercises.conv_sum_mistakes import SUM_MISCONCEPTIONS
from cnnexercises.conv_window_mistakes import WINDOW_MISCONCEPTIONS
from cnnexercises.exercise import Misconception, misconception

LAYER_MISCONCEPTIONS = (
    *CUT_MISCONCEPTIONS, *WINDOW_MISCONCEPTIONS, *SUM_MISCONCEPTIONS, *PRODUCT_MISCONCEPTIONS, *LOOP_MISCONCEPTIONS,
)  # fmt: skip
"""The likelier first, within each group."""


def line(
    dy: Array,
    x: Array,
    w: Array,
    *,
    make_dx: Step = lambda dy, _x, w: np.convolve(dy, w),
    make_dw: Step = lambda dy, x, _w: np.correlate(x, dy),
    finish: Step = lambda dx, dw: (dx, dw),
) -> Any:
    """Return (dx, dw) of a convolution in one dimension; each keyword is one step."""
    return finish(make_dx(dy, x, w), make_dw(dy, x, w))


def _wrong(slug: str, title: str, explanation: str, look_at: str, **steps: Any) -> Misconception:
    return misconception(slug, title, explanation, look_at, line, **steps)


def _looped(place: Step, length: Step, take: Step, assign: bool = False) -> Step:
    """Make a gradient with loops: entry place(n, i) of it gets the share take(dy, x, w, n, i)."""

    def make(dy: Array, x: Array, w: Array) -> Array:
        gradient = np.zeros(length(x, w))
        for n, i in np.ndindex(len(dy), len(w)):
            share = take(dy, x, w, n, i)
            gradient[place(n, i)] = share if assign else gradient[place(n, i)] + share
        return gradient

    return make


_dx = partial(_looped, lambda n, i: n + i, lambda x, _w: len(x))
_dw = partial(_looped, lambda _n, i: i, lambda _x, w: len(w))
_dx_before = _looped(lambda n, i: n - i, lambda x, _w: len(x), lambda dy, _x, w, n, i: dy[n] * w[i])


def _turned_dx(dy: Array, _x: Array, w: Array) -> Any:
    return np.convolve(dy, w[::-1])


def _turned_dw(dy: Array, x: Array, _w: Array) -> Any:
    return np.correlate(x, dy)[::-1]


def _first_output_last(dy: Array, x: Array, w: Array) -> Any:
    """Assign tap by tap: an entry keeps the share of the first output that looks at it."""
    dx = np.zeros(len(x))
    for i in range(len(w)):
        dx[i : i + len(dy)] = dy * w[i]
    return dx


_dx_of_inputs = _dx(lambda dy, x, _w, n, i: dy[n] * x[n + i])
_dw_of_weights = _dw(lambda dy, _x, w, n, i: dy[n] * w[i])


def _dw_over_taps(dy: Array, x: Array, w: Array) -> Any:
    """Go through as many outputs as there are weights: an index too large is an error."""
    if len(w) > len(dy):
        raise IndexError
    return np.array([dy[: len(w)] @ x[i : i + len(w)] for i in range(len(w))])


def _dx_of_the_sum(dy: Array, x: Array, w: Array) -> Any:
    return np.append(dy * w.sum(), np.zeros(len(x) - len(dy)))


def _dx_of_half_a_frame(dy: Array, x: Array, w: Array) -> Any:
    half = len(w) // 2
    full = np.append(np.convolve(dy, w), np.zeros(2 * half))
    return full[half : half + len(x)]


def _dw_of_half_a_frame(dy: Array, x: Array, w: Array) -> Any:
    padded = np.pad(x, len(w) // 2)
    return np.array([dy @ padded[i : i + len(dy)] for i in range(len(w))])


def _first_alone(row: Array) -> Any:
    return np.append(row[:1], np.zeros(len(row) - 1))


def _zero_first(row: Array) -> Any:
    return np.append(0.0, row[1:])


def _three_of(w: Array) -> Any:
    """Take three weights: an index too large is an error."""
    if len(w) < 3:
        raise IndexError
    return w[:3]


def _dx_of_three(dy: Array, x: Array, w: Array) -> Any:
    dx = np.zeros(len(x))
    dx[: len(dy) + 2] = np.convolve(dy, _three_of(w))
    return dx


def _dw_of_three(dy: Array, x: Array, _w: Array) -> Any:
    return _three_of(np.correlate(x, dy))


def _dw_of_three_and_zeros(dy: Array, x: Array, w: Array) -> Any:
    return np.append(_dw_of_three(dy, x, w), np.zeros(len(w) - 3))


def _zero_last(row: Array) -> Any:
    return np.append(row[:-1], 0.0)


_TURN = (
    "x_n meets the weights in reverse order: with w_1 in y_n, with w_2 in y_(n-1). np.convolve turns one of its "
    "two rows round by itself, and np.correlate does not."
)
_TERMS = "w_i sits on one line of every y: it collects delta_n times x_(n+i-1), the input at the end of its line."
_FROM_0 = "Counted from 0 that is x[n + i]."
_LONGER = "x is longer than dy, by len(w) - 1: dx is the full convolution of dy and w."
_INSIDE = "dw is as long as w: it counts only where dy lies wholly within x, which is the mode \"valid\"."
_ADD = "The shares add up, with +=: each x is part of several y, and each w of all of them."
_FACTORS = (
    "y[n] is the sum of all x[n + i] * w[i]: its derivative in x[n + i] is w[i], and its derivative in w[i] is "
    "x[n + i]."
)
_WRITTEN = "Nothing was ever added to it. Is that part still to be written, or is another variable returned?"
_CHAIN = "By the chain rule dJ/dx is dJ/dy times dy/dx, and dJ/dw is dJ/dy times dy/dw: dy holds dJ/dy."
_FIRST = "Entries are counted from 0: a loop from 1, or an `if` with 0 < n, leaves dy[0] out."
_OUTPUTS = "The range of the loop over dy."
_THREE = "A 3 is written where the length of w is meant."
_RANGE = "range(n) already stops before n: there is no `- 1` to write."
_DX, _DW, _RETURN = "The line that makes dx.", "The line that makes dw.", "The return."

LINE_MISCONCEPTIONS = (
    _wrong(
        "dx_correlated", "dx takes the weights in the wrong order", f"{_TURN} np.convolve(dy, w) is dx.",
        _DX, make_dx=_turned_dx,
    ),
    _wrong(
        "dw_reversed", "dw comes out reversed",
        f"{_TERMS} np.correlate(x, dy) is dw; np.correlate(dy, x) gives it the other way round.",
        _DW, make_dw=_turned_dw,
    ),
    _wrong(
        "dw_convolved", "dw is made with np.convolve, which turns dy round",
        f"{_TERMS} Neither is turned: np.correlate(x, dy).",
        _DW, make_dw=lambda dy, x, _w: np.convolve(x, dy, "valid"),
    ),
    _wrong(
        "flipped_forward", "These are the gradients of np.convolve, which flips the kernel",
        "The lecture's convolution does not flip: y_n is the sum of x_(n+i-1) w_i. So dx has w turned round, and "
        "dw has not.", "Which x and which w meet in y[n].", make_dx=_turned_dx, make_dw=_turned_dw,
    ),
    _wrong(
        "lecture_index", "dw takes x[n - i], as the lecture prints it, and a negative index counts from the end",
        f"{_TERMS} {_FROM_0}", _DW, make_dw=_dw(lambda dy, x, _w, n, i: dy[n] * x[n - i]),
    ),
    _wrong(
        "lecture_index_guarded", "dw takes x[n - i], as the lecture prints it",
        f"{_TERMS} {_FROM_0}", _DW, make_dw=_dw(lambda dy, x, _w, n, i: dy[n] * x[n - i] if n >= i else 0.0),
    ),
    _wrong(
        "dx_same", "dx is made with the mode \"same\"",
        _LONGER, _DX, make_dx=lambda dy, _x, w: np.convolve(dy, w, "same"),
    ),
    _wrong(
        "dx_valid", "dx is made with the mode \"valid\"",
        _LONGER, _DX, make_dx=lambda dy, _x, w: np.convolve(dy, w, "valid"),
    ),
    _wrong(
        "dx_as_long_as_dy", "dx is as long as dy",
        _LONGER, _DX, make_dx=lambda dy, _x, w: np.convolve(dy, w)[: len(dy)],
    ),
    _wrong(
        "dx_assigned", "dx is assigned, not added to",
        _ADD, _DX, make_dx=_dx(lambda dy, _x, w, n, i: dy[n] * w[i], assign=True),
    ),
    _wrong("dx_assigned_tap_by_tap", "dx is assigned, not added to", _ADD, _DX, make_dx=_first_output_last),
    _wrong(
        "dw_assigned", "dw is assigned, not added to", _ADD, _DW, make_dw=lambda dy, x, w: dy[-1] * x[-len(w) :]
    ),
    _wrong(
        "dx_before_the_input", "dx[n - i] is added to where dx[n + i] is meant",
        "y[n] looks at x[n] and at inputs after it, so dy[n] goes to dx[n + i].", _DX, make_dx=_dx_before,
    ),
    _wrong(
        "dx_shifted", "dx comes out one place too late",
        "y[n] looks at x[n], so dy[0] goes to dx[0], too: pad dy with len(w) - 1 zeros on either side.",
        _DX, make_dx=lambda dy, _x, w: np.append(0.0, np.convolve(dy, w)[:-1]),
    ),
    _wrong(
        "dx_of_x", "dx is made with x where w is meant",
        "y[n] is the sum of all x[n + i] * w[i]: its derivative in x[n + i] is w[i].",
        _DX, make_dx=_dx(lambda dy, x, _w, n, i: dy[n] * x[i]),
    ),
    _wrong(
        "factors_exchanged", "The factors are exchanged: dx takes the inputs, and dw the weights", _FACTORS,
        "What dy is multiplied with.", make_dx=_dx_of_inputs, make_dw=_dw_of_weights,
    ),
    _wrong(
        "dx_of_the_inputs", "dx takes the inputs where it should take the weights", _FACTORS, _DX,
        make_dx=_dx_of_inputs,
    ),
    _wrong(
        "dw_of_the_weights", "dw takes the weights where it should take the inputs", _FACTORS, _DW,
        make_dw=_dw_of_weights,
    ),
    _wrong(
        "dw_does_not_slide", "dw takes the same inputs for every output", f"{_TERMS} They move on with n.",
        _DW, make_dw=_dw(lambda dy, x, _w, n, i: dy[n] * x[i]),
    ),
    _wrong(
        "dw_of_one_input", "dw takes x[n] for all weights", f"{_TERMS} {_FROM_0}",
        _DW, make_dw=_dw(lambda dy, x, _w, n, _i: dy[n] * x[n]),
    ),
    _wrong(
        "dw_full", "dw is made with the mode \"full\"",
        _INSIDE, _DW, make_dw=lambda dy, x, _w: np.correlate(x, dy, "full"),
    ),
    _wrong(
        "dw_same", "dw is made with the mode \"same\"",
        _INSIDE, _DW, make_dw=lambda dy, x, _w: np.correlate(x, dy, "same"),
    ),
    _wrong(
        "dw_cut_by_minus_slice", "dw is cut out with a slice that is empty where dy has one entry",
        "full[n - 1 : -(n - 1)] is full[0:-0] for n = 1, and -0 is 0. The mode \"valid\" needs no cut.",
        _DW, make_dw=lambda dy, x, _w: np.correlate(x, dy, "full")[len(dy) - 1 : -(len(dy) - 1)],
    ),
    _wrong(
        "dx_cut_by_minus_slice", "dx is cut out with a slice that is empty where w has one entry",
        "padded[k - 1 : -(k - 1)] is padded[0:-0] for k = 1, and -0 is 0. Count from the front: "
        "padded[k - 1 : k - 1 + len(x)].",
        _DX, make_dx=lambda dy, _x, w: np.convolve(np.pad(dy, len(w) - 1), w)[len(w) - 1 : -(len(w) - 1)],
    ),
    _wrong(
        "dx_of_the_sum_of_weights", "dx[n] is dy[n] times all weights together",
        "That sends the whole of dy[n] to x[n]. y[n] looks at x[n], x[n + 1] and so on: each of them gets dy[n] times "
        "the one weight that it met.", _DX, make_dx=_dx_of_the_sum,
    ),
    _wrong(
        "dy_ignored", "dy is not used", f"{_CHAIN} Every dy is taken for 1.", "Where dy should be multiplied with.",
        make_dx=lambda dy, _x, w: np.convolve(np.ones(len(dy)), w),
        make_dw=lambda dy, x, _w: np.correlate(x, np.ones(len(dy))),
    ),
    _wrong(
        "dx_without_dy", "dx does not use dy", f"{_CHAIN} Every dy is taken for 1.", _DX,
        make_dx=lambda dy, _x, w: np.convolve(np.ones(len(dy)), w),
    ),
    _wrong(
        "dw_without_dy", "dw does not use dy", f"{_CHAIN} Every dy is taken for 1.", _DW,
        make_dw=lambda dy, x, _w: np.correlate(x, np.ones(len(dy))),
    ),
    _wrong(
        "padded_by_half_a_kernel", "x is padded by half the kernel, as for an output of the same size",
        "This convolution is valid: x has no padding, and that is why dy is shorter than x.", "Where x is padded.",
        make_dx=_dx_of_half_a_frame, make_dw=_dw_of_half_a_frame,
    ),
    _wrong(
        "dw_counts_taps_for_outputs", "dw sums over as many outputs as there are weights",
        "w[i] is on one line of every y, so its sum has len(dy) terms, and there is such a sum for each of len(w) "
        "weights.", "The two ranges that make dw.", make_dw=_dw_over_taps,
    ),
    _wrong(
        "dw_mean", "dw is divided by the number of outputs",
        "All outputs use the same weights: their gradient is the sum of all shares, not a mean.",
        _DW, make_dw=lambda dy, x, _w: np.correlate(x, dy) / len(dy),
    ),
    _wrong(
        "last_tap_missing", "The last weight is never used", _RANGE, "The range of the loop over w.",
        make_dx=lambda dy, _x, w: np.convolve(dy, _zero_last(w)),
        make_dw=lambda dy, x, _w: _zero_last(np.correlate(x, dy)),
    ),
    _wrong(
        "one_place_early", "dx and dw take index n + i - 1, the lecture's, though Python counts from 0",
        f"The lecture counts from 1. {_FROM_0} And index -1 is the last entry, without an error.",
        "The index of dx and of x.", make_dx=lambda dy, _x, w: np.roll(np.convolve(dy, w), -1),
        make_dw=lambda dy, x, _w: np.correlate(np.roll(x, 1), dy),
    ),
    _wrong(
        "dx_one_place_early", "dx takes index n + i - 1, the lecture's, though Python counts from 0",
        "The lecture counts from 1. Counted from 0 it is dx[n + i], and index -1 is the last entry, without an error.",
        _DX, make_dx=lambda dy, _x, w: np.roll(np.convolve(dy, w), -1),
    ),
    _wrong(
        "dw_one_place_early", "dw takes x[n + i - 1], the lecture's, though Python counts from 0",
        f"The lecture counts from 1. {_FROM_0} And index -1 is the last entry, without an error.",
        _DW, make_dw=lambda dy, x, _w: np.correlate(np.roll(x, 1), dy),
    ),
    _wrong(
        "first_output_only", "Only the first entry of dy is used",
        "Does the return stand within the loop over dy? Then it ends after the first round.",
        "How far the return is indented.", make_dx=lambda dy, _x, w: np.convolve(_first_alone(dy), w),
        make_dw=lambda dy, x, _w: np.correlate(x, _first_alone(dy)),
    ),
    _wrong(
        "first_output_missing", "The first entry of dy is never used", _FIRST, _OUTPUTS,
        make_dx=lambda dy, _x, w: np.convolve(_zero_first(dy), w),
        make_dw=lambda dy, x, _w: np.correlate(x, _zero_first(dy)),
    ),
    _wrong(
        "dx_without_the_first_output", "dx never uses the first entry of dy", _FIRST, _DX,
        make_dx=lambda dy, _x, w: np.convolve(_zero_first(dy), w),
    ),
    _wrong(
        "dw_without_the_first_output", "dw never uses the first entry of dy", _FIRST, _DW,
        make_dw=lambda dy, x, _w: np.correlate(x, _zero_first(dy)),
    ),
    _wrong(
        "dx_without_the_last_output", "dx never uses the last entry of dy", _RANGE, _DX,
        make_dx=lambda dy, _x, w: np.convolve(_zero_last(dy), w),
    ),
    _wrong(
        "dw_without_the_last_output", "dw never uses the last entry of dy", _RANGE, _DW,
        make_dw=lambda dy, x, _w: np.correlate(x, _zero_last(dy)),
    ),
    _wrong(
        "last_output_missing", "The last entry of dy is never used", _RANGE, _OUTPUTS,
        make_dx=lambda dy, _x, w: np.convolve(_zero_last(dy), w),
        make_dw=lambda dy, x, _w: np.correlate(x, _zero_last(dy)),
    ),
    _wrong(
        "taps_always_3", "The kernel is taken for one of 3, whatever its length", _THREE, "Where the 3 stands.",
        make_dx=_dx_of_three, make_dw=_dw_of_three,
    ),
    _wrong(
        "taps_always_3_and_zeros", "The kernel is taken for one of 3, whatever its length", _THREE,
        "Where the 3 stands.", make_dx=_dx_of_three, make_dw=_dw_of_three_and_zeros,
    ),
    _wrong("dx_zero", "dx is still all zero", _WRITTEN, _DX, make_dx=lambda _dy, x, _w: np.zeros(len(x))),
    _wrong("dw_zero", "dw is still all zero", _WRITTEN, _DW, make_dw=lambda _dy, _x, w: np.zeros(len(w))),
    _wrong(
        "returned_dw_first", "dx and dw come back in the wrong order", "The order is dx, dw.",
        _RETURN, finish=lambda dx, dw: (dw, dx),
    ),
    _wrong(
        "dw_not_returned", "dw is not returned", "Two gradients are asked for: dx and dw.",
        _RETURN, finish=lambda dx, _dw: dx,
    ),
    _wrong(
        "dw_a_column", "dw is a column", "dw has the shape of w: one axis.",
        _RETURN, finish=lambda dx, dw: (dx, dw[:, None]),
    ),
    _wrong(
        "both_columns", "dx and dw are columns", "dx has the shape of x, and dw that of w: one axis each.",
        _RETURN, finish=lambda dx, dw: (dx[:, None], dw[:, None]),
    ),
)  # fmt: skip
