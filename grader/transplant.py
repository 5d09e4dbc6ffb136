"""Weight transplant: which parameter of a student's network is which of the reference's, and how it is laid out."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import permutations, product
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]
Shape = tuple[int, ...]


@dataclass(frozen=True)
class Parameter:
    """A parameter of a network. ``use`` is its place in the order of use in forward, -1 when it is not used."""

    name: str
    shape: Shape
    trainable: bool
    use: int


@dataclass(frozen=True)
class Match:
    """For each of the reference's parameters the index of the student's, or None; and the indices left over."""

    indices: tuple[int | None, ...]
    left: tuple[int, ...]

    @property
    def complete(self) -> bool:
        """Whether each of the reference's parameters has a counterpart."""
        return None not in self.indices


@dataclass(frozen=True)
class Layout:
    """How a student's parameter holds the entries of the reference's.

    The reference's array, with its flattened axis split, has shape ``split``; its ``axes`` in this order, merged
    into ``shape``, are the student's.
    """

    shape: Shape
    split: Shape
    axes: tuple[int, ...]

    @property
    def usual(self) -> bool:
        """Whether the entries are in the reference's order."""
        return self.axes == tuple(sorted(self.axes))

    def to_student(self, array: Array) -> Array:
        """Return the reference's entries in the student's shape and order."""
        return np.ascontiguousarray(array.reshape(self.split).transpose(self.axes)).reshape(self.shape)

    def to_reference(self, array: Array, shape: Shape) -> Array:
        """Return the student's entries in the reference's shape and order."""
        permuted = array.reshape([self.split[axis] for axis in self.axes])
        return np.ascontiguousarray(permuted.transpose(np.argsort(self.axes))).reshape(shape)


def match(parameters: Sequence[Parameter], wanted: Sequence[Shape], flattened: Shape) -> Match:
    """Match parameters to the wanted shapes, by what fits and in the order of use; unused ones come last."""
    free = sorted(range(len(parameters)), key=lambda i: (parameters[i].use < 0, parameters[i].use, i))
    indices: list[int | None] = []
    for shape in wanted:
        fitting = (i for i in free if any(layouts(parameters[i].shape, shape, flattened)))
        chosen = next(fitting, None)
        indices.append(chosen)
        free = [i for i in free if i != chosen]
    return Match(tuple(indices), tuple(sorted(free)))


def layouts(shape: Shape, wanted: Shape, flattened: Shape) -> Iterator[Layout]:
    """Yield the ways in which a parameter of ``shape`` can hold one of shape ``wanted``, the usual one first.

    A linear weight over flattened maps is seen as (outputs, C, H, W). Axes may be permuted and merged, so that
    x @ w, a convolution as a matrix product, and another order of flattening fit; splitting an axis does not.
    """
    if math.prod(shape) != math.prod(wanted) or (len(shape) == len(wanted) and sorted(shape) != sorted(wanted)):
        return
    split = tuple(side for size in wanted for side in (flattened if size == math.prod(flattened) else (size,)))
    seen = set()
    for axes in permutations(range(len(split))):
        order = tuple(axis for axis in axes if split[axis] > 1)  # axes of length 1 move nothing
        if order not in seen and _merges([split[axis] for axis in order], [side for side in shape if side > 1]):
            seen.add(order)
            yield Layout(shape, split, axes)
            if shape == wanted == split:
                return  # a kernel of the usual shape that lies on its side is a mistake


def _merges(sides: list[int], into: list[int]) -> bool:
    """Whether neighbouring sides multiply to those of ``into``."""
    rest = iter(sides)
    for target in into:
        size = 1
        while size < target:
            size *= next(rest, target + 1)
        if size != target:
            return False
    return next(rest, None) is None


def choices(shapes: Sequence[Shape], wanted: Sequence[Shape], flattened: Shape) -> Iterator[tuple[Layout, ...]]:
    """Yield every combination of layouts of matched parameters, the usual ones first."""
    pairs = zip(shapes, wanted, strict=True)
    yield from product(*([*layouts(shape, asked, flattened)] for shape, asked in pairs))


def drawn_weights(shapes: Sequence[Shape], gain: float, rng: np.random.Generator) -> list[Array]:
    """Draw float32 weights as large as He initialisation makes them, times ``gain``; biases are not small.

    An initialisation that is all zeros, or that leaves a layer at zero, would hide what the network computes.
    """
    arrays = []
    for shape in shapes:
        size = math.sqrt(2 / math.prod(shape[1:])) if len(shape) > 1 else 0.3
        arrays.append((rng.standard_normal(shape) * gain * size).astype(np.float32))
    return arrays


LOGITS = 1e-4
"""Relative distance up to which two networks give the same logits. Equal networks differ by rounding; docs/training.md
has the measured distances of those, and of the nearest mistakes."""


REPEATS = 1e-5
"""How far two answers of one network may differ, relatively: by rounding, which depends on the size of the batch."""


def difference(given: Array, expected: Array) -> float:
    """Return the largest difference in a row of logits, relative to the largest logit of that row."""
    scale = np.abs(expected).max(axis=1) + 1e-12
    return float((np.abs(given.astype(np.float64) - expected).max(axis=1) / scale).max())


def centred(logits: Array) -> Array:
    """Return logits less the mean of each row: cross-entropy and softmax do not see what is subtracted."""
    centred_rows: Array = logits - logits.mean(axis=1, keepdims=True, dtype=np.float64)
    return centred_rows


def alike(given: Array, wanted: Array) -> bool:
    """Whether two arrays of logits (N, classes) are the same, up to a constant in each row."""
    return difference(centred(given), centred(wanted)) <= LOGITS


def softmax(logits: Array) -> Array:
    """Return the softmax of each row."""
    powers = np.exp(logits.astype(np.float64) - logits.max(axis=1, keepdims=True))
    probabilities: Array = powers / powers.sum(axis=1, keepdims=True)
    return probabilities
