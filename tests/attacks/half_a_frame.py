# attack: begins a frame, and leaves the grader to wait for the rest of it
# exercise: 02
# gains: nothing
# says: did not end within
# holds: the time limit counts for every byte of an answer
import os
import time


def conv2d_single(image, kernel, stride=1, padding=0):
    for descriptor in range(3, 64):
        try:
            os.write(descriptor, (1000).to_bytes(4, "big") + b"\x80")
        except OSError:
            continue
    while True:
        time.sleep(60)
