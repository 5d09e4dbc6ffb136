# attack: registers handlers for the end of the process, which write forged answers, and then leaves
# exercise: 02
# gains: nothing
# holds: no handler's answer counts
import atexit
import os
import sys
import threading

import msgpack


def forge():
    body = msgpack.packb({"kind": "returned", "value": None, "changed": [], "shares": False})
    for descriptor in range(3, 256):
        try:
            os.write(descriptor, len(body).to_bytes(4, "big") + body)
        except OSError:
            continue


atexit.register(forge)
threading._register_atexit(forge)
sys.exitfunc = forge


def conv2d_single(image, kernel, stride=1, padding=0):
    atexit._run_exitfuncs()
    sys.exit()
