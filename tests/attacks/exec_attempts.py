# attack: replaces its process by another program: exec in all its forms, by path, by descriptor and from memory
# exercise: 02
# gains: nothing
# says: nothing worked
# holds: no other program ever runs in the place of the submission
import ctypes
import os
import sys

libc = ctypes.CDLL(None, use_errno=True)
libc.syscall.restype = ctypes.c_long
worked = []
PROGRAMS = (sys.executable, "/bin/sh", "/bin/true", "/usr/bin/env", "/lib64/ld-linux-x86-64.so.2", "/proc/self/exe")


def attempt(function):
    try:
        function()
    except BaseException:
        return


def system_call(number, *arguments):
    return libc.syscall(ctypes.c_long(number), *arguments)


def vector(*texts):
    return (ctypes.c_char_p * (len(texts) + 1))(*texts, None)


def conv2d_single(image, kernel, stride=1, padding=0):
    for program in PROGRAMS:
        path = program.encode()
        for run in (
            lambda program=program: os.execv(program, [program, "-c", "exit"]),
            lambda program=program: os.execve(program, [program], {}),
            lambda program=program: os.execve(os.open(program, os.O_RDONLY), [program], {}),
            lambda path=path: system_call(59, path, vector(path), vector()),
            lambda path=path: system_call(322, -100, path, vector(path), vector(), 0),
        ):
            attempt(run)
    raise RuntimeError(" ".join(worked) or "nothing " + "worked")
