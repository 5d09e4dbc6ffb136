# attack: answers with integers of thousands of digits, subnormal and largest floats, and shapes without entries
# exercise: 01
# gains: nothing
# holds: no number breaks the comparison, the drawing, or the text around it
import itertools

import numpy as np

turn = itertools.count()


class Number(int):
    def __eq__(self, other):
        return True

    def __repr__(self):
        return "29"

    __hash__ = int.__hash__


def conv_output_size(size, kernel, stride=1, padding=0, dilation=1):
    kinds = (10**3000, -(10**18), 2**64, 1 << 1_000_000, 5e-324, 1e308, -0.0, np.float16(6e4), np.uint64(2**64 - 1),
             np.int8(-128), Number(-7), True, 1j, np.longdouble("1e4000"), np.complex64(1), b"55", "55")
    return kinds[next(turn) % len(kinds)]


def conv_output_shape(size_hw, kernel, stride=1, padding=0, dilation=1):
    kinds = (
        np.zeros((0, 2)), np.zeros((2, 0)), np.zeros((1,) * 32), np.zeros((2,) + (1,) * 31), np.zeros((0, 2**40)),
        (10**3000, 1 << 1_000_000), {"height": 10**5000}, {1: 2}, {None: {(): b""}}, (-1, -1),
    )
    return kinds[next(turn) % len(kinds)]
