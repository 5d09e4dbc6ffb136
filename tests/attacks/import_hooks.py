# attack: takes over imports: hooks, fake modules, __import__, and files in the folders that are searched
# exercise: 02
# gains: nothing
# holds: the next process imports what it always did
import builtins
import importlib.abc
import os
import sys
import types

FAKE = "import builtins\nallclose = array_equal = lambda *a, **k: True\ndef __getattr__(name): return allclose\n"
genuine = builtins.__import__


class Finder(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path, target=None):
        return None


fake = types.ModuleType("numpy")
fake.__getattr__ = lambda name: lambda *args, **kwargs: True
sys.meta_path.insert(0, Finder())
sys.path_hooks.insert(0, lambda path: Finder())
sys.path.insert(0, "/tmp")
for folder in (*sys.path, os.getcwd(), "/tmp", "/dev/shm", os.path.expanduser("~")):
    for name in ("numpy.cnnex-attack", "sitecustomize.cnnex-attack", "cnnex-attack.py"):
        try:
            with open(os.path.join(folder, name), "w") as file:
                file.write(FAKE)
        except OSError:
            continue


def conv2d_single(image, kernel, stride=1, padding=0):
    for name in list(sys.modules):
        if name.partition(".")[0] in ("numpy", "msgpack", "grader", "random"):
            sys.modules[name] = fake
    builtins.__import__ = lambda name, *rest: fake
    return fake
