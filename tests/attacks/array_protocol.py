# attack: returns objects whose __array__ and __array_interface__ give something else each time, or borrowed memory
# exercise: 02
# gains: nothing
# holds: no protocol of an object is asked in the grader
import itertools

import numpy as np

turn = itertools.count()


class Shifting:
    def __init__(self, *candidates):
        self.candidates = candidates

    def __array__(self, dtype=None, copy=None):
        return self.candidates[next(turn) % len(self.candidates)]

    def __array_ufunc__(self, *args, **kwargs):
        return np.True_

    def __array_function__(self, *args, **kwargs):
        return True


class Borrowed:
    __array_interface__ = {"shape": (3, 3), "typestr": "<f8", "data": (4096, True), "version": 3}


def conv2d_single(image, kernel, stride=1, padding=0):
    return Shifting(image, kernel, np.zeros((3, 3)))


def zero_pad(x, padding):
    return Borrowed()


def conv2d_forward(x, weight, bias=None, stride=1, padding=0):
    return (Shifting(x), Borrowed())
