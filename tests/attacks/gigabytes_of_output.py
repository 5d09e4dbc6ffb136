# attack: prints ten gigabytes
# exercise: 02
# gains: nothing
# holds: output is kept nowhere
import os
import sys

BLOCK = b"x" * (4 * 2**20)


printed = []


def conv2d_single(image, kernel, stride=1, padding=0):
    if printed:
        return image
    printed.append(True)
    for _ in range(2500):
        os.write(1, BLOCK)
        os.write(2, BLOCK)
    for _ in range(50):
        print("y" * 2**20)
        sys.stderr.write("z" * 2**20)
    return image
