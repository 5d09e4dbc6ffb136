# attack: takes the generators of random numbers over, and looks in their states for the seed of the questions
# exercise: 04
# gains: nothing
# holds: a seed says what will be asked, and not what is right
import random
import sys
import zlib

import numpy as np


def seed():
    frame = sys._getframe()
    while frame is not None:
        for value in frame.f_locals.values():
            if isinstance(getattr(value, "seed", None), int):
                return value.seed
        frame = frame.f_back
    return 0


def conv1d_backward(dy, x, w):
    rng = np.random.default_rng([seed(), zlib.crc32(b"conv1d_backward"), 0])
    np.random.seed = random.seed = lambda *args: None
    np.random.set_state(np.random.RandomState(0).get_state())
    return rng.standard_normal(x.shape), rng.standard_normal(w.shape)
