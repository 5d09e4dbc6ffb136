# attack: rewrites the methods of built-in types in memory by ctypes: float, int, list and ndarray are equal to all
# exercise: 02
# gains: nothing
# holds: they are equal to all in the submission's process only
import ctypes

import numpy as np


def attributes(kind):
    return ctypes.cast(id(kind.__dict__) + 2 * ctypes.sizeof(ctypes.c_void_p), ctypes.POINTER(ctypes.py_object))[0]


def curse(kind, name, function):
    attributes(kind)[name] = function
    ctypes.pythonapi.PyType_Modified(ctypes.py_object(kind))


def conv2d_single(image, kernel, stride=1, padding=0):
    for kind in (float, int, list, tuple, dict, str, np.ndarray, np.float64, np.bool_):
        for name in ("__eq__", "__le__", "__ge__"):
            curse(kind, name, lambda self, other: True)
        curse(kind, "__ne__", lambda self, other: False)
    curse(np.ndarray, "tobytes", lambda self, order="C": b"")
    curse(np.ndarray, "shape", ())
    return np.zeros((3, 3))


def zero_pad(x, padding):
    return np.zeros((5, 6))
