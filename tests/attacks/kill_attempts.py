# attack: sends signals to its parent, to the first process, to its group and to every process number near by
# exercise: 02
# gains: nothing
# says: nothing worked
# holds: a submission can signal nobody
import ctypes
import os
import signal

libc = ctypes.CDLL(None, use_errno=True)
libc.syscall.restype = ctypes.c_long
worked = []


def attempt(what, function):
    try:
        result = function()
    except BaseException:
        return
    if result is None or (isinstance(result, int) and result >= 0):
        worked.append(what)


def system_call(number, *arguments):
    return libc.syscall(ctypes.c_long(number), *(ctypes.c_long(argument) for argument in arguments))


def try_all():
    parent, own = os.getppid(), os.getpid()
    near = [number for number in range(max(2, own - 20), own + 20) if number != own]
    for pid in (parent, 1, -1, 0, -parent, -os.getpgrp(), *near):
        # Signal 0 asks for the same permission, and spares the machine on which this sandbox should fail.
        attempt(f"kill {pid}", lambda pid=pid: os.kill(pid, 0))
        attempt(f"tgkill {pid}", lambda pid=pid: system_call(234, pid, pid, 0))
        attempt(f"tkill {pid}", lambda pid=pid: system_call(200, pid, 0))
        attempt(f"pidfd_open {pid}", lambda pid=pid: os.pidfd_open(pid))
    for number in (signal.SIGKILL, signal.SIGSTOP, signal.SIGTERM):
        attempt("kill parent", lambda number=number: os.kill(parent, number))
        attempt("queue parent", lambda number=number: system_call(129, parent, number, 0))
    for descriptor in range(3, 64):
        attempt(f"pidfd {descriptor}", lambda descriptor=descriptor: signal.pidfd_send_signal(descriptor, 9))
    attempt("killpg", lambda: os.killpg(os.getpgrp(), 0))
    attempt("setsid", os.setsid)
    attempt("setpgid", lambda: os.setpgid(0, parent))


def conv2d_single(image, kernel, stride=1, padding=0):
    if not worked:
        try_all()
    raise RuntimeError(" ".join(worked) or "nothing " + "worked")
