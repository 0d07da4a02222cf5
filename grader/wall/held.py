"""Learners' processes as the grader holds them. Making one is mostly waiting for the kernel, and so is its end: the
next is made while the one before it still runs, and what has ended is cleared away beside what follows."""

from __future__ import annotations

import os
import signal
import socket
import threading
from collections.abc import Callable
from contextlib import suppress

from . import cgroup


class Held:
    """A process that waits for a judge at the far end of `sock`."""

    def __init__(self, fork: Callable[[str, int, dict], int], settings: dict) -> None:
        self.settings = settings
        self._group: cgroup.Group | None = None
        self.sock, theirs = socket.socketpair()
        with theirs:
            try:
                self.pidfd = fork("learner", theirs.fileno(), settings)
            except BaseException:
                self.sock.close()
                raise
        try:
            if settings["limits"]["grouped"]:
                self._group = cgroup.Group(settings["limits"]["memory"], settings["limits"]["processes"])
                self._group.add(cgroup.host_pid(self.pidfd))
        except BaseException:
            self.kill()
            self.clear()
            raise

    def kill(self) -> None:
        with suppress(OSError):
            signal.pidfd_send_signal(self.pidfd, signal.SIGKILL)
        os.close(self.pidfd)
        self.sock.close()

    def clear(self) -> None:
        """Wait until all that it started is gone, and remove its group."""
        if self._group is not None:
            with suppress(OSError):  # who uses groups next removes it
                self._group.close()
            self._group = None


class Learners:
    """Makes processes for one worker after the other, and keeps one in reserve."""

    def __init__(self, fork: Callable[[str, int, dict], int]) -> None:
        self._fork = fork
        self._spare: Held | None = None
        self._lock = threading.Lock()
        self._threads: set[threading.Thread] = set()
        self._closed = False

    def take(self, settings: dict) -> Held:
        """A fresh process with these settings. Raises OSError when the warm process is gone."""
        with self._lock:
            held, self._spare = self._spare, None
        if held is not None and held.settings != settings:
            self.end(held)
            held = None
        if held is None:
            held = Held(self._fork, settings)
        self._beside(self._make_spare, settings)
        return held

    def end(self, held: Held) -> None:
        """Kill it, now; what is left is cleared away by and by."""
        held.kill()
        if self._closed:
            held.clear()
        else:
            self._beside(held.clear)

    def close(self) -> None:
        """End the reserve, and wait until everything is cleared away."""
        self._closed = True
        for thread in list(self._threads):
            thread.join()
        with self._lock:
            held, self._spare = self._spare, None
        if held is not None:
            held.kill()
            held.clear()

    def _make_spare(self, settings: dict) -> None:
        with suppress(OSError):  # whoever needs the next one will hear of it
            held = Held(self._fork, settings)
            with self._lock:
                held, self._spare = self._spare, held
            if held is not None:  # two runs at a time: one in reserve is enough
                held.kill()
                held.clear()

    def _beside(self, work: Callable, *arguments: object) -> None:
        if self._closed:
            return

        def run() -> None:
            try:
                work(*arguments)
            finally:
                self._threads.discard(thread)

        thread = threading.Thread(target=run)
        self._threads.add(thread)
        thread.start()
