# attack: hides code in finalisers, weak references and buffers that run while an answer is taken apart
# exercise: 02
# gains: nothing
# holds: they run in the submission's process, and change nothing that was sent
import gc
import os
import weakref

import msgpack
import numpy as np

body = msgpack.packb({"kind": "returned", "value": None, "changed": [], "shares": False})


def forge():
    for descriptor in range(3, 32):
        try:
            os.write(descriptor, len(body).to_bytes(4, "big") + body)
        except OSError:
            continue


class Trap:
    def __del__(self):
        forge()
        Trap.kept = self


gc.callbacks.append(lambda phase, info: forge() if phase == "stop" and info["generation"] == 2 else None)


def conv2d_single(image, kernel, stride=1, padding=0):
    answer = np.zeros((3, 3))
    weakref.finalize(answer, forge)
    return [Trap(), answer]


def zero_pad(x, padding):
    loop = [Trap()]
    loop.append(loop)
    del loop
    gc.collect()
    return x + 1
