"""The grader's end of a connection to a submission: messages with a deadline, from a peer that may be hostile."""

from __future__ import annotations

import queue
import socket
import threading
import time
from contextlib import suppress
from typing import IO, Any, Protocol

from grader.sandbox import wire


class ChannelClosed(Exception):
    """The other end is gone."""


class ChannelBroken(Exception):
    """The other end sent what is no message."""


class Channel(Protocol):
    """A connection to one child."""

    def send(self, message: Any, deadline: float, /) -> None:
        """Send a message. Raises ChannelClosed, and may raise TimeoutError at the deadline."""

    def receive(self, deadline: float) -> Any:
        """Return the next message. Raises TimeoutError at the deadline (of time.monotonic), ChannelClosed when the
        peer is gone, ChannelBroken when it sends anything else."""

    def close(self) -> None:
        """Release the connection."""


class SocketChannel:
    """Over a Unix socket, as the zygote's children have it."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection

    def send(self, message: Any, deadline: float) -> None:
        """Send a message."""
        data = wire.frame(message)
        self._connection.settimeout(max(0.001, deadline - time.monotonic()))
        try:
            self._connection.sendall(data)
        except TimeoutError:
            raise
        except OSError as error:
            raise ChannelClosed(str(error)) from error

    def receive(self, deadline: float) -> Any:
        """Return the next message."""
        try:
            return wire.read_frame(lambda count: self._exactly(count, deadline))
        except wire.WireError as error:
            raise ChannelBroken(str(error)) from error

    def _exactly(self, count: int, deadline: float) -> bytes:
        data = bytearray()
        while len(data) < count:
            left = deadline - time.monotonic()
            if left <= 0:
                raise TimeoutError
            self._connection.settimeout(left)
            try:
                part = self._connection.recv(min(count - len(data), 1 << 20))
            except TimeoutError:
                raise
            except OSError as error:
                raise ChannelClosed(str(error)) from error
            if not part:
                raise ChannelClosed("end of file")
            data += part
        return bytes(data)

    def close(self) -> None:
        """Close the socket."""
        self._connection.close()


class PipeChannel:
    """Over the standard streams of a plain process, on every system: a thread reads and a thread writes, so that
    there are deadlines."""

    def __init__(self, to_child: IO[bytes], from_child: IO[bytes]) -> None:
        self._to_child = to_child
        self._from_child = from_child
        self._frames: queue.Queue[bytes] = queue.Queue()
        self._messages: queue.Queue[Any] = queue.Queue(maxsize=4)
        self._closed = False
        self._threads = [threading.Thread(target=work, daemon=True) for work in (self._read, self._write)]
        for thread in self._threads:
            thread.start()

    def send(self, message: Any, _deadline: float) -> None:
        """Send a message, without waiting until it is read: a peer that reads nothing answers nothing either."""
        self._frames.put(wire.frame(message))

    def receive(self, deadline: float) -> Any:
        """Return the next message."""
        try:
            message = self._messages.get(timeout=max(0.0, deadline - time.monotonic()))
        except queue.Empty:
            raise TimeoutError from None
        if isinstance(message, Exception):
            raise message
        return message

    def _read(self) -> None:
        with suppress(OSError), self._from_child:
            try:
                while not self._closed:
                    self._messages.put(wire.read_frame(self._exactly))
            except wire.WireError as error:
                self._messages.put(ChannelBroken(str(error)))
            except (OSError, ChannelClosed) as error:
                self._messages.put(ChannelClosed(str(error)))

    def _exactly(self, count: int) -> bytes:
        data = self._from_child.read(count)
        if len(data) < count:
            raise ChannelClosed("end of file")
        return data

    def _write(self) -> None:
        with suppress(OSError), self._to_child:
            while not self._closed:
                self._to_child.write(self._frames.get())
                self._to_child.flush()

    def close(self) -> None:
        """Let both threads end, which close the streams: a stream that a thread waits for cannot be closed.

        The process is dead by now; a copy that it forked may keep the streams open, and is not waited for.
        """
        self._closed = True
        self._frames.put(b"")
        with suppress(queue.Empty):
            while True:
                self._messages.get_nowait()
        for thread in self._threads:
            thread.join(timeout=0.5)
