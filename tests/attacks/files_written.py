# attack: writes, deletes, renames, links and truncates files wherever there may be some
# exercise: 02
# gains: nothing
# says: nothing worked
# holds: nothing on the disk is changed
import ctypes
import os
import shutil
import tempfile

CANARIES = []
PROJECT = ""
libc = ctypes.CDLL(None, use_errno=True)
worked = []


def attempt(what, function):
    try:
        result = function()
    except BaseException:
        return
    if not (isinstance(result, int) and result < 0):
        worked.append(what)


def into(folder):
    path = os.path.join(folder, "cnnex-attack")
    attempt(f"create {folder}", lambda: os.open(path, os.O_CREAT | os.O_WRONLY))
    attempt(f"O_TMPFILE {folder}", lambda: os.open(folder, os.O_TMPFILE | os.O_RDWR))
    attempt(f"mkdir {folder}", lambda: os.mkdir(path))
    attempt(f"symlink {folder}", lambda: os.symlink("/etc/passwd", path))
    attempt(f"mkfifo {folder}", lambda: os.mkfifo(path))
    attempt(f"mknod {folder}", lambda: os.mknod(path))
    attempt(f"creat {folder}", lambda: libc.creat(path.encode(), 0o777))
    attempt(f"openat {folder}", lambda: libc.syscall(257, -100, path.encode(), os.O_CREAT | os.O_RDWR, 0o777))
    attempt(f"temporary {folder}", lambda: tempfile.mkstemp(prefix="cnnex-attack", dir=folder))


def change(path):
    attempt(f"write {path}", lambda: open(path, "r+").write("spoilt"))
    attempt(f"append {path}", lambda: os.open(path, os.O_WRONLY | os.O_APPEND))
    attempt(f"truncate {path}", lambda: os.truncate(path, 0))
    attempt(f"O_TRUNC {path}", lambda: os.open(path, os.O_RDONLY | os.O_TRUNC))
    attempt(f"unlink {path}", lambda: os.unlink(path))
    attempt(f"rename {path}", lambda: os.rename(path, path + ".cnnex-attack"))
    attempt(f"link {path}", lambda: os.link(path, path + ".cnnex-attack"))
    attempt(f"chmod {path}", lambda: os.chmod(path, 0o777))
    attempt(f"chown {path}", lambda: os.chown(path, 1000, 1000))
    attempt(f"utime {path}", lambda: os.utime(path, (0, 0)))
    attempt(f"setxattr {path}", lambda: os.setxattr(path, "user.x", b"1"))
    attempt(f"rmtree {path}", lambda: shutil.rmtree(path + ".cnnex-attack"))


def try_all():
    for folder in ("/tmp", "/var/tmp", "/dev/shm", "/", "/root", "/run", "/dev", "/proc/self", os.getcwd(), PROJECT or "/etc",
                   os.path.dirname(np.__file__), os.path.dirname(os.__file__), *map(os.path.dirname, CANARIES)):
        into(folder)
    for path in CANARIES:
        change(path)
    for path in (f"{PROJECT}/pyproject.toml", f"{PROJECT}/grader/sandbox/wire.py", np.__file__, os.__file__, "/dev/mem"):
        for flags in (os.O_WRONLY, os.O_RDWR, os.O_WRONLY | os.O_APPEND):
            attempt(f"open {path}", lambda path=path, flags=flags: os.open(path, flags))
    for descriptor in range(3):
        attempt(f"ftruncate {descriptor}", lambda descriptor=descriptor: os.ftruncate(descriptor, 1))


import numpy as np


def conv2d_single(image, kernel, stride=1, padding=0):
    if not worked:
        try_all()
    raise RuntimeError(" ".join(worked) or "nothing " + "worked")
