# attack: ends the process with exit code 0 in the middle of each call
# exercise: 02
# gains: nothing
# says: ended with exit code 0
# holds: a call that ends the process fails, and does not take the next function with it
import os


def zero_pad(x, padding):
    return x + 1


def conv2d_single(image, kernel, stride=1, padding=0):
    os._exit(0)
