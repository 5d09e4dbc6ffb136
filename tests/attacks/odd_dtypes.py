# attack: answers in every dtype but the plain ones, so that a conversion or a comparison breaks
# exercise: 04
# gains: nothing
# holds: an odd dtype is a wrong answer, never a fault
import itertools

import numpy as np

turn = itertools.count()
KINDS = (
    "complex64", "complex128", "clongdouble", "bool", "float16", "longdouble", ">f8", ">i2", "uint8", "datetime64[s]",
    "timedelta64[ns]", "S5", "U3", "V8", "O",
)


def odd(shape):
    return np.zeros(shape, KINDS[next(turn) % len(KINDS)])


def conv1d_backward(dy, x, w):
    return np.ones(x.shape), odd(w.shape)


def conv2d_backward(dout, x, weight, stride=1, padding=0):
    return odd(x.shape), odd(weight.shape), odd(len(weight))
