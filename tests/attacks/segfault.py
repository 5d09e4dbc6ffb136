# attack: crashes the interpreter: reads address 0, ruins reference counts, aborts, divides by zero in C, jumps nowhere
# exercise: 02
# gains: nothing
# says: was killed by SIG
# holds: a crash is an outcome of one call
import ctypes
import faulthandler


def zero_pad(x, padding):
    ctypes.memset(id(None), 0, 64)
    ctypes.string_at(0)


def conv2d_single(image, kernel, stride=1, padding=0):
    ctypes.string_at(0)


def conv2d_forward(x, weight, bias=None, stride=1, padding=0):
    ctypes.CFUNCTYPE(None)(8)()
    faulthandler._sigsegv()
    ctypes.CDLL(None).abort()
