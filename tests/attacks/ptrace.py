# attack: reads and writes the memory of other processes: ptrace, process_vm_readv, /proc/PID/mem, pidfd_getfd, kcmp
# exercise: 02
# gains: nothing
# says: nothing worked
# holds: no other process's memory or descriptors can be reached
import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
libc.syscall.restype = ctypes.c_long
worked = []


class Piece(ctypes.Structure):
    _fields_ = (("base", ctypes.c_void_p), ("length", ctypes.c_size_t))


def attempt(what, function):
    try:
        result = function()
    except BaseException:
        return
    if not isinstance(result, int) or result >= 0:
        worked.append(what)


def system_call(number, *arguments):
    converted = (argument if not isinstance(argument, int) else ctypes.c_ulong(argument) for argument in arguments)
    return libc.syscall(ctypes.c_long(number), *converted)


def try_all():
    room = ctypes.create_string_buffer(64)
    mine = Piece(ctypes.addressof(room), 64)
    theirs = Piece(id(room), 64)  # after a fork, the parent has its own copy at the same place
    for pid in (os.getppid(), 1, os.getpid() - 1, os.getpid() - 2):
        for request in (16, 0x4206):
            attempt(f"ptrace {pid}", lambda pid=pid, request=request: system_call(101, request, pid, 0, 0))
        for number in (310, 311):
            attempt(f"process_vm {pid}", lambda pid=pid, number=number: system_call(
                number, pid, ctypes.byref(mine), 1, ctypes.byref(theirs), 1, 0))
        for name in ("mem", "environ", "maps", "cmdline", "status", "fd", "root/etc/passwd", "cwd", "task"):
            attempt(f"{name} {pid}", lambda pid=pid, name=name: os.open(f"/proc/{pid}/{name}", os.O_RDONLY))
            attempt(f"write {name} {pid}", lambda pid=pid, name=name: os.open(f"/proc/{pid}/{name}", os.O_RDWR))
        attempt(f"kcmp {pid}", lambda pid=pid: system_call(312, pid, os.getpid(), 0, 0, 0))
        attempt(f"readlink {pid}", lambda pid=pid: os.readlink(f"/proc/{pid}/exe"))
        attempt(f"cwd {pid}", lambda pid=pid: os.readlink(f"/proc/{pid}/cwd"))
    attempt("traceme", lambda: system_call(101, 0, 0, 0, 0))
    for name in ("mem", "maps", "environ", "cmdline", "fd"):
        attempt(f"own {name}", lambda name=name: os.open(f"/proc/self/{name}", os.O_RDONLY))
    for descriptor in range(3, 32):
        attempt("pidfd_getfd", lambda descriptor=descriptor: system_call(438, descriptor, 3, 0))


def conv2d_single(image, kernel, stride=1, padding=0):
    if not worked:
        try_all()
    raise RuntimeError(" ".join(worked) or "nothing " + "worked")
