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
    try:
        result = function()
    except BaseException:
        return
    if not isinstance(result, int) or result >= 0:
        worked.append(what)


def system_call(number, *arguments):
    return libc.syscall(ctypes.c_long(number), *(
        ctypes.c_long(argument) if isinstance(argument, int) else argument for argument in arguments))


def try_all():
    for flag in (0x10000000, 0x20000, 0x20000000, 0x40000000, 0x8000000, 0x4000000, 0x2000000, 0x80, 0x400, 0x200):
        attempt(f"unshare {flag:x}", lambda flag=flag: libc.unshare(flag))
    for descriptor in range(3, 32):
        attempt("setns", lambda descriptor=descriptor: libc.setns(descriptor, 0))
    for source, target, kind, flags in (
        (b"/", b"/", None, 4096), (b"none", b"/tmp", b"tmpfs", 0), (b"proc", b"/proc", b"proc", 0), (None, b"/", None, 32),
        (b"none", b"/", None, 1 << 18),
    ):
        attempt("mount", lambda s=source, t=target, k=kind, f=flags: libc.mount(s, t, k, f, None))
    for place in (b"/proc", b"/dev", b"/tmp", b"/", b"/usr/lib"):
        attempt("umount", lambda place=place: libc.umount2(place, 2))
    attempt("pivot_root", lambda: system_call(155, b"/", b"/"))
    attempt("chroot", lambda: os.chroot("/"))
    attempt("chdir", lambda: os.chdir("/proc"))
    attempt("open_tree", lambda: system_call(428, -100, b"/", 1))
    attempt("fsopen", lambda: system_call(430, b"tmpfs", 0))
    attempt("mount_setattr", lambda: system_call(442, -100, b"/", 0, 0, 0))
    attempt("sethostname", lambda: libc.sethostname(b"pwned", 5))
    attempt("setuid", lambda: os.setuid(1000))
    attempt("setgroups", lambda: os.setgroups([]))
    attempt("capset", lambda: system_call(126, 0, 0))


def conv2d_single(image, kernel, stride=1, padding=0):
    if not worked:
        try_all()
    raise RuntimeError(" ".join(worked) or "nothing " + "worked")
