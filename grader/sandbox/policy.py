"""What a sandbox may see and do: readable paths per profile, the seccomp allow-list, the bubblewrap command."""

from __future__ import annotations

import glob
import importlib.util
import os
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import grader.sandbox

_NUMPY_PACKAGES = ("numpy", "msgpack", "landlockpy")
_TORCH_PACKAGES = (
    *_NUMPY_PACKAGES, "torch", "torchgen", "functorch", "torchvision", "scipy", "PIL", "typing_extensions", "sympy",
    "mpmath", "networkx", "jinja2", "markupsafe", "fsspec", "filelock", "packaging", "nvidia", "triton",
)  # fmt: skip
_PACKAGES = {"numpy": _NUMPY_PACKAGES, "torch": _TORCH_PACKAGES}
_IMPORTS = {
    "numpy": ("numpy", "numpy.random", "numpy.linalg", "numpy.lib.stride_tricks"),
    "torch": ("numpy", "numpy.random", "torch", "torch.nn", "torch.utils.data"),
}
_LIBRARIES = ("/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/local/lib")
_FILES = ("/etc/ld.so.cache", "/proc/cpuinfo", "/proc/meminfo", "/dev/urandom", "/dev/zero")
_PROCESSORS = "/sys/devices/system/cpu"

ENVIRONMENT = {
    "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "0", "PYTHONUTF8": "1", "HOME": "/nonexistent",
    "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1", "NUMEXPR_NUM_THREADS": "1",
    "TORCHINDUCTOR_CACHE_DIR": "/",
}  # fmt: skip
"""The whole environment of a sandbox: one thread, so that results repeat to the bit; hashes without salt. The first
use of torch.optim asks for a cache folder, and for a place to write where none is named: "/" is there already."""

_CPU_VARIABLES = ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE")


@dataclass(frozen=True)
class Sight:
    """What a sandbox of one profile can read.

    ``folders`` and ``files`` are the allow-list; ``listable`` are folders of which only names are readable.
    ``roots`` hold the folders, ``masks`` are the places inside roots that must not be seen, and ``packages`` the
    chosen packages inside or outside those masks: the same sight in the terms of a mount namespace. ``search_path``
    is where they are found until ``imports`` are imported; nothing else that is there can be imported afterwards.
    """

    folders: tuple[str, ...]
    files: tuple[str, ...]
    listable: tuple[str, ...]
    roots: tuple[str, ...]
    masks: tuple[str, ...]
    packages: tuple[str, ...]
    search_path: tuple[str, ...]
    imports: tuple[str, ...]


def interpreter() -> str:
    """Return the interpreter behind a virtual environment's link."""
    return os.path.realpath(getattr(sys, "_base_executable", sys.executable))


def environment() -> dict[str, str]:
    """Return the environment of a sandbox: nothing of the user's but which kernels OpenBLAS should use."""
    return ENVIRONMENT | {name: os.environ[name] for name in _CPU_VARIABLES if name in os.environ}


@cache
def sight(profile: str) -> Sight:
    """Return what a sandbox of this profile can read. Imports none of the packages."""
    standard = os.path.dirname(os.path.realpath(os.__file__))
    roots = _existing([standard, *_LIBRARIES, os.path.join(sys.base_prefix, "lib")])
    packages = [path for name in _PACKAGES[profile] for path in _package(name)]
    masks = _masks(roots, standard)
    folders: list[str] = []
    files = [*_FILES, *(path for path in packages if not os.path.isdir(path))]
    listable: list[str] = []
    for root in roots:
        _expand(root, masks, folders, files, listable)
    inside = os.path.dirname(os.path.realpath(grader.sandbox.__file__))
    search = dict.fromkeys(os.path.dirname(path) for path in packages)
    return Sight(
        folders=tuple(_outermost([*folders, inside, *(p for p in packages if os.path.isdir(p)), _PROCESSORS])),
        files=tuple(files),
        listable=tuple(listable),
        roots=tuple(_outermost(roots)),
        masks=tuple(mask for mask in masks if os.path.isdir(mask)),
        packages=(*packages, inside),
        search_path=tuple(search),
        imports=_IMPORTS[profile],
    )


def _existing(paths: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(os.path.realpath(path) for path in paths if os.path.isdir(path)))


def _outermost(paths: Iterable[str]) -> list[str]:
    unique = sorted(set(paths))
    return [p for p in unique if not any(p != q and p.startswith(q + os.sep) for q in unique)]


def _package(name: str) -> list[str]:
    """Return where a package lies: its folder or file, and the folder of shared libraries that a wheel adds."""
    spec = importlib.util.find_spec(name)
    if spec is None:
        return []
    if spec.submodule_search_locations:
        places = [os.path.realpath(place) for place in spec.submodule_search_locations]
    else:
        places = [os.path.realpath(str(spec.origin))]
    libraries = [f"{os.path.dirname(places[0])}/{name}.libs", f"{os.path.dirname(places[0])}/pillow.libs"]
    return [*places, *(place for place in libraries if os.path.isdir(place) and (name == "PIL" or name in place))]


def _masks(roots: list[str], standard: str) -> list[str]:
    """Return the folders of installed packages, and the course itself, as far as they lie below the roots."""
    found = [path for root in roots for path in glob.glob(f"{root}/python3*/*-packages")]
    found += glob.glob(f"{standard}/*-packages")
    found += [os.path.realpath(entry) for entry in sys.path if entry and os.path.isdir(entry)]
    course = importlib.util.find_spec("cnnexercises")
    if course is not None and course.origin is not None:
        found.append(str(Path(course.origin).resolve().parent.parent))
    dynamic = os.path.join(standard, "lib-dynload")
    inner = [path for path in found if any(path.startswith(root + os.sep) for root in roots)]
    return sorted({os.path.realpath(path) for path in inner} - {standard, dynamic})


def _expand(root: str, masks: list[str], folders: list[str], files: list[str], listable: list[str]) -> None:
    """Split a tree into the subtrees without a mask in them: an allow-list cannot take back what it gave."""
    if root in masks:
        return
    if not any(mask.startswith(root + os.sep) for mask in masks):
        folders.append(root)
        return
    listable.append(root)
    for entry in os.scandir(root):
        path = os.path.join(root, entry.name)
        if entry.is_symlink():
            continue
        if entry.is_dir():
            _expand(path, masks, folders, files, listable)
        else:
            files.append(path)


def bubblewrap(program: str, profile: str, command: list[str]) -> list[str]:
    """Return the command that runs ``command`` in namespaces of its own, seeing only what the profile may."""
    view = sight(profile)
    arguments = [program, "--unshare-all", "--die-with-parent", "--new-session", "--cap-drop", "ALL", "--clearenv"]
    for name, value in environment().items():
        arguments += ["--setenv", name, value]
    for path in (*view.roots, os.path.dirname(interpreter()), *_LIBRARIES):
        arguments += ["--ro-bind-try", path, path]
    for mask in view.masks:
        arguments += ["--tmpfs", mask]
    for path in view.packages:
        arguments += ["--ro-bind", path, path]
    arguments += ["--ro-bind-try", "/etc/ld.so.cache", "/etc/ld.so.cache", "--ro-bind-try", _PROCESSORS, _PROCESSORS]
    arguments += ["--proc", "/proc", "--dev", "/dev", "--chdir", "/", "--remount-ro", "/"]
    return [*arguments, "--", *command]


_ALLOWED = (
    "access", "brk", "clock_getres", "clock_gettime", "clock_nanosleep", "close", "dup", "dup2", "dup3",
    "exit", "exit_group", "faccessat", "faccessat2", "fadvise64", "fstat", "fstatfs", "futex", "getcpu",
    "getcwd", "getdents64", "getegid", "geteuid", "getgid", "getpgrp", "getpid", "getppid", "getrandom", "getrlimit",
    "getrusage", "gettid", "gettimeofday", "getuid", "lseek", "lstat", "madvise", "membarrier", "mincore", "mmap",
    "mprotect", "mremap", "munmap", "nanosleep", "newfstatat", "open", "openat", "poll", "ppoll", "pread64", "preadv",
    "pselect6", "pwrite64", "read", "readlink", "readlinkat", "readv", "restart_syscall", "rseq", "rt_sigaction",
    "rt_sigprocmask", "rt_sigreturn", "sched_getaffinity", "sched_yield", "select", "set_robust_list",
    "set_tid_address", "sigaltstack", "stat", "statfs", "statx", "sysinfo", "time", "times", "umask", "uname", "write",
    "writev",
)  # fmt: skip
_CLONE_THREAD = 0x10000
_PR_SET_NAME, _PR_GET_NAME = 15, 16
_FCNTL = (0, 1, 2, 3, 1030)  # F_DUPFD, F_GETFD, F_SETFD, F_GETFL, F_DUPFD_CLOEXEC
_F_SETFL, _O_ASYNC = 4, 0x2000
_EPERM, _ENOSYS = 1, 38


@cache
def seccomp_program(profile: str) -> bytes:
    """Return the allow-list of system calls as BPF; everything else is answered with EPERM.

    No process can be made, and a thread only where torch is: a submission with 5,000 threads takes the processor
    from its neighbours, and the machine's process numbers in seconds. clone needs CLONE_THREAD, and clone3, whose
    flags a filter cannot see, does not exist, so that glibc falls back to clone. fcntl cannot choose a process and
    a signal for a descriptor (F_SETOWN, F_SETSIG, O_ASYNC): the kernel would send that signal, SIGKILL too.
    Raises OSError where libseccomp is missing.
    """
    import pyseccomp

    rules = pyseccomp.SyscallFilter(defaction=pyseccomp.ERRNO(_EPERM))
    for name in _ALLOWED:
        rules.add_rule(pyseccomp.ALLOW, name)
    if profile == "torch":
        thread = pyseccomp.Arg(0, pyseccomp.MASKED_EQ, _CLONE_THREAD, _CLONE_THREAD)
        rules.add_rule(pyseccomp.ALLOW, "clone", thread)
    rules.add_rule(pyseccomp.ERRNO(_ENOSYS), "clone3")
    for command in _FCNTL:
        rules.add_rule(pyseccomp.ALLOW, "fcntl", pyseccomp.Arg(1, pyseccomp.EQ, command))
    set_flags = pyseccomp.Arg(1, pyseccomp.EQ, _F_SETFL)
    rules.add_rule(pyseccomp.ALLOW, "fcntl", set_flags, pyseccomp.Arg(2, pyseccomp.MASKED_EQ, _O_ASYNC, 0))
    for option in (_PR_SET_NAME, _PR_GET_NAME):
        rules.add_rule(pyseccomp.ALLOW, "prctl", pyseccomp.Arg(0, pyseccomp.EQ, option))
    for own in ("prlimit64", "sched_setaffinity"):
        rules.add_rule(pyseccomp.ALLOW, own, pyseccomp.Arg(0, pyseccomp.EQ, 0))
    with tempfile.TemporaryFile() as file:
        rules.export_bpf(file)
        file.seek(0)
        return file.read()
