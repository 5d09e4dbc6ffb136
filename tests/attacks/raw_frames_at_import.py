# attack: writes complete forged answers to every descriptor before the first call, so that they lie ready
# exercise: 04
# gains: nothing
# holds: an answer that was guessed before the question is wrong
import os

import msgpack
import numpy as np


def array(values):
    values = np.asarray(values, np.float64)
    return ["a", "<f8", list(values.shape), "C", values.tobytes()]


def frames():
    yield {"kind": "ready"}
    yield {"kind": "loaded", "defined": ["conv1d_backward", "conv2d_backward"], "errors": []}
    for size in range(1, 20):
        value = ["t", [array(np.ones(size)), array(np.ones(3))]]
        yield {"kind": "returned", "value": value, "changed": [], "shares": False}
    yield {"kind": "returned", "value": True, "changed": [], "shares": False, "passed": True, "score": 26.0}


data = b"".join(len(body).to_bytes(4, "big") + body for body in map(msgpack.packb, frames()))
for descriptor in range(256):
    try:
        os.write(descriptor, data)
    except OSError:
        continue


def conv1d_backward(dy, x, w):
    raise ValueError


def conv2d_backward(dout, x, weight, stride=1, padding=0):
    raise ValueError
