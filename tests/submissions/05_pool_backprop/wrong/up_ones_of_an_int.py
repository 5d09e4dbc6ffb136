# expect: upsample=failed
# mistake: np.ones(factor) with an int is a row
# diagnosis: ones_of_an_int
import numpy as np


def pair(value):
    return (value, value) if isinstance(value, int) else tuple(value)


def upsample(delta, factor):
    return np.kron(delta, np.ones(factor))
