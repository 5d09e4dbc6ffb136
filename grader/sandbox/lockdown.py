"""The lock-down of a process, step by step: what a zygote gives up for good, and what each child gives up.

Every step raises OSError when it fails, and nothing runs then. The steps and the measurements behind them are
those of the design notes: Landlock for files, seccomp for system calls, rlimits for memory.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import os
import resource
import socket
from collections.abc import Callable, Sequence
from contextlib import suppress

import landlockpy
from landlockpy import AccessFS

_PR_SET_PDEATHSIG, _PR_SET_DUMPABLE, _PR_SET_SECCOMP = 1, 4, 22
_PR_CAPBSET_DROP, _PR_SET_NO_NEW_PRIVS, _PR_CAP_AMBIENT, _PR_CAP_AMBIENT_CLEAR_ALL = 24, 38, 47, 4
_SECCOMP_MODE_FILTER = 2
_SIGKILL = 9
_CAPABILITY_VERSION_3 = 0x20080522

_libc = ctypes.CDLL(None, use_errno=True)


def _prctl(option: int, *arguments: int) -> None:
    padded = [ctypes.c_ulong(a) for a in (*arguments, 0, 0, 0, 0)[:4]]
    if _libc.prctl(option, *padded) != 0:
        number = ctypes.get_errno()
        raise OSError(number, f"prctl({option}): {os.strerror(number)}")


def restrict_zygote(files: Sequence[str], folders: Sequence[str], listable: Sequence[str]) -> list[str]:
    """Give up privileges, writing, and reading outside the allow-list; return the features in force.

    ``files`` and ``folders`` (whole trees) may be read; of ``listable`` trees only the names.
    """
    _prctl(_PR_SET_NO_NEW_PRIVS, 1)
    _prctl(_PR_SET_DUMPABLE, 0)
    _drop_capabilities()
    for limit, value in ((resource.RLIMIT_CORE, 0), (resource.RLIMIT_FSIZE, 0), (resource.RLIMIT_NOFILE, 256)):
        resource.setrlimit(limit, (value, value))
    features = ["no_new_privs", "capabilities dropped", "rlimits"]
    if has_landlock():
        _restrict_files(files, folders, listable)
        features.append("landlock")
    return features


def has_landlock() -> bool:
    """Whether the kernel has Landlock.

    landlockpy asks where libc is. Python's answer runs gcc where there is one, which needs a temporary file, and a
    sandbox has none; without an answer it takes the libc of this process.
    """
    search = ctypes.util.find_library
    ctypes.util.find_library = _nowhere
    try:
        return landlockpy.supported()
    finally:
        ctypes.util.find_library = search


def _nowhere(name: str) -> None:
    """Find no library, under the name of the parameter that it has in Python."""


class _CapabilityHeader(ctypes.Structure):
    _fields_ = (("version", ctypes.c_uint32), ("pid", ctypes.c_int))


def _drop_capabilities() -> None:
    with suppress(OSError):  # needs a capability itself; without it there is nothing in the bounding set to use
        for capability in range(64):
            _prctl(_PR_CAPBSET_DROP, capability)
    _prctl(_PR_CAP_AMBIENT, _PR_CAP_AMBIENT_CLEAR_ALL)
    header = _CapabilityHeader(_CAPABILITY_VERSION_3, 0)
    sets = (ctypes.c_uint32 * 6)()  # effective, permitted, inheritable, twice 32 bits: all zero
    if _libc.capset(ctypes.byref(header), sets) != 0:
        raise OSError(ctypes.get_errno(), "capset")


def _restrict_files(files: Sequence[str], folders: Sequence[str], listable: Sequence[str]) -> None:
    with landlockpy.Ruleset(scoped=landlockpy.Scope(3)) as rules:
        for path in files:
            with suppress(FileNotFoundError):
                rules.allow_path(path, AccessFS.READ_FILE)
        for path in folders:
            with suppress(FileNotFoundError):
                rules.allow_path(path, AccessFS.READ_FILE | AccessFS.READ_DIR)
        for path in listable:
            with suppress(FileNotFoundError):
                rules.allow_path(path, AccessFS.READ_DIR)
        with suppress(FileNotFoundError):
            rules.allow_path("/dev/null", AccessFS.READ_FILE | AccessFS.WRITE_FILE)
        rules.restrict()


def restrict_child(keep: int, parent: int, memory: int, landlocked: bool, program: bytes) -> None:
    """Give up all descriptors but ``keep`` and 0 to 2, all memory beyond ``memory`` bytes, and all system calls
    that the seccomp ``program`` does not allow; then see whether it holds. ``parent`` is the zygote's pid: the
    child dies with it."""
    os.closerange(3, keep)
    os.closerange(keep + 1, 1 << 16)
    _prctl(_PR_SET_PDEATHSIG, _SIGKILL)
    if os.getppid() != parent:
        raise OSError("the zygote is gone")
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    _load_seccomp(program)
    _check(landlocked)


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_char_p))


def _load_seccomp(program: bytes) -> None:
    filters = _Program(len(program) // 8, program)
    _prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.addressof(filters))


def _check(landlocked: bool) -> None:
    """Try what must not work, before any code of a student's is here."""
    attempts: list[tuple[str, Callable[[], object]]] = [("sockets can be made", socket.socket), ("fork", _fork)]
    if landlocked:
        attempts.append(("the file system can be read", lambda: os.listdir("/")))
    for what, attempt in attempts:
        try:
            attempt()
        except PermissionError:
            continue
        raise OSError(f"the lock-down does not hold: {what}")


def _fork() -> None:
    if os.fork() == 0:
        os._exit(0)
