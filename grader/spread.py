"""Where a class is graded: worker processes of this machine, or a Dask cluster."""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from grader.api import Options
from grader.errors import UsageError
from grader.work import get_ready

_CONNECT_SECONDS = 10
"""How long a Dask scheduler may take to answer."""


def end_with_parent() -> None:
    """Make this worker process end when the process that started it does, however that ends."""

    def watch() -> None:
        parent = multiprocessing.parent_process()
        if parent is not None:
            parent.join()
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


@dataclass(frozen=True)
class Workers:
    """Where submissions are graded: ``executor`` makes an executor, again when one broke; ``count`` says for how many
    at a time there is room now."""

    executor: Callable[[], Executor]
    count: Callable[[], int]


@contextmanager
def own_workers(count: int, options: Options, profile: str) -> Iterator[Workers]:
    """Yield ``count`` processes of this machine, which get ready for a profile at once."""
    made: list[Executor] = []

    def fresh() -> Executor:
        for executor in made:
            executor.shutdown(wait=False, cancel_futures=True)
        made.append(ProcessPoolExecutor(count, multiprocessing.get_context("spawn"), end_with_parent))
        return made[-1]

    first = [fresh()]
    for _ in range(count):
        first[0].submit(get_ready, options, profile)
    try:
        yield Workers(lambda: first.pop() if first else fresh(), lambda: count)
    finally:
        for executor in made:
            executor.shutdown(wait=True, cancel_futures=True)


@contextmanager
def dask_workers(address: str) -> Iterator[Workers]:
    """Yield a Dask cluster, which may grow. Raises UsageError without dask.distributed or a scheduler."""
    try:
        distributed: Any = import_module("distributed")
    except ImportError:
        raise UsageError("--scheduler needs dask.distributed: pip install 'cnnexercises[dask]'.") from None
    try:
        client = distributed.Client(address, timeout=_CONNECT_SECONDS)
    except (OSError, ValueError) as error:
        raise UsageError(f"There is no Dask scheduler at {address}: {error}.") from None
    with client:
        yield Workers(lambda: client.get_executor(pure=False), lambda: sum(client.nthreads().values()))
