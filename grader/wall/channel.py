"""Frames over a socket: a length, then that many bytes. Knows deadlines, and when the other side is gone."""

from __future__ import annotations

import select
import socket
import struct
import time

from .wire.rules import LIMITS, Broken

__all__ = ["Broken", "Channel", "Closed", "TimedOut"]

HEADER = struct.Struct(">Q")
ONCE = 1 << 16  # bytes asked for at a time


class Closed(Exception):
    """The other side has closed the connection, or died."""


class TimedOut(Exception):
    """The deadline has passed. A frame that was received in part can still be received by the next call."""


class Channel:
    """Frames over a connected stream socket, which it owns.

    sock    : blocking; anything passed along besides bytes (file descriptors) is dropped by the kernel
    longest : bytes in a frame; a longer one is Broken on either side
    """

    def __init__(self, sock: socket.socket, longest: int = LIMITS.message) -> None:
        sock.setblocking(True)
        self.sock = sock
        self.longest = longest
        self._rest = bytearray()  # received, not yet returned
        self._torn = False  # a frame was sent in part: what follows would make no sense to the other side
        self._readable = select.poll()
        self._readable.register(sock, select.POLLIN)
        self._writable = select.poll()
        self._writable.register(sock, select.POLLOUT)

    def fileno(self) -> int:
        return self.sock.fileno()

    def close(self) -> None:
        self.sock.close()

    def send(self, data: bytes, deadline: float | None = None) -> None:
        """Send one frame. `deadline`: on `time.monotonic`'s clock, against a side that does not read."""
        if len(data) > self.longest:
            raise Broken(f"a frame of {len(data)} bytes")
        if self._torn:
            raise Closed("a frame before this one was sent in part")
        flags = socket.MSG_NOSIGNAL | (0 if deadline is None else socket.MSG_DONTWAIT)
        parts = [HEADER.pack(len(data)), data]
        self._torn = True
        try:
            while parts:
                try:
                    sent = self.sock.sendmsg(parts, (), flags)
                except BlockingIOError:
                    self._wait(self._writable, deadline)
                    continue
                while parts and sent >= len(parts[0]):
                    sent -= len(parts.pop(0))
                if sent:
                    parts[0] = memoryview(parts[0])[sent:]
        except OSError as error:
            raise Closed(f"the other side is gone: {error}") from error
        self._torn = False

    def receive(self, deadline: float | None = None) -> bytes:
        """Receive one frame. `deadline`: on `time.monotonic`'s clock, for the complete frame."""
        while True:
            if len(self._rest) >= HEADER.size:
                (length,) = HEADER.unpack_from(self._rest)
                if length > self.longest:
                    raise Broken(f"a frame of {length} bytes")
                end = HEADER.size + length
                if len(self._rest) >= end:
                    with memoryview(self._rest) as received:
                        data = bytes(received[HEADER.size : end])
                    del self._rest[:end]
                    return data
                missing = end - len(self._rest)
            else:
                missing = ONCE
            if deadline is not None:
                self._wait(self._readable, deadline)
            try:
                # What is claimed to come is not made room for before it comes.
                piece = self.sock.recv(min(max(missing, ONCE), 1 << 20))
            except OSError as error:
                raise Closed(f"the other side is gone: {error}") from error
            if not piece:
                raise Closed("the other side is gone")
            self._rest += piece

    @staticmethod
    def _wait(ready: select.poll, deadline: float | None) -> None:
        if deadline is None:
            ready.poll()
            return
        left = deadline - time.monotonic()
        if left <= 0 or not ready.poll(min(left * 1000 + 1, 1e9)):
            raise TimedOut
