"""The misconceptions of L^p pooling's gradient and of upsampling, each with its computation in exchangeable steps."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np

from cnnexercises.misconceptions import Refused, Told, known
from cnnexercises.output_size import Pair
from cnnexercises.pool_gradients import Array, Step, Two, pair

# --- L^p pooling ---------------------------------------------------------------------------------------------


def _sum_of_powers(region: Array, p: float, _x: Array) -> Any:
    return np.sum(np.abs(region) ** p)


def _sum_across(region: Array, p: float, x: Array) -> Any:
    m = len(region)
    return np.sum(np.abs(x[: len(x) // m * m].reshape(-1, m)) ** p, axis=0)


def _outer(total: Any, p: float) -> Any:
    return total ** (1 / p - 1)


def _inner(region: Array, p: float) -> Any:
    return np.abs(region) ** (p - 1) * np.sign(region)


def lp(
    dout: Array,
    x: Array,
    p: float,
    m: int,
    *,
    power: Step = lambda p: p,
    check: Step = lambda x, m: None,  # noqa: ARG005
    regions: Step = lambda x, m: len(x) // m,
    start: Step = lambda n, m: n * m,
    total: Step = _sum_of_powers,
    outer: Step = _outer,
    inner: Step = _inner,
    slope: Step = lambda outer, inner, _region: outer * inner,
    error: Step = lambda dout, n, _m: dout[n],
    blank: Step = lambda x: np.zeros(x.shape),
    finish: Step = lambda dx, _m: dx,
) -> Any:
    """Return dx of L^p pooling, region by region: dout times the outer and the inner derivative, each one a step."""
    check(x, m)
    p, dx = power(p), blank(x)
    for n in range(regions(x, m)):
        here = slice(start(n, m), start(n, m) + m)
        region = x[here]
        dx[here] += error(dout, n, m) * slope(outer(total(region, p, x), p), inner(region, p), region)
    return finish(dx, m)


def _instead(slope: Step) -> Step:
    """Make the slopes of a region in another way altogether."""
    return lambda _outer, _inner, region: slope(region)


def _to_largest(region: Array) -> Array:
    slopes = np.zeros(len(region))
    slopes[np.argmax(np.abs(region))] = 1
    return slopes


def _must_divide(x: Array, m: int) -> None:
    if len(x) % m:
        raise Refused


def _errors_tiled(dout: Array, n: int, m: int) -> Any:
    """Take the errors that np.tile(dout, m) has where region n lies."""
    return np.tile(dout, m)[n * m : (n + 1) * m]


_SIGN = (
    "|x_i| falls as x_i rises where x_i is negative, so there the slope is negative: the derivative of |x| is sign(x). "
    "The lecture's formula lacks it."
)
_CHAIN = (
    "By the chain rule: the outer power gives (1/p) sum^(1/p - 1), the inner one p |x_i|^(p - 1) sign(x_i), and 1/p "
    "and p cancel."
)
_ABSOLUTE = "A norm takes absolute values first. Without them odd powers are negative, and 1.5 has no answer: NaN."
_REGION = "Region n holds x[n * m : (n + 1) * m], for n up to len(x) // m. What is left over gets 0."
_SLOPE, _LOOP = "The line with the powers.", "The loop over the regions."
_SHAPE, _END = "dx is as long as x: values that are left over are in it, as zeros.", "The return at the end."

_LP: tuple[Told, ...] = (
    (
        "no_sign", "The sign of x is missing, as in the lecture's formula", _SIGN,
        _SLOPE, {"inner": lambda region, p: np.abs(region) ** (p - 1)},
    ),
    (
        "power_of_x", "x_i^(p - 1) is taken for |x_i|^(p - 1) sign(x_i)",
        f"The two are the same for even p only. {_SIGN}", _SLOPE, {"inner": lambda region, p: region ** (p - 1)},
    ),
    (
        "sum_without_absolute_values", "The sum is one of x^p, without absolute values", _ABSOLUTE,
        _SLOPE, {"total": lambda region, p, _x: np.sum(region**p)},
    ),
    (
        "no_absolute_values", "There are no absolute values at all", f"{_ABSOLUTE} {_SIGN}", _SLOPE,
        {"total": lambda region, p, _x: np.sum(region**p), "inner": lambda region, p: region ** (p - 1)},
    ),
    ("times_p", "There is a factor p too many", _CHAIN, _SLOPE, {"outer": lambda total, p: p * _outer(total, p)}),
    ("over_p", "There is a factor 1/p too many", _CHAIN, _SLOPE, {"outer": lambda total, p: _outer(total, p) / p}),
    (
        "outer_exponent_without_minus_1", "The sum has the exponent 1/p, not 1/p - 1", _CHAIN,
        _SLOPE, {"outer": lambda total, p: total ** (1 / p)},
    ),
    (
        "outer_exponent_upside_down", "The sum has the exponent 1 - 1/p, not 1/p - 1", _CHAIN,
        _SLOPE, {"outer": lambda total, p: total ** (1 - 1 / p)},
    ),
    (
        "outer_exponent_minus_1_alone", "The sum has the exponent 1/(p - 1), not 1/p - 1",
        f"1 / p - 1 and 1 / (p - 1) are not the same. {_CHAIN}",
        _SLOPE, {"outer": lambda total, p: np.float64(total) ** np.divide(1, p - 1)},
    ),
    (
        "outer_exponent_rounded_down", "1 // p rounds down, and makes the exponent a whole number",
        f"/ divides, // divides and rounds down. {_CHAIN}",
        _SLOPE, {"outer": lambda total, p: np.float64(total) ** (1 // p - 1)},
    ),
    (
        "root_forgotten", "|x| is divided by the sum, not by its root",
        f"The slope is (|x_i| / y)^(p - 1) sign(x_i), where y is the norm: sum^(1/p). {_CHAIN}",
        _SLOPE, {"outer": lambda total, p: np.float64(total) ** (1 - p)},
    ),
    (
        "norm_across_regions", "The powers are summed over the wrong axis",
        f"A row of x.reshape(-1, m) is a region, and its sum runs along axis 1. {_REGION}", "The sum of the powers.",
        {"total": _sum_across},
    ),
    ("outer_forgotten", "The outer derivative is missing", _CHAIN, _SLOPE, {"outer": lambda _total, _p: 1.0}),
    (
        "inner_exponent_p", "x_i has the exponent p, not p - 1", _CHAIN,
        _SLOPE, {"inner": lambda region, p: np.abs(region) ** p * np.sign(region)},
    ),
    ("inner_forgotten", "The inner derivative is missing", _CHAIN, _SLOPE, {"inner": lambda _region, _p: 1.0}),
    (
        "p_always_2", "p is taken for 2, whatever it is", "x / norm is the slope for p = 2 only.", _SLOPE,
        {"power": lambda _p: 2},
    ),
    (
        "slope_of_p_2", "x / norm is taken for the slope, whatever p is", f"That is right for p = 2 only. {_CHAIN}",
        _SLOPE, {"outer": lambda total, p: total ** (-1 / p), "inner": lambda region, _p: region},
    ),
    (
        "p_cut_to_an_integer", "p is cut to a whole number", "p may be any number from 1 on, such as 1.5.",
        "Where p becomes an int.", {"power": int},
    ),
    (
        "mean_for_sum", "The powers are averaged, not summed up", "The norm has the sum of the powers, without 1/m.",
        _SLOPE, {"total": lambda region, p, _x: np.mean(np.abs(region) ** p)},
    ),
    (
        "divided_by_x", "Where x is 0 there is a division by 0",
        "|x|^p / x is |x|^(p - 1) sign(x) for all x but 0; there it is NaN, and the slope is 0.",
        _SLOPE, {"inner": lambda region, p: np.abs(region) ** p / region},
    ),
    (
        "norm_of_all_of_x", "One norm is taken of all of x", f"Every region has a norm of its own. {_REGION}",
        "The sum of the powers.", {"total": lambda _region, p, x: np.sum(np.abs(x) ** p)},
    ),
    (
        "to_the_largest", "The largest magnitude gets all the error, as for p = infinity", _CHAIN,
        _SLOPE, {"slope": _instead(_to_largest)},
    ),
    (
        "to_the_maximum", "The maximum gets all the error, as in max pooling", _CHAIN,
        _SLOPE, {"slope": _instead(lambda region: (region == region.max()) * 1.0)},
    ),
    (
        "shared_out_evenly", "The error is shared out evenly, as in average pooling", _CHAIN,
        _SLOPE, {"slope": _instead(lambda region: np.full(len(region), 1 / len(region)))},
    ),
    (
        "errors_tiled", "The errors are laid out with np.tile where np.repeat is meant",
        "np.tile gives a, b, a, b; the regions need a, a, b, b.", "Where dout becomes as long as x.",
        {"error": _errors_tiled},
    ),
    (
        "regions_overlap", "The regions begin at every input", f"They are disjoint. {_REGION}",
        _LOOP, {"start": lambda n, _m: n},
    ),
    ("first_region_only", "Only the first region gets its gradient", _REGION, _LOOP, {"regions": lambda _x, _m: 1}),
    (
        "last_region_missing", "The last region gets no gradient",
        f"range(n) already stops before n: there is no `- 1` to write. {_REGION}",
        _LOOP, {"regions": lambda x, m: len(x) // m - 1},
    ),
    (
        "rest_is_a_region", "The values that are left over are taken for a region",
        f"dout has no entry for them. {_REGION}", _LOOP,
        {"regions": lambda x, m: -(-len(x) // m)},
    ),
    (
        "rest_refused", "It stops where m does not divide the length of x",
        f"Any length is allowed, and your assert asks for too much. {_REGION}", "The assert or raise on the length.",
        {"check": _must_divide},
    ),
    (
        "rest_dropped", "dx lacks the values that are left over", _SHAPE,
        _END, {"finish": lambda dx, m: dx[: len(dx) // m * m]},
    ),
    (
        "left_in_rows", "dx has a row for each region", f"dx has the shape of x, (L,): ravel it. {_SHAPE}",
        _END, {"finish": lambda dx, m: dx[: len(dx) // m * m].reshape(-1, m)},
    ),
    (
        "dout_summed", "Every region gets the errors of all regions", "Region n gets dout[n], and no sum over n.",
        "The index of dout.", {"error": lambda dout, _n, _m: np.sum(dout)},
    ),
    (
        "dout_forgotten", "dx has the slopes, and lacks the errors",
        "By the chain rule dx is dy/dx times dout: each slope is multiplied with the error of its region.",
        "The line that fills dx.", {"error": lambda _dout, _n, _m: 1.0},
    ),
    (
        "added_to_x", "dx begins as a copy of x", "dx begins with zeros.",
        "The line that makes dx.", {"blank": lambda x: x + 0.0},
    ),
)  # fmt: skip

LP_MISCONCEPTIONS = known(lp, _LP)


# --- upsampling ----------------------------------------------------------------------------------------------


def _repeat(delta: Array, high: int, wide: int, rows: int = -2, columns: int = -1) -> Any:
    return np.repeat(np.repeat(delta, high, axis=rows), wide, axis=columns)


def grown(
    delta: Array,
    factor: Pair,
    *,
    check: Step = lambda delta: None,  # noqa: ARG005
    factors: Step = pair,
    take: Step = lambda delta: delta,
    grow: Step = _repeat,
    finish: Step = lambda out, _high, _wide: out,
) -> Any:
    """Return delta with each value repeated into a block; each keyword is one step."""
    check(delta)
    high, wide = factors(factor)
    return finish(grow(take(delta), high, wide), high, wide)


def _tiled(delta: Array, high: int, wide: int) -> Any:
    return np.tile(delta, (high, wide))


def _spread(delta: Array, high: int, wide: int) -> Any:
    out = np.zeros((*delta.shape[:-2], delta.shape[-2] * high, delta.shape[-1] * wide))
    out[..., ::high, ::wide] = delta
    return out


def _blocks_in_order(delta: Array, high: int, wide: int) -> Any:
    """Repeat every value as often as it should, and shape the row of them."""
    return delta.ravel().repeat(high * wide).reshape(*delta.shape[:-2], delta.shape[-2] * high, -1)


def _square(delta: Array, high: int, wide: int) -> Any:
    """Make as many columns as rows; where there are more than there should be, the last column fills them."""
    rows = delta.shape[-2] * high
    columns = np.minimum(np.arange(rows) // wide, delta.shape[-1] - 1)
    return np.repeat(delta, high, axis=-2)[..., columns]


def _square_or_crash(delta: Array, high: int, wide: int) -> Any:
    return np.repeat(delta, high, axis=-2)[..., np.arange(delta.shape[-2] * high) // wide]


def _between(line: Array, factor: int) -> Any:
    return np.interp(np.linspace(0, len(line) - 1, len(line) * factor), np.arange(len(line)), line)


def _interpolated(delta: Array, high: int, wide: int) -> Any:
    rows = np.apply_along_axis(_between, -2, delta, high)
    return np.apply_along_axis(_between, -1, rows, wide)


def _number(factor: Pair) -> Two:
    return int(factor), int(factor)  # type: ignore[arg-type]


def _only_axes(count: int) -> Step:
    """Unpack delta.shape into as many names."""

    def check(delta: Array) -> None:
        if delta.ndim != count:
            raise ValueError

    return check


def _first_map(delta: Array) -> Array:
    while delta.ndim > 2:
        delta = delta[0]
    return delta


_BLOCK = "Each value becomes a block of its own, factor_h rows high and factor_w columns wide."
_LAST = "The last two axes grow, counted from the end: axis -2 and axis -1, however many there are before."
_PAIRS = "An int counts for both axes; of a pair, the first is for the height and the second for the width."
_SIDES = "Rows go with the height and columns with the width: neither tells the size of the other."
_SIZE = "Where the size of the result is worked out."
_REPEAT, _FACTOR = "The line that repeats.", "Where `factor` is taken apart."

_UPSAMPLE: tuple[Told, ...] = (
    (
        "tiled", "The whole map is laid out again and again", "np.tile gives a, b, a, b; np.repeat gives a, a, b, b. "
        f"With indices: i // factor, not i % height. {_BLOCK}", _REPEAT, {"grow": _tiled},
    ),
    ("zeros_between", "There are zeros between the values, not copies", _BLOCK, _REPEAT, {"grow": _spread}),
    (
        "divided", "The values are divided by the size of the block",
        "That is a part of mean pooling. Upsampling divides nothing.", "The division.",
        {"finish": lambda out, high, wide: out / (high * wide)},
    ),
    ("rows_only", "Only the rows are repeated", _BLOCK, _REPEAT, {"grow": lambda d, high, _w: _repeat(d, high, 1)}),
    (
        "columns_only", "Only the columns are repeated", _BLOCK,
        _REPEAT, {"grow": lambda d, _h, wide: _repeat(d, 1, wide)},
    ),
    ("pair_swapped", "The pair is taken for (width, height)", _PAIRS, _FACTOR, {"factors": lambda f: pair(f)[::-1]}),
    ("int_only", "A factor that is given as a pair stops it", _PAIRS, _FACTOR, {"factors": _number}),
    ("pair_only", "A factor that is given as an int stops it", _PAIRS, _FACTOR, {"factors": lambda f: (f[0], f[1])}),
    (
        "height_for_both", "The columns take the factor of the rows", _PAIRS,
        _FACTOR, {"factors": lambda f: (pair(f)[0],) * 2},
    ),
    (
        "width_for_both", "The rows take the factor of the columns", _PAIRS,
        _FACTOR, {"factors": lambda f: (pair(f)[1],) * 2},
    ),
    (
        "always_2", "The factor is 2, whatever is asked for", "A 2 is written where `factor` is meant.",
        "Where the 2 stands.", {"factors": lambda _f: (2, 2)},
    ),
    (
        "first_two_axes", "The first two axes grow, not the last two", _LAST,
        _REPEAT, {"grow": partial(_repeat, rows=0, columns=1)},
    ),
    (
        "axes_1_and_2", "Axes 1 and 2 grow, not the last two", _LAST,
        _REPEAT, {"grow": partial(_repeat, rows=1, columns=2)},
    ),
    (
        "two_axes_only", "It takes two axes only", f"`h, w = delta.shape` cannot take more. {_LAST}",
        "Where delta.shape is taken apart.", {"check": _only_axes(2)},
    ),
    (
        "four_axes_only", "It takes four axes only",
        f"`n, c, h, w = delta.shape`, or axis=2 and axis=3, cannot take fewer. {_LAST}",
        "Where delta.shape is taken apart, and the axes.", {"check": _only_axes(4)},
    ),
    (
        "first_map_only", "Only the first map comes back", f"Leading axes stay as they are. {_LAST}",
        "Where axes get lost.", {"take": _first_map},
    ),
    (
        "flattened", "The result is one long row", f"np.repeat without an axis flattens. {_BLOCK}",
        _REPEAT, {"grow": lambda d, high, wide: np.repeat(d, high * wide)},
    ),
    (
        "blocks_in_order", "The copies of a value lie in a row, not in a block",
        "Repeating all at once and reshaping then fills row after row. Repeat along one axis, then along the other.",
        _REPEAT, {"grow": _blocks_in_order},
    ),
    ("result_taken_for_square", "The result has as many columns as rows", _SIDES, _SIZE, {"grow": _square}),
    (
        "result_taken_for_square_crashing", "The result has as many columns as rows", _SIDES,
        _SIZE, {"grow": _square_or_crash},
    ),
    ("interpolated", "The values are interpolated, not copied", _BLOCK, _REPEAT, {"grow": _interpolated}),
    (
        "transposed", "Rows and columns are exchanged", "Rows stay rows and columns stay columns.",
        _REPEAT, {"finish": lambda out, _h, _w: out.swapaxes(-1, -2)},
    ),
)  # fmt: skip

UPSAMPLE_MISCONCEPTIONS = known(grown, _UPSAMPLE)
