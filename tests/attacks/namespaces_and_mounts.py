# attack: makes namespaces of its own and changes mounts: unshare, setns, mount, umount, pivot_root, chroot, new mount API
# exercise: 02
# gains: nothing
# says: nothing worked
# holds: what is mounted and visible stays as it is
import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
libc.syscall.restype = ctypes.c_long
worked = []


def attempt(what, function):
    ctypes.set_errno(0)
    try:
        result = function()
    except OSError as error:
        if error.errno == 1:
            return
    except BaseException:
        return
    else:
        if isinstance(result, int) and result < 0 and ctypes.get_errno() == 1:
            return
    worked.append(what)  # permitted: the arguments name nothing, so that nothing comes of it


def system_call(number, *arguments):
    return libc.syscall(ctypes.c_long(number), *(
        ctypes.c_long(argument) if isinstance(argument, int) else argument for argument in arguments))


def try_all():
    for flag in (0x10000000, 0x20000, 0x20000000, 0x40000000, 0x8000000, 0x4000000, 0x2000000, 0x80, 0x400, 0x200):
        attempt(f"unshare {flag:x}", lambda flag=flag: libc.unshare(flag))
    for descriptor in range(3, 32):
        attempt("setns", lambda descriptor=descriptor: libc.setns(descriptor, 0))
    nowhere = b"/nonexistent/cnnex"
    for kind, flags in ((None, 4096), (b"tmpfs", 0), (b"proc", 0), (None, 32), (None, 1 << 18)):
        attempt("mount", lambda k=kind, f=flags: libc.mount(b"none", nowhere, k, ctypes.c_ulong(f), None))
    attempt("umount", lambda: libc.umount2(nowhere, 2))
    attempt("pivot_root", lambda: system_call(155, nowhere, nowhere))
    attempt("chroot", lambda: os.chroot("/"))
    attempt("chdir", lambda: os.chdir("/"))
    attempt("open_tree", lambda: system_call(428, -100, nowhere, 1))
    attempt("fsopen", lambda: system_call(430, b"tmpfs", 0))
    attempt("mount_setattr", lambda: system_call(442, -100, nowhere, 0, 0, 0))
    attempt("sethostname", lambda: libc.sethostname(None, 5))
    attempt("setuid", lambda: os.setuid(1000))
    attempt("setgroups", lambda: os.setgroups([]))
    attempt("capset", lambda: system_call(126, 0, 0))


def conv2d_single(image, kernel, stride=1, padding=0):
    if not worked:
        try_all()
    raise RuntimeError(" ".join(worked) or "nothing " + "worked")
