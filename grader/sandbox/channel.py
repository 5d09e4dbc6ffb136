"""The grader's end of a connection to a submission: messages with a deadline, from a peer that may be hostile."""

from __future__ import annotations

import queue
import socket
import threading
import time
from typing import IO, Any, Protocol

from grader.sandbox import wire


class ChannelClosed(Exception):
    """The other end is gone."""


class ChannelBroken(Exception):
    """The other end sent what is no message."""


class Channel(Protocol):
    """A connection to one child."""

    def send(self, message: Any) -> None:
        """Send a message. Raises ChannelClosed."""

    def receive(self, deadline: float) -> Any:
        """Return the next message. Raises TimeoutError at the deadline (of time.monotonic), ChannelClosed when the
        peer is gone, ChannelBroken when it sends anything else."""

    def close(self) -> None:
        """Release the connection."""


class SocketChannel:
    """Over a Unix socket, as the zygote's children have it."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection

    def send(self, message: Any) -> None:
        """Send a message; a peer that does not read for 30 seconds counts as gone."""
        self._connection.settimeout(30)
        try:
            self._connection.sendall(wire.frame(message))
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
    """Over the standard streams of a plain process, on every system: a thread reads, so that there is a deadline."""

    def __init__(self, to_child: IO[bytes], from_child: IO[bytes]) -> None:
        self._to_child = to_child
        self._from_child = from_child
        self._messages: queue.Queue[Any] = queue.Queue(maxsize=4)
        threading.Thread(target=self._read, daemon=True).start()

    def send(self, message: Any) -> None:
        """Send a message."""
        try:
            self._to_child.write(wire.frame(message))
            self._to_child.flush()
        except (OSError, ValueError) as error:
            raise ChannelClosed(str(error)) from error

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
        try:
            while True:
                self._messages.put(wire.read_frame(self._exactly))
        except wire.WireError as error:
            self._messages.put(ChannelBroken(str(error)))
        except (OSError, ValueError, ChannelClosed) as error:
            self._messages.put(ChannelClosed(str(error)))

    def _exactly(self, count: int) -> bytes:
        data = self._from_child.read(count)
        if len(data) < count:
            raise ChannelClosed("end of file")
        return data

    def close(self) -> None:
        """Close both streams; the reading thread ends with them."""
        for stream in (self._to_child, self._from_child):
            try:
                stream.close()
            except (OSError, ValueError):
                continue
