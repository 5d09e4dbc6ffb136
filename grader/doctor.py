"""What this machine has for grading, found by trying: sandbox levels, torch, devices, data."""

from __future__ import annotations

import platform
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Literal

from grader.errors import SandboxFault
from grader.sandbox import worker


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at: whether it is there, and a sentence on what it means or what to do."""

    what: str
    good: bool
    sentence: str


def findings(data: Path | None = None) -> Iterator[Finding]:
    """Yield what there is. Each sandbox level is started once, to see."""
    yield Finding("python", True, f"{platform.python_version()} on {platform.system()} {platform.machine()}")
    yield from _sandbox()
    yield _torch()
    yield _cuda()
    yield _data(data)


def _sandbox() -> Iterator[Finding]:
    if platform.system() != "Linux":
        yield Finding("sandbox", False, "off: there is no sandbox on this system; grade only code that you trust.")
        return
    strict, basic = _level("strict"), _level("basic")
    yield strict
    yield basic
    chosen = "strict" if strict.good else "basic" if basic.good else None
    advice = "none works: grade your own code with --sandbox off, and nobody else's."
    yield Finding("sandbox auto", chosen is not None, f"takes {chosen}" if chosen else advice)


def _level(level: Literal["strict", "basic"]) -> Finding:
    started: worker.Launcher | None = None
    try:
        started = worker.launcher("numpy", level)
        started.launch(256 * 1024 * 1024).end()
        return Finding(f"sandbox {level}", True, ", ".join(started.features))
    except SandboxFault as fault:
        return Finding(f"sandbox {level}", False, str(fault))
    finally:
        if started is not None:
            started.close()


def _torch() -> Finding:
    try:
        return Finding("torch", True, version("torch"))
    except PackageNotFoundError:
        return Finding("torch", False, "not installed; exercises about networks need it: pip install torch")


def _cuda() -> Finding:
    if Path("/dev/nvidiactl").exists():
        sentence = "there is an NVIDIA device; networks train on it with --sandbox off, for code that you trust"
        return Finding("cuda", True, sentence)
    return Finding("cuda", True, "no NVIDIA device: networks train on the CPU, in a few seconds")


def _data(data: Path | None) -> Finding:
    from grader import training

    try:
        source = training.find_folder(data)
    except training.DataError as error:
        return Finding("data", False, str(error))
    if source.name == training.MNIST:
        return Finding("data", True, f"the whole MNIST, in {source.folder}")
    where = training.default_folder()
    return Finding("data", True, f"the packaged subset of MNIST; the whole is used from --data, CNNEX_DATA or {where}")
