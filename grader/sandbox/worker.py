"""Starts what submissions run in: a zygote and its forks ("strict", "basic"), or a plain process each ("off")."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, Protocol

import grader.sandbox
from grader.errors import SandboxFault
from grader.sandbox import policy

if TYPE_CHECKING:  # a channel needs NumPy, which loads while the first zygote starts
    from grader.sandbox.channel import Channel

Level = Literal["strict", "basic", "off"]

START_SECONDS = 120.0
"""How long a sandbox may take to start: importing torch from a cold disk is slow."""

_BOOT = (
    "import sys, types; sys.path[0:1] = []; sys.path += sys.argv[3:]; "
    "package = types.ModuleType('grader'); package.__path__ = [sys.argv[2]]; sys.modules['grader'] = package; "
    "from grader.sandbox.{module} import main; main({argument})"
)
"""Starts a module of this package without running grader/__init__.py, which lies outside the sandbox."""


class Job(Protocol):
    """One process that holds a submission."""

    channel: Channel

    def end(self) -> str | None:
        """Kill the process, wait for it, and return in words how it had ended by itself, or None if it had not."""


class Launcher(Protocol):
    """Makes jobs."""

    @property
    def level(self) -> Level:
        """The sandbox level."""

    @property
    def features(self) -> tuple[str, ...]:
        """The protections in force, once a job was launched."""

    def launch(self, memory: int) -> Job:
        """Return a new job that is locked down and ready, with ``memory`` bytes to use. Raises SandboxFault."""

    def close(self) -> None:
        """End everything that was started."""


def _boot(module: str, argument: str, profile: str) -> list[str]:
    project = os.path.dirname(os.path.dirname(os.path.realpath(grader.sandbox.__file__)))
    boot = _BOOT.format(module=module, argument=argument)
    view = policy.sight(profile)
    return [policy.interpreter(), "-s", "-S", "-B", "-c", boot, argument, project, *view.search_path]


def _ready(channel: Channel) -> None:
    """Wait until a child says that it is locked down. No code of a student's has run by then."""
    from grader.sandbox.channel import ChannelBroken, ChannelClosed

    try:
        message = channel.receive(time.monotonic() + START_SECONDS)
    except (TimeoutError, ChannelClosed, ChannelBroken) as error:
        raise SandboxFault(f"a sandboxed process did not start: {type(error).__name__} {error}") from error
    if message.get("kind") != "ready":
        raise SandboxFault(f"the lock-down failed: {message.get('text')}")


@dataclass
class _Fork:
    channel: Channel
    pid: int
    pidfd: int
    zygote: Zygote

    def end(self) -> str | None:
        with suppress(ProcessLookupError):
            signal.pidfd_send_signal(self.pidfd, signal.SIGKILL)
        os.close(self.pidfd)
        self.channel.close()
        status = self.zygote.reap(self.pid)
        return None if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL else _ending(status)


def _ending(status: int) -> str:
    return _ended(os.waitstatus_to_exitcode(status))


def _ended(code: int) -> str:
    """Say how a process ended; a negative code is a signal."""
    if code >= 0:
        return f"ended with exit code {code}"
    known = {int(s): s.name for s in signal.Signals}
    return f"was killed by {known.get(-code, f'signal {-code}')}"


class Zygote:
    """A warm process that forks a locked-down child per job. Starts at once, and is waited for at the first job.

    Not for several threads at a time. Raises SandboxFault when it does not start or a step of its lock-down fails.
    """

    def __init__(self, profile: str, level: Literal["strict", "basic"]) -> None:
        self.level: Level = level
        self.features: tuple[str, ...] = ()
        self._profile = profile
        self._begin()

    def _begin(self) -> None:
        self._control, inside = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._control.settimeout(START_SECONDS)
        try:
            command = _boot("zygote", str(inside.fileno()), self._profile)
            if self.level == "strict":
                command = policy.bubblewrap(_bubblewrap(), self._profile, command)
            self._process = subprocess.Popen(
                command,
                env=policy.environment(),
                cwd="/",
                pass_fds=[inside.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                # Ctrl-C is for the grader, which ends its sandboxes itself; and Linux shares out the processor
                # between sessions first, so that a busy sandbox does not slow its neighbours down.
                start_new_session=True,
            )
        except (OSError, SandboxFault) as error:
            self._control.close()
            raise SandboxFault(f"the sandbox could not be started: {error}") from error
        finally:
            inside.close()
        try:
            configuration = self._configuration()
        except SandboxFault:
            self.close()
            raise
        with suppress(OSError):  # start() says why the process has ended
            # At once: the zygote imports and locks itself down while the grader is still importing.
            self._send(configuration)

    def _configuration(self) -> dict[str, Any]:
        view = policy.sight(self._profile)
        try:
            program = policy.seccomp_program(self._profile)
        except (OSError, ImportError, RuntimeError) as error:
            raise SandboxFault(f"no seccomp filter could be made (is libseccomp installed?): {error}") from error
        return {
            "imports": view.imports,
            "search_path": view.search_path,
            "packages": view.packages,
            "folders": view.folders,
            "files": view.files,
            "listable": view.listable,
            "landlock_required": self.level == "basic",
            "seccomp": program,
        }

    def start(self) -> None:
        """Wait until the zygote has locked itself down. Raises SandboxFault."""
        if self.features:
            return
        answer = self._hear()
        if "features" not in answer:
            raise SandboxFault(f"the lock-down failed: {answer.get('fault')}")
        outer = ("bubblewrap",) if self.level == "strict" else ()
        self.features = (*outer, *answer["features"])

    def _ask(self, message: Any, descriptors: Sequence[int] = ()) -> Any:
        try:
            self._send(message, descriptors)
        except OSError as error:
            raise SandboxFault(f"the sandbox is gone: {error}{self._last_words()}") from error
        return self._hear()

    def _send(self, message: Any, descriptors: Sequence[int] = ()) -> None:
        import msgpack

        socket.send_fds(self._control, [msgpack.packb(message)], list(descriptors))

    def _hear(self) -> Any:
        import msgpack

        try:
            data, self._received, _, _ = socket.recv_fds(self._control, 1 << 16, 1)
        except OSError as error:
            raise SandboxFault(f"the sandbox is gone: {error}{self._last_words()}") from error
        if not data:
            raise SandboxFault(f"the sandbox ended{self._last_words()}")
        return msgpack.unpackb(data)

    def _last_words(self) -> str:
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(timeout=1)
            words = self._process.stderr.read(2000).decode(errors="replace").strip() if self._process.stderr else ""
            return f": {words}" if words else ""
        return ""

    def launch(self, memory: int) -> Job:
        """Fork a child and wait until it is locked down. A zygote that was running, and has ended, is replaced."""
        if self.features and self._process.poll() is not None:
            self.close()
            self.features = ()
            self._begin()
        self.start()
        job = self._forked(memory)
        try:
            _ready(job.channel)
        except SandboxFault:
            job.end()
            raise
        return job

    def _forked(self, memory: int) -> _Fork:
        from grader.sandbox.channel import SocketChannel

        ours, theirs = socket.socketpair()
        try:
            with theirs:
                answer = self._ask({"memory": memory}, [theirs.fileno()])
            if "fault" in answer:
                raise SandboxFault(answer["fault"])
        except SandboxFault:
            ours.close()
            raise
        (pidfd,) = self._received
        return _Fork(SocketChannel(ours), answer["pid"], pidfd, self)

    def reap(self, pid: int) -> int:
        """Return the wait status of a child that was killed or has ended."""
        status: int = self._ask({"reap": pid})["status"]
        return status

    def close(self) -> None:
        """End the zygote, and with it all of its children."""
        self._control.close()
        if self._process.poll() is None:
            # With its group: bubblewrap's second process waits for the first one as they start, and would for ever.
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        if self._process.stderr:
            self._process.stderr.close()


def _bubblewrap() -> str:
    program = shutil.which("bwrap")
    if program is None:
        raise SandboxFault("bubblewrap is not installed (on Debian and Ubuntu: apt install bubblewrap)")
    return program


@dataclass
class _PlainJob:
    channel: Channel
    process: subprocess.Popen[bytes]

    def end(self) -> str | None:
        code = self.process.poll()
        with suppress(ProcessLookupError, PermissionError):
            if sys.platform == "win32":
                self.process.kill()
            else:
                os.killpg(self.process.pid, signal.SIGKILL)  # with the copies that it forked
        self.process.wait()
        self.channel.close()
        return None if code is None else _ended(code)


class PlainLauncher:
    """Level "off": a process of its own for each job, with limits and no protection."""

    level: Level = "off"
    features: tuple[str, ...] = ("time limit", "memory limit") if sys.platform == "linux" else ("time limit",)

    def __init__(self, profile: str) -> None:
        self._profile = profile

    def launch(self, memory: int) -> Job:
        """Start a process and wait until it has imported what the profile has."""
        from grader.sandbox.channel import ChannelClosed, PipeChannel

        extra = {name: os.environ[name] for name in ("SYSTEMROOT",) if name in os.environ}
        try:
            process = subprocess.Popen(
                _boot("plain", "", self._profile),
                env=policy.environment() | extra,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
        except OSError as error:
            raise SandboxFault(f"a process could not be started: {error}") from error
        assert process.stdin is not None
        assert process.stdout is not None
        view = policy.sight(self._profile)
        job = _PlainJob(PipeChannel(process.stdin, process.stdout), process)
        try:
            libraries = {"imports": view.imports, "search_path": view.search_path, "packages": view.packages}
            config = libraries | {"memory": memory}
            job.channel.send(config, time.monotonic() + START_SECONDS)
            _ready(job.channel)
        except (SandboxFault, ChannelClosed) as error:
            job.end()
            raise SandboxFault(str(error)) from error
        return job

    def close(self) -> None:
        """Nothing outlives its job."""


def launcher(profile: str, level: Literal["auto", "strict", "basic", "off"]) -> Launcher:
    """Return what makes jobs at a level; "auto" takes the strictest that this machine has.

    A level that cannot be had raises SandboxFault, at the latest at the first job. On Linux "auto" never falls
    back to "off": who wants to run code without protection there asks for it.
    """
    if level == "off":
        return PlainLauncher(profile)
    if level != "auto":
        return Zygote(profile, level)
    return _Automatic(profile)


class _Automatic:
    """The strictest level that works: its process is started at once, and whether it works is seen at the first job.

    bubblewrap may be installed and still not be allowed to make namespaces (in containers, on some Ubuntus).
    """

    def __init__(self, profile: str) -> None:
        self._profile = profile
        self._inner: Launcher | None = None
        self._first: Zygote | None = None
        if sys.platform == "linux":
            self._first = Zygote(profile, "strict" if shutil.which("bwrap") else "basic")

    @property
    def level(self) -> Level:
        return self._started().level

    @property
    def features(self) -> tuple[str, ...]:
        return self._started().features

    def _started(self) -> Launcher:
        if self._inner is None:
            self._inner = self._strictest()
        return self._inner

    def _strictest(self) -> Launcher:
        if self._first is None:
            return PlainLauncher(self._profile)
        try:
            self._first.start()
        except SandboxFault:
            if self._first.level == "basic":
                raise
            self._first.close()
            self._first = Zygote(self._profile, "basic")
            self._first.start()
        return self._first

    def launch(self, memory: int) -> Job:
        return self._started().launch(memory)

    def close(self) -> None:
        if self._first is not None:
            self._first.close()

