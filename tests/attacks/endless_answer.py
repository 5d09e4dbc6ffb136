# attack: returns a list without an end, and one that holds itself twelve times over
# exercise: 04
# gains: nothing
# holds: an answer has room for so many items, and a time in which it must be there
import itertools


class Endless(list):
    def __len__(self):
        return 2

    def __iter__(self):
        return itertools.repeat(0.0)


own = []
own.extend([own] * 12)


def conv1d_backward(dy, x, w):
    return own


def conv2d_backward(dout, x, weight, stride=1, padding=0):
    return Endless()
