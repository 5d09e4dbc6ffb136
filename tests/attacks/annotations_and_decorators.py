# attack: hides code where definitions are read: decorators, defaults, annotations, metaclasses, descriptors, module class
# exercise: 02
# gains: nothing
# holds: an entry point may be any object, and is only called
import functools
import sys
import types


class Module(types.ModuleType):
    def __getattribute__(self, name):
        return Answer() if name.startswith("conv") else super().__getattribute__(name)


class Answer:
    __wrapped__ = property(lambda self: self)
    __signature__ = property(lambda self: 1 / 0)
    __name__ = "conv2d_single\x1b[2J"
    __code__ = property(lambda self: self)
    __module__ = "torch"

    def __call__(self, *args, **kwargs):
        return self

    def __getattr__(self, name):
        return self

    def __iter__(self):
        return iter([self])

    def detach(self):
        return self


sys.modules[__name__].__class__ = Module
conv2d_single = functools.partial(Answer())
zero_pad = Answer()


class conv2d_forward:
    def __new__(cls, *args, **kwargs):
        return super().__new__(cls)

    def __init_subclass__(cls):
        raise SystemExit
