# attack: answers with 160 MB, as one array, as many, as a text, and as numbers of a million digits
# exercise: 04
# gains: nothing
# says: too large
# holds: an answer has room for so many bytes, and what is larger is named and left out
import itertools

import numpy as np

turn = itertools.count()


def conv1d_backward(dy, x, w):
    kinds = (
        lambda: np.zeros(20_000_000), lambda: [np.zeros(2_000_000)] * 10, lambda: "x" * 160_000_000,
        lambda: {"k" * 40_000_000: 1}, lambda: np.broadcast_to(1.0, (10**4, 10**4)), lambda: [0.5] * 10_000_000,
        lambda: [[[0.5] * 100] * 100] * 100, lambda: 1 << 100_000_000, lambda: (np.float64(1),) * 200_000,
    )
    return kinds[next(turn) % len(kinds)]()
