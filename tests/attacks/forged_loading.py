# attack: claims while it loads that it was loaded, with errors in places that do not exist
# exercise: 04
# gains: nothing
# holds: a message that makes no sense is a broken protocol, and never an error of the grader
import itertools
import os

import msgpack

turn = itertools.count()
ERROR = {"bases": ["ValueError"], "text": "", "place": None, "waits_for": None}
MESSAGES = (
    {"kind": "loaded", "defined": ["conv1d_backward"], "errors": [ERROR | {"at": [-1, -1]}]},
    {"kind": "loaded", "defined": {"conv1d_backward": 1}, "errors": [ERROR | {"at": "xy"}] * 99},
    {"kind": "raised", "bases": [], "text": "", "place": None, "waits_for": None},
    {"kind": "raised", "bases": "ValueError", "text": [[[[]]]], "place": [0], "waits_for": {}},
    {"kind": "raised", "bases": ["A" * 10**6, None], "text": "x" * 10**6, "place": [2**63, 2**63, "f"], "waits_for": None},
    {"kind": "raised", "bases": ["\x1b[2J", "E"], "text": "\x00", "place": [0, 10**9, "\x1b]0;x\x07"], "waits_for": "x\n"},
    {"kind": "returned", "value": ["a", "<f8", [0, 2**64 - 1], "C", b""], "changed": [-100], "shares": 1},
    {"kind": "returned", "value": ["a", "|O8", [1], "C", b"\0" * 8], "changed": [], "shares": False},
    {"kind": "returned", "value": ["a", "<f8", [2**62, 4], "S", b""], "changed": [], "shares": False},
    {"kind": "returned", "value": ["i", "z"], "changed": [], "shares": False},
    {"kind": "returned", "value": ["d", [[[], []]]], "changed": [], "shares": False},
    {"kind": "returned", "value": ["T", "<f4", [3], "F", b"\0" * 12], "changed": ["x" * 10**6] * 30, "shares": False},
    {"kind": "returned"}, {"kind": "missing"}, {"kind": None}, {}, [], None, 3, "ready", {"kind": ["returned"]},
    {"kind": "raised", "bases": ["NotImplementedError"], "text": "", "place": None, "waits_for": "conv1d_backward"},
    {"kind": "ready"}, {"kind": "fault", "text": "not my fault"}, {"kind": "at", "unit": -1, "line": None},
    {"kind": "progress", "value": ["a", "<f8", [0, 2**64 - 1], "C", b""]}, {"kind": "progress"},
)


def send(message):
    body = msgpack.packb(message)
    for descriptor in range(3, 64):
        try:
            os.write(descriptor, len(body).to_bytes(4, "big") + body)
        except OSError:
            continue


for message in MESSAGES:
    send(message)


def conv1d_backward(dy, x, w):
    send(MESSAGES[next(turn) % len(MESSAGES)])


def conv2d_backward(dout, x, weight, stride=1, padding=0):
    send(MESSAGES[-1 - next(turn) % len(MESSAGES)])
