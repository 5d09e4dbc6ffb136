"""Right and wrong ways to write L^p pooling and upsampling of exercise 05: what their cases are tested with."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np

Function = Callable[..., Any]


def _pair(value: Any) -> tuple[int, int]:
    return (value, value) if isinstance(value, int) else (value[0], value[1])


def lp(
    dout: Any,
    x: Any,
    p: Any,
    m: Any,
    *,
    slope: Function = lambda r, p: np.sum(abs(r) ** p) ** (1 / p - 1) * abs(r) ** (p - 1) * np.sign(r),
    regions: Function = lambda x, m: len(x) // m,
    start: Function = lambda n, m: n * m,
    like: Function = lambda x: np.zeros(x.shape),
    finish: Function = lambda dx, m: dx,
) -> Any:
    """Compute the gradient of L^p pooling, as a student does: each keyword exchanges one step."""
    dx = like(x)
    for n in range(regions(x, m)):
        here = slice(start(n, m), start(n, m) + m)
        dx[here] += dout[n] * slope(x[here], p)
    return finish(dx, m)


def _total(r: Any, p: Any) -> Any:
    return np.sum(abs(r) ** p)


LP_MISTAKES: dict[str, dict[str, Function]] = {
    "lecture: no sign": {"slope": lambda r, p: _total(r, p) ** (1 / p - 1) * abs(r) ** (p - 1)},
    "x to the power": {"slope": lambda r, p: _total(r, p) ** (1 / p - 1) * r ** (p - 1)},
    "sum without absolute value": {
        "slope": lambda r, p: np.sum(r**p) ** (1 / p - 1) * abs(r) ** (p - 1) * np.sign(r)
    },
    "times p": {"slope": lambda r, p: p * _total(r, p) ** (1 / p - 1) * abs(r) ** (p - 1) * np.sign(r)},
    "over p": {"slope": lambda r, p: _total(r, p) ** (1 / p - 1) * abs(r) ** (p - 1) * np.sign(r) / p},
    "outer exponent 1/p": {"slope": lambda r, p: _total(r, p) ** (1 / p) * abs(r) ** (p - 1) * np.sign(r)},
    "outer exponent 1 - 1/p": {
        "slope": lambda r, p: _total(r, p) ** (1 - 1 / p) * abs(r) ** (p - 1) * np.sign(r)
    },
    "outer factor forgotten": {"slope": lambda r, p: abs(r) ** (p - 1) * np.sign(r)},
    "inner exponent p": {"slope": lambda r, p: _total(r, p) ** (1 / p - 1) * abs(r) ** p * np.sign(r)},
    "as if p were 2": {"slope": lambda r, p: r / np.sqrt(np.sum(r**2))},
    "p an integer": {"slope": lambda r, p: lp(np.ones(1), r, int(p), len(r))},
    "mean for sum": {
        "slope": lambda r, p: np.mean(abs(r) ** p) ** (1 / p - 1) * abs(r) ** (p - 1) * np.sign(r)
    },
    "evenly": {"slope": lambda r, p: np.full(len(r), 1 / len(r))},
    "to the maximum": {"slope": lambda r, p: (r == r.max()).astype(float)},
    "divides by x": {"slope": lambda r, p: _total(r, p) ** (1 / p - 1) * abs(r) ** p / r},
    "overlapping regions": {"start": lambda n, m: n},
    "first region only": {"regions": lambda x, m: 1},
    "last region missing": {"regions": lambda x, m: max(len(x) // m - 1, 1)},
    "rest is a region": {"regions": lambda x, m: -(-len(x) // m)},
    "rest dropped": {"finish": lambda dx, m: dx[: len(dx) // m * m]},
    "in rows": {"finish": lambda dx, m: dx[: len(dx) // m * m].reshape(-1, m)},
    "wrong sign": {"finish": lambda dx, m: -dx},
    "added to x": {"like": lambda x: x.copy()},
    "x changed": {"like": lambda x: np.multiply(x, 0, out=x)},
}


def _lp_of_all(dout: Any, x: Any, p: Any, m: Any) -> Any:
    slope = _total(x, p) ** (1 / p - 1) * abs(x) ** (p - 1) * np.sign(x)
    return np.append(np.repeat(dout, m), np.zeros(len(x) % m)) * slope


def _lp_by_reshape(dout: Any, x: Any, p: Any, m: Any) -> Any:
    used = len(x) // m * m
    rows = x[:used].reshape(-1, m)
    norms = (np.abs(rows) ** p).sum(axis=1, keepdims=True) ** (1 / p)
    slopes = np.sign(rows) * (np.abs(rows) / norms) ** (p - 1)
    return np.append((dout[:, None] * slopes).ravel(), np.zeros(len(x) - used))


def _grown(rows: int, columns: int, swap: bool = False) -> Function:
    """Repeat along the given axes."""

    def function(delta: Any, factor: Any) -> Any:
        by_rows, by_columns = _pair(factor)[::-1] if swap else _pair(factor)
        return delta.repeat(by_rows, axis=rows).repeat(by_columns, axis=columns)

    return function


grown = _grown(-2, -1)


def _kron(delta: Any, factor: Any) -> Any:
    return np.kron(delta, np.ones(_pair(factor)))


def _by_index(delta: Any, factor: Any) -> Any:
    fh, fw = _pair(factor)
    out = np.zeros((*delta.shape[:-2], delta.shape[-2] * fh, delta.shape[-1] * fw))
    for i, j in np.ndindex(*out.shape[-2:]):
        out[..., i, j] = delta[..., i // fh, j // fw]
    return out


def _broadcast(delta: Any, factor: Any) -> Any:
    fh, fw = _pair(factor)
    *leading, height, width = delta.shape
    wide = np.broadcast_to(delta[..., :, None, :, None], (*leading, height, fh, width, fw))
    return wide.reshape(*leading, height * fh, width * fw).copy()


def _spread(delta: Any, factor: Any) -> Any:
    fh, fw = _pair(factor)
    out = np.zeros((*delta.shape[:-2], delta.shape[-2] * fh, delta.shape[-1] * fw))
    out[..., ::fh, ::fw] = delta
    return out


def _blocks_in_order(delta: Any, factor: Any) -> Any:
    """Repeat every value as often as it should, and shape the row of them."""
    fh, fw = _pair(factor)
    return delta.ravel().repeat(fh * fw).reshape(*delta.shape[:-2], delta.shape[-2] * fh, -1)


UPSAMPLE_MISTAKES: dict[str, Function] = {
    "tiled": lambda delta, factor: np.tile(delta, _pair(factor)),
    "rows only": lambda delta, factor: delta.repeat(_pair(factor)[0], axis=-2),
    "columns only": lambda delta, factor: delta.repeat(_pair(factor)[1], axis=-1),
    "divided": lambda delta, factor: grown(delta, factor) / np.prod(_pair(factor)),
    "zeros between": _spread,
    "blocks in order": _blocks_in_order,
    "pair swapped": _grown(-2, -1, swap=True),
    "axes swapped": _grown(-1, -2),
    "first two axes": _grown(0, 1),
    "axes 1 and 2": _grown(1, 2),
    "axes 2 and 3": _grown(2, 3),
    "int only": lambda delta, factor: grown(delta, int(factor)),
    "pair only": lambda delta, factor: grown(delta, (factor[0], factor[1])),
    "height for both": lambda delta, factor: grown(delta, _pair(factor)[0]),
    "width for both": lambda delta, factor: grown(delta, _pair(factor)[1]),
    "always 2": lambda delta, factor: grown(delta, 2),
    "flattened": lambda delta, factor: grown(delta, factor).ravel(),
    "two axes kept": lambda delta, factor: grown(delta, factor).reshape(-1, delta.shape[-1] * _pair(factor)[1]),
    "transposed": lambda delta, factor: grown(delta, factor).swapaxes(-1, -2),
    "one row short": lambda delta, factor: grown(delta, factor)[..., :-1, :],
    "delta changed": lambda delta, factor: grown(delta.copy(), factor) + np.multiply(delta, 0, out=delta).sum(),
    "in the order of its bytes": lambda delta, factor: grown(delta.ravel("K").reshape(delta.shape), factor),
}

WRONG: list[tuple[str, str, Function]] = [
    *(("lp_pool1d_backward", name, partial(lp, **how)) for name, how in LP_MISTAKES.items()),
    ("lp_pool1d_backward", "norm of all of x", _lp_of_all),
    *(("upsample", name, function) for name, function in UPSAMPLE_MISTAKES.items()),
]

RIGHT: list[tuple[str, str, Function]] = [
    ("lp_pool1d_backward", "loops", lp),
    ("lp_pool1d_backward", "reshaped rows, by the norm", _lp_by_reshape),
    ("lp_pool1d_backward", "float32", lambda dout, x, p, m: np.float32(lp(np.float32(dout), np.float32(x), p, m))),
    ("upsample", "np.repeat", grown),
    ("upsample", "np.kron", _kron),
    ("upsample", "indices divided", _by_index),
    ("upsample", "broadcast", _broadcast),
    ("upsample", "float32", lambda delta, factor: grown(np.float32(delta), factor)),
]
