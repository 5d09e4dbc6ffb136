"""Right ways to write L^p pooling and upsampling of exercise 05, and wrong ones beyond their misconceptions."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
from marking import tasks

from cnnexercises.lp_pool_mistakes import lp
from cnnexercises.pool_backprop import EXERCISE
from cnnexercises.upsample_mistakes import grown

Function = Callable[..., Any]


def _pair(value: Any) -> tuple[int, int]:
    return (value, value) if isinstance(value, int) else (value[0], value[1])


# What students write wrong beyond the misconceptions.

LP_MISTAKES: dict[str, dict[str, Any]] = {
    "wrong sign": {"finish": lambda dx, m: -dx},
    "x changed": {"blank": lambda x: np.multiply(x, 0, out=x)},
    "shares of the sum": {"slope": lambda outer, inner, region: inner / np.sum(np.abs(inner))},
}


def _emptied(delta: Any, factor: Any) -> Any:
    out = grown(delta, factor)
    delta[...] = 0
    return out


UPSAMPLE_MISTAKES: dict[str, Function] = {
    "two axes kept": lambda delta, factor: grown(delta, factor).reshape(-1, delta.shape[-1] * _pair(factor)[1]),
    "one row short": lambda delta, factor: grown(delta, factor)[..., :-1, :],
    "delta changed": _emptied,
    "in the order of its bytes": partial(grown, take=lambda delta: delta.ravel("K").reshape(delta.shape)),
}


def lp_in_its_dtype(dout: Any, x: Any, p: Any, m: Any) -> Any:
    """Return the gradient in the dtype of x, as np.zeros_like makes it."""
    return lp(dout, x, p, m).astype(x.dtype)


# What is right in any style.


def _single(x: Any) -> Any:
    return np.asarray(x, np.float32)


def _lp_by_reshape(dout: Any, x: Any, p: Any, m: Any) -> Any:
    used = len(x) // m * m
    rows = x[:used].reshape(-1, m)
    norms = (np.abs(rows) ** p).sum(axis=1, keepdims=True) ** (1 / p)
    slopes = np.sign(rows) * (np.abs(rows) / norms) ** (p - 1)
    return np.append((dout[:, None] * slopes).ravel(), np.zeros(len(x) - used))


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


WRONG: list[tuple[str, str, Function]] = [
    *(
        (name, known.slug, known.wrong)
        for name, task in tasks(EXERCISE).items()
        if "2d" not in name
        for known in task.misconceptions
    ),
    *(("lp_pool1d_backward", name, partial(lp, **how)) for name, how in LP_MISTAKES.items()),
    *(("upsample", name, function) for name, function in UPSAMPLE_MISTAKES.items()),
]

RIGHT: list[tuple[str, str, Function]] = [
    ("lp_pool1d_backward", "loops", lp),
    ("lp_pool1d_backward", "reshaped rows, by the norm", _lp_by_reshape),
    ("lp_pool1d_backward", "float32", lambda dout, x, p, m: _single(lp(_single(dout), _single(x), p, m))),
    ("upsample", "np.repeat", grown),
    ("upsample", "np.kron", _kron),
    ("upsample", "indices divided", _by_index),
    ("upsample", "broadcast", _broadcast),
    ("upsample", "float32", lambda delta, factor: grown(_single(delta), factor)),
]
