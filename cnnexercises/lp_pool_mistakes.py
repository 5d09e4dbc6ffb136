"""The misconceptions of lp_pool1d_backward, and its computation in exchangeable steps."""

from __future__ import annotations

from typing import Any

import numpy as np

from cnnexercises.misconceptions import Refused, Told, known
from cnnexercises.pool_gradients import Array, Step


def _sum_of_powers(region: Array, p: float, _x: Array) -> Any:
    return np.sum(np.abs(region) ** p)


def _regions(x: Array, m: int) -> Array:
    return x[: len(x) // m * m].reshape(-1, m)


def _sum_across(region: Array, p: float, x: Array) -> Any:
    return np.sum(np.abs(_regions(x, len(region))) ** p, axis=0)


def _outer(total: Any, p: float) -> Any:
    return total ** (1 / p - 1)


def _power(region: Array, exponent: float) -> Any:
    return np.abs(region) ** exponent


def _no_sign(_region: Array) -> float:
    return 1.0


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
    end: Step = lambda start, _n, m: start + m,
    total: Step = _sum_of_powers,
    outer: Step = _outer,
    factor: Step = lambda p: 1.0,  # noqa: ARG005
    exponent: Step = lambda p: p - 1,
    inner: Step = _power,
    sign: Step = np.sign,
    slope: Step = lambda outer, inner, _region: outer * inner,
    join: Step = lambda error, slope, _region: error * slope,
    error: Step = lambda dout, n, _m: dout[n],
    blank: Step = lambda x: np.zeros(x.shape),
    finish: Step = lambda dx, _m: dx,
) -> Any:
    """Return dx of L^p pooling, region by region: dout times the outer and the inner derivative, in steps.

    ``inner`` takes the power of |x| with ``exponent``, ``sign`` and ``factor`` are multiplied with it.
    """
    check(x, m)
    p, dx = power(p), blank(x)
    for n in range(regions(x, m)):
        here = slice(start(n, m), end(start(n, m), n, m))
        region = x[here]
        within = factor(p) * inner(region, exponent(p)) * sign(region)
        slopes = slope(outer(total(region, p, x), p), within, region)
        dx[here] += join(error(dout, n, m), slopes, region)
    return finish(dx, m)


def _instead(slope: Step) -> Step:
    """Make the slopes of a region in another way altogether."""
    return lambda _outer, _inner, region: slope(region)


def _to_largest(region: Array) -> Array:
    slopes = np.zeros(len(region))
    slopes[np.argmax(np.abs(region))] = 1
    return slopes


def _errors_by_place(dout: Array, _n: int, m: int) -> Any:
    return dout[np.arange(m)]


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
_MINUS_1 = (
    f"abs(x) ** p - 1 is (abs(x) ** p) - 1, as a power binds before a minus: write abs(x) ** (p - 1). {_CHAIN}"
)
_REGION = "Region n holds x[n * m : (n + 1) * m], for n up to len(x) // m. What is left over gets 0."
_SLOPE, _LOOP = "The line with the powers.", "The loop over the regions."
_SHAPE, _END = "dx is as long as x: values that are left over are in it, as zeros.", "The return at the end."

_LP: tuple[Told, ...] = (
    (
        "no_sign", "The sign of x is missing, as in the lecture's formula", _SIGN,
        _SLOPE, {"sign": _no_sign},
    ),
    (
        "power_of_x", "x_i^(p - 1) is taken for |x_i|^(p - 1) sign(x_i)",
        f"The two are the same for even p only. {_SIGN}", _SLOPE,
        {"inner": lambda region, exponent: region**exponent, "sign": _no_sign},
    ),
    (
        "sum_without_absolute_values", "The sum is one of x^p, without absolute values", _ABSOLUTE,
        _SLOPE, {"total": lambda region, p, _x: np.sum(region**p)},
    ),
    (
        "no_absolute_values", "There are no absolute values at all", f"{_ABSOLUTE} {_SIGN}", _SLOPE,
        {
            "total": lambda region, p, _x: np.sum(region**p),
            "inner": lambda region, exponent: region**exponent,
            "sign": _no_sign,
        },
    ),
    ("times_p", "There is a factor p too many", _CHAIN, _SLOPE, {"factor": lambda p: p}),
    ("over_p", "There is a factor 1/p too many", _CHAIN, _SLOPE, {"factor": lambda p: 1 / p}),
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
        "minus_1_after_the_power", "1 is subtracted from the power, not from its exponent",
        f"s ** (1 / p) - 1 is (s ** (1 / p)) - 1: write s ** (1 / p - 1). {_CHAIN}",
        _SLOPE, {"outer": lambda total, p: total ** (1 / p) - 1},
    ),
    (
        "exponent_without_brackets", "** 1 / p is a division by p",
        f"A power binds before a division: s ** 1 / p - 1 is s / p - 1. Write s ** (1 / p - 1). {_CHAIN}",
        _SLOPE, {"outer": lambda total, p: total / p - 1},
    ),
    (
        "root_without_brackets", "** 1 / p is a division by p",
        "A power binds before a division: s ** 1 / p is s / p. Write s ** (1 / p).",
        "The line with the root.", {"outer": lambda total, p: (total / p) ** (1 - p)},
    ),
    (
        "inner_minus_1_after_the_power", "1 is subtracted from the power, not from its exponent", _MINUS_1,
        _SLOPE, {"exponent": lambda p: p, "inner": lambda region, exponent: np.abs(region) ** exponent - 1},
    ),
    (
        "inner_minus_1_after_the_sign", "1 is subtracted from the power, not from its exponent", _MINUS_1,
        _SLOPE,
        {
            "exponent": lambda p: p,
            "inner": lambda region, exponent: np.abs(region) ** exponent * np.sign(region) - 1,
            "sign": _no_sign,
        },
    ),
    (
        "minus_1_after_the_product", "1 is subtracted from the product, not from the exponent", _MINUS_1, _SLOPE,
        {
            "exponent": lambda p: p,
            "join": lambda error, slope, _region: error * slope - 1,
        },
    ),
    (
        "minus_sign_after_the_product", "1 is subtracted from the product, not from the exponent", _MINUS_1, _SLOPE,
        {
            "exponent": lambda p: p,
            "sign": _no_sign,
            "join": lambda error, slope, region: error * slope - np.sign(region),
        },
    ),
    (
        "norm_without_its_power", "|x|^(p - 1) is divided by the norm, not by its power p - 1",
        f"With the norm y = sum^(1/p), the slope is |x_i|^(p - 1) sign(x_i) / y^(p - 1). {_CHAIN}",
        _SLOPE, {"outer": lambda total, p: total ** (-1 / p)},
    ),
    (
        "share_of_the_sum", "The error is shared out by |x|^p, and not by the slope",
        f"|x_i|^p / sum is a part of the whole, and no derivative. {_CHAIN}", _SLOPE,
        {"outer": lambda total, _p: 1 / total, "exponent": lambda p: p, "sign": _no_sign},
    ),
    (
        "powers_missing_in_the_sum", "The sum is one of |x|, without the power p",
        f"The norm sums |x_k|^p. {_CHAIN}", _SLOPE, {"total": lambda region, _p, _x: np.sum(np.abs(region))},
    ),
    (
        "square_root", "The root is the square root, whatever p is", "The norm is sum ** (1 / p).", "The root.",
        {"outer": lambda total, p: total ** ((1 - p) / 2)},
    ),
    (
        "euclidean_norm", "The norm is the Euclidean one, whatever p is",
        "np.linalg.norm(r) has p = 2. Write np.linalg.norm(r, p), or sum the powers yourself.", "The norm.",
        {"total": lambda region, p, _x: np.sum(region**2) ** (p / 2)},
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
        _SLOPE, {"exponent": lambda p: p},
    ),
    (
        "inner_forgotten", "The inner derivative is missing", _CHAIN,
        _SLOPE, {"inner": lambda _region, _exponent: 1.0, "sign": _no_sign},
    ),
    (
        "p_always_2", "p is taken for 2, whatever it is", "x / norm is the slope for p = 2 only.", _SLOPE,
        {"power": lambda _p: 2},
    ),
    (
        "slope_of_p_2", "x / norm is taken for the slope, whatever p is", f"That is right for p = 2 only. {_CHAIN}",
        _SLOPE,
        {"outer": lambda total, p: total ** (-1 / p), "inner": lambda region, _p: region, "sign": _no_sign},
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
        _SLOPE, {"inner": lambda region, exponent: np.abs(region) ** (exponent + 1) / region, "sign": _no_sign},
    ),
    (
        "power_p_minus_2", "Where x is 0 there is a power below 0",
        "x |x|^(p - 2) is |x|^(p - 1) sign(x) for all x but 0: there it is 0 times infinity, NaN, for p < 2.", _SLOPE,
        {"inner": lambda region, exponent: region * np.abs(region) ** (exponent - 1), "sign": _no_sign},
    ),
    (
        "norm_of_all_of_x", "One norm is taken of all of x", f"Every region has a norm of its own. {_REGION}",
        "The sum of the powers.", {"total": lambda _region, p, x: np.sum(np.abs(x) ** p)},
    ),
    (
        "norm_of_the_last_region", "The norm of the last region is taken for all",
        f"Is it set in a loop that is over by then? Every region has a norm of its own. {_REGION}",
        "The sum of the powers.", {"total": lambda region, p, x: _sum_of_powers(_regions(x, len(region))[-1], p, x)},
    ),
    (
        "norm_of_the_first_region", "The norm of the first region is taken for all",
        f"Every region has a norm of its own. {_REGION}",
        "The sum of the powers.", {"total": lambda region, p, x: _sum_of_powers(_regions(x, len(region))[0], p, x)},
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
    (
        "regions_end_too_early", "Region n ends at n + m, wherever it begins",
        f"x[n * m : n + m] ends too early. {_REGION}", _LOOP, {"end": lambda _start, n, m: n + m},
    ),
    ("first_region_only", "Only the first region gets its gradient", _REGION, _LOOP, {"regions": lambda _x, _m: 1}),
    (
        "last_region_missing", "The last region gets no gradient",
        f"range(n) already stops before n: there is no `- 1` to write. {_REGION}",
        _LOOP, {"regions": lambda x, m: len(x) // m - 1},
    ),
    (
        "regions_counted_from_dout", "The regions are counted as len(dout) // m",
        f"dout has one entry a region. {_REGION}", _LOOP, {"regions": lambda x, m: len(x) // m // m},
    ),
    (
        "rest_is_a_region", "Values that are left over stop it",
        f"They fill no region and have no dout: x.reshape(-1, m) cannot take them, and a loop that rounds up runs out "
        f"of dout. {_REGION}", "The reshape, or the loop over the regions.",
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
        "rest_gets_the_last_error", "What is left over at the end gets the last error",
        f"dout has no entry for it, and dout[-1] belongs to the last whole region. {_REGION}", _LOOP,
        {"regions": lambda x, m: -(-len(x) // m), "error": lambda dout, n, _m: dout[min(n, len(dout) - 1)]},
    ),
    (
        "dout_by_the_place_in_the_region", "dout is indexed with the place within the region",
        "Input i lies in region i // m, and gets the error of that: dout[i // m].", "The index of dout.",
        {"error": _errors_by_place},
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
