"""A warm process: imports the libraries once, then forks a child for every request that reaches it. Run as a program.

    python -m grader.wall.warm ROLE LISTENER OWNER PRELOAD...

ROLE is `learner` (children run a submission's cells) or `judge` (children run its tests). LISTENER is the socket where
others connect to ask for children: a request is one datagram, a JSON object of settings, with the child's own end of a
socket beside it; the answer is the child's pidfd. The process ends when OWNER, a socket too, is closed on the far side.
"""

from __future__ import annotations

import ctypes
import gc
import importlib
import json
import os
import selectors
import signal
import socket
import sys
import tempfile
import traceback
from contextlib import suppress

from . import enclosure

PR_SET_PDEATHSIG = 1
MOST = 1 << 20  # bytes of a request


def main(role: str, listener: int, owner: int, preload: list[str]) -> None:
    door, leash = socket.socket(fileno=listener), socket.socket(fileno=owner)
    side = importlib.import_module(f".{role}", __package__)
    os.environ.setdefault("IPYTHONDIR", os.path.join(tempfile.gettempdir(), "ipython"))
    failed = _import(preload)
    shell = side.make_shell()
    prepared: set[str] = set()
    _freeze()
    leash.send(json.dumps({"ready": True, "failed": failed}).encode())
    waiting = selectors.DefaultSelector()
    waiting.register(leash, selectors.EVENT_READ)
    waiting.register(door, selectors.EVENT_READ)
    while True:
        for key, _ in waiting.select():
            if key.fileobj is leash:
                enclosure.sweep()
                return
            if key.fileobj is door:
                waiting.register(door.accept()[0], selectors.EVENT_READ)
                continue
            request, fds = _request(key.fileobj)
            if not request or not fds:
                waiting.unregister(key.fileobj)
                key.fileobj.close()
                continue
            settings = json.loads(request)
            _prepare(settings.get("prepare", ""), prepared)
            _fork(side, shell, key.fileobj, settings, fds[0])


def _request(connection: socket.socket) -> tuple[bytes, list[int]]:
    try:
        request, fds, _, _ = socket.recv_fds(connection, MOST, 1)
    except OSError:
        return b"", []
    return request, fds


def _import(preload: list[str]) -> dict[str, str]:
    failed = {}
    for name in preload:
        try:
            importlib.import_module(name)
        except Exception as error:  # a library that is broken or not there is the notebook's business
            failed[name] = f"{type(error).__name__}: {error}"
    return failed


def _fork(side, shell, asking: socket.socket, settings: dict, fd: int) -> None:
    _reap()
    with suppress(OSError):
        # Judge and learner take turns: on one core the one goes on where the other stops, and nobody has to be woken.
        os.sched_setaffinity(0, settings["cores"])
    if settings["limits"] is None:  # no code of a learner's will run in it
        pid = os.fork()
        pidfd = os.pidfd_open(pid) if pid else -1
        if pid == 0:
            ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    else:
        pid, pidfd = enclosure.fork(enclosure.Limits(**settings["limits"]), enclosed=settings["enclosed"])
    if pid == 0:
        code = 1
        try:
            enclosure.close_other_fds({0, 1, 2, fd})
            side.main(shell, fd, settings)
            code = 0
        except BaseException:
            traceback.print_exc()
        finally:
            sys.__stderr__.flush()
            os._exit(code)
    os.close(fd)
    with suppress(OSError):  # who asked may have gone; the child ends when it finds its own socket closed
        socket.send_fds(asking, [json.dumps({"pid": pid}).encode()], [pidfd])
    os.close(pidfd)


def _reap() -> None:
    with suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


def _prepare(call: str, done: set[str]) -> None:
    """Call `module:function:argument` once, so that what it keeps is there for every child that follows."""
    if call and call not in done:
        done.add(call)
        module, function, argument = call.split(":")
        try:
            getattr(importlib.import_module(module), function)(argument)
        except Exception:  # the test that needs it will say what is wrong
            traceback.print_exc()
        _freeze()


def _freeze() -> None:
    """What is warm is not looked at again by the garbage collector, so that its pages stay shared with the children."""
    gc.collect()
    gc.freeze()


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the grader, which then ends everything in order
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4:])
