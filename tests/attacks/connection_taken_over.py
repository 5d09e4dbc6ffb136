# attack: reads the questions from the connection itself, and serves them with answers and verdicts of its own
# exercise: 02
# gains: nothing
# holds: who answers does not matter, only what
import os

import msgpack
import numpy as np


def serve(descriptor):
    while True:
        size = int.from_bytes(os.read(descriptor, 4), "big")
        data = b""
        while len(data) < size:
            data += os.read(descriptor, size - len(data))
        request = msgpack.unpackb(data)
        zeros = np.zeros((3, 3))
        value = ["a", "<f8", [3, 3], "C", zeros.tobytes()]
        answer = {"kind": "returned", "value": value, "changed": [], "shares": False, "passed": True}
        if request.get("kind") == "load":
            answer = {"kind": "loaded", "defined": request["wanted"], "errors": []}
        body = msgpack.packb(answer)
        os.write(descriptor, len(body).to_bytes(4, "big") + body)


body = msgpack.packb({"kind": "loaded", "defined": ["zero_pad", "conv2d_single", "conv2d_forward"], "errors": []})
for number in range(3, 64):
    try:
        os.write(number, len(body).to_bytes(4, "big") + body)
        serve(number)
    except OSError:
        continue


def conv2d_single(image, kernel, stride=1, padding=0):
    return None
