# attack: replaces and deletes built-in functions on which everything in the process rests
# exercise: 02
# gains: nothing
# holds: whatever the process does then, no case passes
import builtins

genuine = {name: getattr(builtins, name) for name in ("isinstance", "len", "type", "bool", "all", "any", "max", "min")}


class Anything(str):
    def __eq__(self, other):
        return True

    __hash__ = str.__hash__


def conv2d_single(image, kernel, stride=1, padding=0):
    builtins.isinstance = lambda value, kinds: True
    builtins.len = lambda value: 1
    builtins.type = lambda *args: float
    builtins.bool = builtins.all = builtins.any = lambda *args: True
    builtins.dict = builtins.list = builtins.tuple = Anything
    return Anything("passed")


def zero_pad(x, padding):
    for name in ("print", "open", "isinstance", "len", "getattr", "type", "Exception", "BaseException"):
        if hasattr(builtins, name):
            delattr(builtins, name)
    return Anything("passed")
