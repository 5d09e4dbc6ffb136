"""The warm parent inside the sandbox: imports NumPy or torch once, locks itself down, and forks a child per job."""

from __future__ import annotations

import gc
import os
import resource
import socket
import time
from contextlib import suppress
from functools import partial
from typing import Any

import msgpack

from grader.sandbox import child, lockdown


def main(control: int) -> None:
    """Serve the control socket until the grader closes it.

    The first message is the configuration; the answer says which features are in force. Then each message forks
    a child for the job socket that comes with it and is answered with the child's pidfd, or reaps a child and is
    answered with its wait status.
    """
    with socket.socket(fileno=control) as grader:
        config = msgpack.unpackb(grader.recv(1 << 20))
        try:
            memory_in_use, features = _prepare(config)
        except (OSError, ImportError) as error:
            grader.send(msgpack.packb({"fault": f"{type(error).__name__}: {error}"}))
            return
        grader.send(msgpack.packb({"features": features}))
        _serve(grader, memory_in_use, "landlock" in features, config["seccomp"])


def _prepare(config: dict[str, Any]) -> tuple[int, list[str]]:
    child.import_libraries(config["imports"], config["packages"], config["search_path"])
    child.silence()
    with open("/proc/self/statm", encoding="ascii") as file:
        memory_in_use = int(file.read().split()[0]) * resource.getpagesize()
    features = lockdown.restrict_zygote(config["files"], config["folders"], config["listable"])
    if config["landlock_required"] and "landlock" not in features:
        raise OSError("the kernel has no Landlock")
    gc.collect()
    gc.freeze()
    return memory_in_use, [*features, "seccomp"]


def _serve(grader: socket.socket, memory_in_use: int, landlocked: bool, seccomp: bytes) -> None:
    parent = os.getpid()
    while True:
        message, descriptors, _, _ = socket.recv_fds(grader, 1 << 16, 1)
        if not message:
            return
        request = msgpack.unpackb(message)
        if "reap" in request:
            _, status = os.waitpid(request["reap"], 0)
            grader.send(msgpack.packb({"status": status}))
            continue
        (job,) = descriptors
        try:
            pid = _fork()
        except OSError as error:
            os.close(job)
            grader.send(msgpack.packb({"fault": f"no process could be made: {error}"}))
            continue
        if pid == 0:
            memory = memory_in_use + request["memory"]
            child.run(job, job, partial(lockdown.restrict_child, job, parent, memory, landlocked, seccomp))
        os.close(job)
        pidfd = os.pidfd_open(pid)
        socket.send_fds(grader, [msgpack.packb({"pid": pid})], [pidfd])
        os.close(pidfd)


def _fork() -> int:
    """Fork; a machine that is out of processes may have some again in a moment."""
    for _ in range(60):
        with suppress(BlockingIOError):
            return os.fork()
        time.sleep(0.05)
    return os.fork()
