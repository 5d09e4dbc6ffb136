"""Seeded inputs that exercises share: arrays of every memory order, and small whole numbers for ladders."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]


def normal(rng: np.random.Generator, *shape: int) -> Array:
    """Draw a C-contiguous float64 array of standard normal values; no two entries are equal."""
    return rng.standard_normal(shape)


def fortran(x: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """Return the same values in column-major order."""
    return np.asfortranarray(x)


def strided(x: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """Return the same values as a view that takes every other entry of a larger array along the last axis."""
    wide = np.zeros((*x.shape[:-1], 2 * x.shape[-1]), x.dtype)
    wide[..., ::2] = x
    return wide[..., ::2]


def counting(*shape: int, start: int = 1) -> Array:
    """Return float64 values start, start + 1, ... in row-major order: small, and no two alike."""
    return np.arange(start, start + int(np.prod(shape)), dtype=np.float64).reshape(shape)


def scattered(*shape: int) -> Array:
    """Return small distinct whole numbers in float64 that are not sorted along any axis.

    Multiplying by a number coprime to the length permutes 0 .. n-1, so all values stay below the number of
    entries, and a maximum is not always the last entry of its window.
    """
    n = int(np.prod(shape))
    factor = next(k for k in (7, 11, 13, 17, 19, 1) if np.gcd(k, n) == 1)
    return ((np.arange(n) * factor + 3) % n).astype(np.float64).reshape(shape)
