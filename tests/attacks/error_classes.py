# attack: raises errors whose classes lie about their names, bases and texts, or run code when they are asked
# exercise: 04
# gains: nothing
# holds: an error passes no case that asks for a value
import itertools
import os

turn = itertools.count()


class Meta(type):
    @property
    def __mro__(cls):
        return (Named("passed"), Named("returned"), ValueError)

    @property
    def __name__(cls):
        return {"kind": "returned"}


class Named:
    def __init__(self, name):
        self.__name__ = name


class Loud(Exception):
    def __str__(self):
        os._exit(0)


class Slow(Exception):
    def __str__(self):
        return "x" * 10**8


class Broken(BaseException):
    def __str__(self):
        raise self

    __repr__ = __str__

    @property
    def __traceback__(self):
        return self

    @property
    def __class__(self):
        return ValueError


class Odd(Exception, metaclass=Meta):
    pass


ERRORS = (
    Loud, Slow, Broken, Odd, KeyboardInterrupt, SystemExit, GeneratorExit, StopIteration, MemoryError, RecursionError,
    lambda: ExceptionGroup("g", [ValueError()]) if "ExceptionGroup" in dir(__builtins__) else ValueError(),
    lambda: SyntaxError("s", ("/etc/passwd", 1, 1, "text")), lambda: UnicodeDecodeError("x", b"", 0, 1, "y"),
    lambda: type("ValueError", (Exception,), {})(), lambda: NotImplementedError("conv1d_backward"),
)


def conv1d_backward(dy, x, w):
    raise ERRORS[next(turn) % len(ERRORS)]()
