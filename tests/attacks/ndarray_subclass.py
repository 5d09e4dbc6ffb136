# attack: returns subclasses of ndarray, scalar and tuple that lie about shape, dtype, bytes and equality
# exercise: 04
# gains: nothing
# holds: the plain bytes cross, and are judged
import numpy as np


class Liar(np.ndarray):
    def __eq__(self, other):
        return np.True_

    def __array_ufunc__(self, ufunc, method, *inputs, **kwargs):
        return np.zeros(())

    def __array_function__(self, function, types, args, kwargs):
        return True

    def tobytes(self, *args):
        return b""

    def astype(self, *args, **kwargs):
        return self

    def __array_finalize__(self, other):
        pass

    @property
    def shape(self):
        return Same()

    @property
    def dtype(self):
        return Same()


class Same:
    def __eq__(self, other):
        return True

    def __iter__(self):
        return iter(())

    kind = "f"


class Pair(tuple):
    def __len__(self):
        return 2

    def __iter__(self):
        return iter((np.ones(3).view(Liar), np.ones(2).view(Liar)))

    def __eq__(self, other):
        return True


def conv1d_backward(dy, x, w):
    return Pair((1, 2, 3))


def conv2d_backward(dout, x, weight, stride=1, padding=0):
    return x.view(Liar) + 1, weight.view(Liar), np.ma.masked_array(dout.sum(axis=(0, 2, 3)) + 1, mask=True)
