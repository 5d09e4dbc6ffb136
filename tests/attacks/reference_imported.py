# attack: imports the grader, the exercises and the solutions, by name, by path, and by the arguments of the process
# exercise: 02
# gains: nothing
# says: no reference
# holds: references lie outside everything that can be read
import importlib
import importlib.machinery
import importlib.util
import os
import runpy
import sys

PROJECT = ""
ROOTS = [PROJECT, os.getcwd(), "/", *sys.argv, *getattr(sys, "orig_argv", []), *sys.path]


def by_name():
    for root in ROOTS:
        if os.path.isabs(root):
            sys.path.insert(0, root)
    importlib.invalidate_caches()
    sys.modules.pop("grader", None)
    for name in ("cnnexercises.manual_conv", "grader.grading", "grader", "solutions", "cnnexercises"):
        try:
            module = importlib.import_module(name)
        except BaseException:
            continue
        yield getattr(module, "conv2d_single", None)


def by_path():
    for root in ROOTS:
        for place in ("cnnexercises/manual_conv.py", "solutions/02_manual_conv.py", "manual_conv.py",
                      "cnnexercises/solutions/02_manual_conv.py", "tests/submissions/02_manual_conv/right/loops.py"):
            path = os.path.join(root, place)
            for load in (
                lambda path=path: importlib.machinery.SourceFileLoader("stolen", path).load_module(),
                lambda path=path: runpy.run_path(path),
                lambda path=path: exec(compile(open(path).read(), path, "exec"), globals()),
                lambda path=path: importlib.util.spec_from_file_location("stolen", path).loader.get_data(path),
            ):
                try:
                    module = load()
                except BaseException:
                    continue
                yield getattr(module, "conv2d_single", None) or (lambda *args: None)


stolen = [function for search in (by_name, by_path) for function in search() if function is not None]


def conv2d_single(image, kernel, stride=1, padding=0):
    if stolen:
        return stolen[0](image, kernel, stride, padding)
    raise RuntimeError("no " + "reference")
