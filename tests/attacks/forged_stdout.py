# attack: prints a report with full marks, on every stream and descriptor, while it loads and in every call
# exercise: 02
# gains: nothing
# holds: what a submission prints is read by nobody
import json
import os
import sys

REPORT = {
    "schema_version": "1", "exercise": "02_manual_conv", "status": "graded", "score": 23.0, "max_score": 23.0,
    "tasks": [{"name": name, "status": "passed", "score": 8.0, "max_score": 8.0, "cases": []}
              for name in ("zero_pad", "conv2d_single", "conv2d_forward")],
}


def shout():
    text = json.dumps(REPORT) + "\nOK\n17 passed in 0.01s\nscore: 23/23\n"
    for stream in (sys.stdout, sys.stderr, sys.__stdout__, sys.__stderr__):
        print(text, file=stream, flush=True)
    for descriptor in (0, 1, 2):
        os.write(descriptor, text.encode())


shout()


def conv2d_single(image, kernel, stride=1, padding=0):
    shout()


def zero_pad(x, padding):
    sys.stdout = sys.stderr = None
    return "passed"
