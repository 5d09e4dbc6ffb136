# attack: takes memory until there is none, in bytes, in arrays and in small objects, and holds on to it
# exercise: 02
# gains: nothing
# says: more than 256 MiB
# holds: memory ends at its limit, in words, and the next call has it again
import numpy as np

held = []


def zero_pad(x, padding):
    while True:
        held.append(bytearray(16 * 2**20))


def conv2d_single(image, kernel, stride=1, padding=0):
    while True:
        held.append(np.ones((512, 1024)))


def conv2d_forward(x, weight, bias=None, stride=1, padding=0):
    held.append([0] * 10**9)
