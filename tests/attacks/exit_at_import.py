# attack: leaves with exit code 0 while it loads, before anything can be called
# exercise: 02
# gains: nothing
# holds: a program that ends early passes nothing, and the functions beside the exit are graded
import atexit
import sys

atexit.register(print, "all tests passed")
sys.exit(0)
raise SystemExit(0)


def conv2d_single(image, kernel, stride=1, padding=0):
    sys.exit(0)
