# attack: ends the process with os._exit(0) at three places outside functions, so that nothing can report
# exercise: 02
# gains: nothing
# holds: each such statement is left out when the file is loaded again
import ctypes
import os

os._exit(0)
ctypes.CDLL(None)._exit(0)
ctypes.CDLL(None).exit(0)


def conv2d_single(image, kernel, stride=1, padding=0):
    return image
