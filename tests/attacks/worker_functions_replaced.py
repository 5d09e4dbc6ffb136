# attack: replaces the functions of the sandbox's own modules, in the modules and on the frames that run
# exercise: 02
# gains: nothing
# holds: the process says what it likes, and only numbers that are right count
import os
import sys

import numpy as np

write = os.write


def right(*args, **kwargs):
    return {"kind": "returned", "value": True, "changed": [], "shares": False, "passed": True, "score": 99}


def replace():
    for name, module in list(sys.modules.items()):
        if not name.startswith("grader"):
            continue
        for attribute in ("_call", "_load", "_raised", "_differs", "_shares", "_text", "_plain", "encode", "decode"):
            if hasattr(module, attribute):
                setattr(module, attribute, right)
    frame = sys._getframe()
    while frame:
        for value in list(frame.f_locals.values()):
            if type(value).__module__.startswith("grader"):
                for attribute in ("send", "receive"):
                    if hasattr(type(value), attribute):
                        setattr(type(value), attribute, right)
        frame = frame.f_back
    os.write = lambda descriptor, data: write(descriptor, data) and len(data)


def conv2d_single(image, kernel, stride=1, padding=0):
    replace()
    return np.ones((3, 3))
