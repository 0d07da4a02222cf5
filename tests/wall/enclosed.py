"""A warm process in little for the tests of the sandbox: runs an attack in an enclosure, brings back what it wrote."""

import inspect
import json
import os
import select
import signal
import socket
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from grader.wall import sandbox

SECRET = f"a-secret-{os.getpid()}-{time.time_ns()}"
SMALL = {"memory": 300 << 20, "processes": 16, "scratch": 16 << 20, "file_size": 8 << 20, "cpu_seconds": 20}
AS_USER = "WALL_TESTED_AS_USER"  # set where root runs these tests once more as somebody else
same_for_everybody = pytest.mark.skipif(AS_USER in os.environ, reason="the same for everybody, and slow")

WARM = """
import json, os, signal, socket, sys, traceback
from grader.wall import enclosure
control = socket.socket(fileno=int(sys.argv[1]))
while True:
    request, fds, _, _ = socket.recv_fds(control, 1 << 20, 1)
    if not request:
        enclosure.sweep()
        break
    request = json.loads(request)
    pid, pidfd = enclosure.fork(enclosure.Limits(**request["limits"]), enclosed=request["enclosed"])
    if pid == 0:
        try:
            os.dup2(fds[0], 1)
            os.dup2(fds[0], 2)
            enclosure.close_other_fds({0, 1, 2})
            exec(request["code"], {"__name__": "__main__"})
            sys.stdout.flush()
        except BaseException:
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    os.close(fds[0])
    socket.send_fds(control, [b"started"], [pidfd])
    os.close(pidfd)
    status = os.waitpid(pid, 0)[1]
    control.send(json.dumps([os.waitstatus_to_exitcode(status), enclosure.told(status)]).encode())
"""


def attempt(call, *arguments):
    """For use inside: the call's result, or None where it is refused."""
    try:
        return call(*arguments)
    except (OSError, ValueError, LookupError, OverflowError):
        return None


class Warm:
    """The test's own warm process and what it runs in enclosures."""

    def __init__(self, enclosed: bool = True) -> None:
        self.enclosed = enclosed
        self.control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        argv = [sys.executable, "-c", WARM, str(theirs.fileno())]
        if enclosed:
            self.process = sandbox.start(argv, pass_fds=[theirs.fileno()], packages={}, env={})
        else:
            self.process = subprocess.Popen(argv, pass_fds=[theirs.fileno()], stderr=subprocess.DEVNULL)
        theirs.close()

    def begin(self, attack: Callable[[], None] | str, **limits) -> None:
        """`attack` is a function without arguments, which is sent as its source, or the source itself."""
        if callable(attack):
            attack = "\n".join(
                [*map(textwrap.dedent, map(inspect.getsource, (attempt, attack))), f"{attack.__name__}()"]
            )
        self.output, theirs = os.pipe()
        request = {"code": attack, "limits": {**SMALL, **limits}, "enclosed": self.enclosed}
        socket.send_fds(self.control, [json.dumps(request).encode()], [theirs])
        os.close(theirs)
        word, fds, _, _ = socket.recv_fds(self.control, 100, 1)
        assert word == b"started", sandbox.said(self.process)
        self.pidfd = fds[0]

    def end(self, within: float = 20) -> tuple[int, str, str]:
        """Exit code, that in words, and what it wrote; killed after `within` seconds."""
        if not select.select([self.control], [], [], within)[0]:
            signal.pidfd_send_signal(self.pidfd, signal.SIGKILL)
        code, told = json.loads(self.control.recv(1000))
        os.close(self.pidfd)
        with open(self.output, errors="replace") as file:
            return code, told, file.read()

    def run(self, attack: Callable[[], None] | str, **limits) -> tuple[int, str, str]:
        self.begin(attack, **limits)
        return self.end()

    def report(self, attack: Callable[[], None] | str, **limits) -> str:
        """What an attack that comes to its end has to say."""
        code, told, text = self.run(attack, **limits)
        assert code == 0, f"{told}: {text}"
        assert SECRET not in text
        return text

    def close(self) -> None:
        self.control.shutdown(socket.SHUT_WR)
        self.process.wait(timeout=20)


def beside_secrets(folder: Path) -> Iterator[Warm]:
    """A sandbox whose starter has secrets in a file, in its environment, in an open file and in a process beside it."""
    secret = folder / "gradebook.db"
    secret.write_text(SECRET)
    secret.chmod(0o644)
    os.environ["A_SECRET"] = SECRET
    with subprocess.Popen(["sleep", "1000"], env={"A_SECRET": SECRET}) as bystander:
        try:
            with open(secret) as file:
                os.set_inheritable(file.fileno(), True)
                warm = Warm()
            warm.secret = secret
            yield warm
            warm.close()
            assert bystander.poll() is None, "something ended a process outside"
        finally:
            bystander.kill()
            del os.environ["A_SECRET"]
    assert secret.read_text() == SECRET
