# attack: forks in every way that there is: os.fork, vfork, clone, clone3, spawn, multiprocessing, double forks
# exercise: 02
# gains: nothing
# says: nothing worked
# holds: a submission is one process for as long as it lives
import ctypes
import multiprocessing
import os
import pty
import subprocess
import time

libc = ctypes.CDLL(None, use_errno=True)
libc.syscall.restype = ctypes.c_long
worked = []


def attempt(what, make):
    try:
        result = make()
    except BaseException:
        return
    if result == 0:
        time.sleep(30)  # a child: still there when the test looks
        os._exit(0)
    if not isinstance(result, int) or result > 0:
        worked.append(what)


def system_call(number, *arguments):
    return libc.syscall(ctypes.c_long(number), *(ctypes.c_ulong(argument) for argument in arguments))


def clone3(flags):
    arguments = (ctypes.c_uint64 * 11)(flags, 0, 0, 0, 17)
    return system_call(435, ctypes.addressof(arguments), 88)


def try_all():
    attempt("fork", os.fork)
    attempt("forkpty", lambda: os.forkpty()[0])
    attempt("pty.fork", lambda: pty.fork()[0])
    attempt("libc fork", libc.fork)
    attempt("syscall fork", lambda: system_call(57))
    attempt("syscall vfork", lambda: system_call(58))
    for flags in (17, 0x11 | 0x100, 0x100 | 0x4000 | 17, 0x8000 | 17, 0x10000000 | 17, 0x7E020000 | 17, 0):
        attempt(f"clone {flags:x}", lambda flags=flags: system_call(56, flags, 0, 0, 0, 0))
        attempt(f"clone3 {flags:x}", lambda flags=flags: clone3(flags & ~17))
    attempt("posix_spawn", lambda: os.posix_spawn("/bin/true", ["true"], {}))
    attempt("subprocess", lambda: subprocess.Popen(["/bin/sleep", "60"]))
    attempt("os.system", lambda: os.system("sleep 60 &") or 1)
    attempt("os.popen", lambda: os.popen("id").read())
    attempt("multiprocessing", lambda: multiprocessing.get_context("fork").Process(target=time.sleep, args=(60,)).start())
    attempt("spawn", lambda: multiprocessing.get_context("spawn").Process(target=time.sleep, args=(60,)).start())


def conv2d_single(image, kernel, stride=1, padding=0):
    if not worked:
        try_all()
    real = [what for what in worked if what != "os.system" or os.system("exit 7") == 7 << 8]
    raise RuntimeError(" ".join(real) or "nothing " + "worked")
