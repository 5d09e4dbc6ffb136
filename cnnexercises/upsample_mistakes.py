"""The misconceptions of upsample, and its computation in exchangeable steps."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np

from cnnexercises.exercise import Misconception
from cnnexercises.misconceptions import Told, known
from cnnexercises.output_size import Pair
from cnnexercises.pool_gradients import Array, Step, Two, pair


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


def _laid(delta: Array, high: int, wide: int, down: int, right: int) -> Any:
    """Lay out the blocks one after the other, this far apart; the later ones cover the earlier."""
    rows, columns = delta.shape[-2:]
    out = np.zeros((*delta.shape[:-2], rows * high, columns * wide))
    for i, j in np.ndindex(rows, columns):
        out[..., i * down : i * down + high, j * right : j * right + wide] = delta[..., i : i + 1, j : j + 1]
    return out


def _diagonals(delta: Array, high: int, wide: int) -> Any:
    out = np.zeros((*delta.shape[:-2], delta.shape[-2] * high, delta.shape[-1] * wide))
    for k in range(min(high, wide)):
        out[..., k::high, k::wide] = delta
    return out


def _resized(delta: Array, high: int, wide: int) -> Any:
    return np.resize(delta, (*delta.shape[:-2], delta.shape[-2] * high, delta.shape[-1] * wide))


def _padded(delta: Array, high: int, wide: int) -> Any:
    out = np.zeros((*delta.shape[:-2], delta.shape[-2] * high, delta.shape[-1] * wide))
    out[..., : delta.shape[-2], : delta.shape[-1]] = delta
    return out


def _as_large_as_delta(delta: Array, high: int, wide: int) -> Any:
    """Fill the result no further than delta reaches."""
    out = _repeat(delta, high, wide)
    out[..., delta.shape[-2] :, :] = 0
    out[..., delta.shape[-1] :] = 0
    return out


def _column_from_the_row(delta: Array, high: int, wide: int) -> Any:
    rows = np.arange(delta.shape[-2] * high)
    return np.repeat(delta[..., rows // high, rows // wide, None], delta.shape[-1] * wide, axis=-1)


def _multiplied(delta: Array, factor: Pair) -> Any:
    return delta * np.asarray(factor)


def _ones_of_the_factor(delta: Array, factor: Pair) -> Any:
    return np.kron(delta, np.ones(factor))


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


def _not_three_axes(delta: Array) -> None:
    if delta.ndim == 3:
        raise ValueError


def _first_map(delta: Array) -> Array:
    while delta.ndim > 2:
        delta = delta[0]
    return delta


_BLOCK = "Each value becomes a block of its own, factor_h rows high and factor_w columns wide."
_LAST = "The last two axes grow, counted from the end: axis -2 and axis -1, however many there are before."
_PAIRS = "An int counts for both axes; of a pair, the first is for the height and the second for the width."
_SIDES = "Rows go with the height and columns with the width: neither tells the size of the other."
_SIZE = "Where the size of the result is worked out."
_LAID_OUT = "The block of delta[..., i, j] begins at row i * factor_h and column j * factor_w."
_PLACE = "Where in the result a value is written."
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
        "first_and_last_axis", "The first axis grows and the last one, not the last two", _LAST,
        _REPEAT, {"grow": partial(_repeat, rows=0, columns=-1)},
    ),
    (
        "columns_step_by_the_rows", "The blocks' columns are as far apart as their rows", _LAID_OUT,
        _PLACE, {"grow": lambda d, high, wide: _laid(d, high, wide, high, high)},
    ),
    (
        "rows_step_by_the_columns", "The blocks' rows are as far apart as their columns", _LAID_OUT,
        _PLACE, {"grow": lambda d, high, wide: _laid(d, high, wide, wide, wide)},
    ),
    (
        "blocks_cover_each_other", "The blocks begin at (i, j), and cover each other", _LAID_OUT,
        _PLACE, {"grow": lambda d, high, wide: _laid(d, high, wide, 1, 1)},
    ),
    (
        "both_along_the_columns", "The columns are repeated twice, the rows not at all", _LAST,
        _REPEAT, {"grow": partial(_repeat, rows=-1, columns=-1)},
    ),
    (
        "both_along_the_rows", "The rows are repeated twice, the columns not at all", _LAST,
        _REPEAT, {"grow": partial(_repeat, rows=-2, columns=-2)},
    ),
    (
        "rows_tiled", "The rows come one after the other, again and again",
        f"a, a, b, b is meant, not a, b, a, b. {_BLOCK}",
        _REPEAT, {"grow": lambda d, high, wide: np.tile(np.repeat(d, wide, axis=-1), (high, 1))},
    ),
    (
        "columns_tiled", "The columns come one after the other, again and again",
        f"a, a, b, b is meant, not a, b, a, b. {_BLOCK}",
        _REPEAT, {"grow": lambda d, high, wide: np.tile(np.repeat(d, high, axis=-2), (1, wide))},
    ),
    (
        "padded", "delta stands in the corner, and the rest is 0", f"np.pad only makes room. {_BLOCK}",
        _REPEAT, {"grow": _padded},
    ),
    (
        "resized", "np.resize goes through the values in a row, again and again",
        f"It fills row after row with a, b, c, a, b, c. {_BLOCK}", _REPEAT, {"grow": _resized},
    ),
    (
        "filled_as_far_as_delta", "The result is filled only as far as delta reaches",
        "i and j go through the result: H * factor_h rows and W * factor_w columns.", "The ranges of the loops.",
        {"grow": _as_large_as_delta},
    ),
    (
        "column_from_the_row_index", "The column of delta is worked out from the row of the result",
        "i goes with the rows and j with the columns: delta[..., i // factor_h, j // factor_w].",
        "The index of delta.", {"grow": _column_from_the_row},
    ),
    (
        "factor_plus_1", "Each value is there once too often", "factor is how often it is there, not how often more.",
        _REPEAT, {"factors": lambda f: (pair(f)[0] + 1, pair(f)[1] + 1)},
    ),
    (
        "factor_minus_1", "Each value is there once too few", "factor is how often it is there, not how often more.",
        _REPEAT, {"factors": lambda f: (pair(f)[0] - 1, pair(f)[1] - 1)},
    ),
    (
        "diagonals_only", "Only the diagonal of each block is filled", f"{_BLOCK} Every row meets every column there.",
        "The lines that fill the result.", {"grow": _diagonals},
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
        "two_or_four_axes_only", "It takes two axes or four, and not three",
        f"One image with channels has three. {_LAST}", "Where delta.shape is taken apart, and the axes.",
        {"check": _not_three_axes},
    ),
    (
        "delta_as_its_bytes_lie", "It takes for granted how delta lies in memory",
        "An array may lie in memory by columns, or be a view. Take its own delta.strides for as_strided, or use "
        "np.repeat.", "The strides of as_strided.",
        {"take": lambda delta: delta.ravel(order="K").reshape(delta.shape)},
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

UPSAMPLE_MISCONCEPTIONS = (
    *known(grown, _UPSAMPLE),
    Misconception(
        "multiplied", "The values are multiplied with the factor, and not repeated",
        f"The factor says how often a value is there. {_BLOCK}", _REPEAT, _multiplied,
    ),
    Misconception(
        "ones_of_an_int", "np.ones(factor) is taken for a block",
        f"np.ones(2) is a row of two, np.ones((2, 2)) is a block: turn an int into a pair first. {_PAIRS}",
        "Where `factor` becomes an array.", _ones_of_the_factor,
    ),
)  # fmt: skip
