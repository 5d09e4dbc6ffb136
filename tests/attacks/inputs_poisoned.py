# attack: overwrites its arguments with zeros, so that what the grader holds of them turns into its answer
# exercise: 02
# gains: nothing
# holds: the grader's own arguments are in another process
import numpy as np


def poison(*arrays):
    for array in arrays:
        array.flags.writeable = True
        array[...] = 0
        base = array.base
        if isinstance(base, np.ndarray):
            base[...] = 0


def conv2d_single(image, kernel, stride=1, padding=0):
    poison(image, kernel)
    return image


def zero_pad(x, padding):
    poison(x)
    x.resize((1, 1), refcheck=False)
    return x + 1


def conv2d_forward(x, weight, bias=None, stride=1, padding=0):
    poison(x, weight)
    return np.zeros((1, 1, 1, 1))
