# attack: recurses without an end, with the limit raised so far that the stack overflows, and with it lowered to nothing
# exercise: 02
# gains: nothing
# says: was killed by SIGSEGV
# holds: neither a full stack nor a tiny limit harms anything but the call
import sys


def zero_pad(x, padding):
    return zero_pad(x, padding)


def conv2d_single(image, kernel, stride=1, padding=0):
    sys.setrecursionlimit(2**31 - 1)

    def deeper(value):
        return repr([[value]]) + deeper([value])

    class Deep:
        def __getattr__(self, name):
            return getattr(self, name + "x")

    try:
        Deep().a
    finally:
        deeper(0)


def conv2d_forward(x, weight, bias=None, stride=1, padding=0):
    def count():
        frame, depth = sys._getframe(), 0
        while frame:
            frame, depth = frame.f_back, depth + 1
        return depth

    sys.setrecursionlimit(count() + 3)
    return x + 1
