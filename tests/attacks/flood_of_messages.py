# attack: sends notices of progress and of places for ever, instead of an answer
# exercise: 04
# gains: nothing
# says: did not end within
# holds: the time limit holds while messages come
import os

import msgpack

body = msgpack.packb({"kind": "at", "unit": 0, "line": 1})
more = msgpack.packb({"kind": "progress", "value": ["d", [["step", 1], ["total", 2], ["loss", 0.5]]]})
data = (len(body).to_bytes(4, "big") + body + len(more).to_bytes(4, "big") + more) * 500


def conv1d_backward(dy, x, w):
    descriptors = []
    for descriptor in range(3, 64):
        try:
            os.fstat(descriptor)
            descriptors.append(descriptor)
        except OSError:
            continue
    while True:
        for descriptor in descriptors:
            try:
                os.write(descriptor, data)
            except OSError:
                continue
