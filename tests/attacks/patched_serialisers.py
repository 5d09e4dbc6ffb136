# attack: replaces msgpack, json and pickle, so that whatever is sent says "passed"
# exercise: 02
# gains: nothing
# holds: the grader reads numbers, never a verdict
import json
import pickle

import msgpack

packb = msgpack.packb
PASSED = {
    "kind": "passed", "passed": True, "score": 23, "max_score": 23, "outcome": "returned", "status": "passed",
    "value": True, "changed": [], "shares": False, "expected": True,
}


def forged(*args, **kwargs):
    return packb(PASSED)


for module in (msgpack, json, pickle):
    for name in ("packb", "pack", "dumps", "dump"):
        if hasattr(module, name):
            setattr(module, name, forged)
msgpack.Packer = type("Packer", (), {"__init__": lambda self, **kw: None, "pack": forged})


def conv2d_single(image, kernel, stride=1, padding=0):
    return True
