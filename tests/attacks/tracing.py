# attack: traces every line and call of its process, and rewrites local variables of the code that serves it
# exercise: 02
# gains: nothing
# holds: what happens in that process is believed by nobody
import ctypes
import sys
import threading

import numpy as np


def trace(frame, event, argument):
    for name in ("changed", "shares", "value", "answer", "passed", "errors"):
        if name in frame.f_locals:
            frame.f_locals[name] = {"changed": [], "shares": False, "passed": True}.get(name, True)
    ctypes.pythonapi.PyFrame_LocalsToFast(ctypes.py_object(frame), 0)
    return trace


sys.settrace(trace)
sys.setprofile(trace)
threading.settrace(trace)
threading.setprofile(trace)
sys.excepthook = sys.unraisablehook = sys.displayhook = lambda *args: None
sys.addaudithook(lambda event, arguments: None)
sys.setswitchinterval(1e-9)
frame = sys._getframe()
while frame is not None:
    frame.f_trace = trace
    frame = frame.f_back


def conv2d_single(image, kernel, stride=1, padding=0):
    return np.zeros((3, 3))


def zero_pad(x, padding):
    return x + 1
