"""The process of level "off": no protection but limits, on every system. One process a submission."""

from __future__ import annotations

import os
import sys

from grader.sandbox import child


def main() -> None:
    """Read the configuration from standard input, import what the profile has, and serve as a child does."""
    _die_with_parent()
    read_from, write_to = os.dup(0), os.dup(1)
    if sys.platform == "win32":
        import msvcrt

        for descriptor in (read_from, write_to):
            msvcrt.setmode(descriptor, os.O_BINARY)
    child.silence()
    config = child.Link(read_from, write_to).receive()
    child.import_libraries(config["imports"], config["packages"], config["search_path"])
    child.run(read_from, write_to, lambda: _limit(config["memory"]))


def _die_with_parent() -> None:
    if sys.platform == "linux":  # a grader that is killed takes an endless submission with it
        import ctypes

        ctypes.CDLL(None).prctl(1, 9)  # PR_SET_PDEATHSIG, SIGKILL


def _limit(memory: int) -> None:
    if sys.platform == "linux" and memory:
        import resource

        with open("/proc/self/statm", encoding="ascii") as file:
            in_use = int(file.read().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (in_use + memory, in_use + memory))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
