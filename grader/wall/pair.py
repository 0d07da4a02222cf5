"""The two warm processes of a grader, learners' and judges', and the way to them for its workers."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import tempfile
import threading
from multiprocessing.util import Finalize
from pathlib import Path

from . import sandbox
from .cores import Core, free_core
from .held import Learners
from .plan import Settings

# One thread each: a pool of threads does not survive a fork, and several submissions run at a time.
THREADS = {f"{library}_NUM_THREADS": "1" for library in ("OPENBLAS", "OMP", "MKL", "NUMEXPR", "VECLIB")}
# Arrays of a few hundred kB come and go by the thousand; asking the kernel for each costs more than computing with it.
MEMORY = {"MALLOC_MMAP_THRESHOLD_": "67108864", "MALLOC_TRIM_THRESHOLD_": "134217728", "MALLOC_TOP_PAD_": "4194304"}
START_SECONDS = 60.0


class NotStarted(RuntimeError):
    """A warm process could not be started; the message says what it wrote."""


class JudgeDied(ConnectionError):
    """The judge's process, or that of a learner before any cell ran, was lost: to be tried once more."""


class Zygote:
    """A warm process that forks a child on request, for this process or for any that knows its door."""

    def __init__(self, role: str, settings: Settings, folder: Path) -> None:
        self.role = role
        ours, theirs = socket.socketpair()
        with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as door, theirs:
            door.bind(str(folder / role))
            door.listen(64)
            self.process = self._start(settings, door.fileno(), theirs.fileno(), folder)
        self._leash = ours  # the process ends when this is closed, by a kill as well

    def _start(self, settings: Settings, door: int, leash: int, folder: Path) -> subprocess.Popen:
        env = {**THREADS, **MEMORY, "MPLBACKEND": "agg", "PYTHONDONTWRITEBYTECODE": "1"}
        env["NBGRADER_EXECUTION"] = "autograde"
        preload = settings.preload if self.role == "learner" else settings.judge_preload
        argv = [sys.executable, "-m", "grader.wall.warm", self.role, str(door), str(leash), *preload]
        packages = {name: Path(folder) for name, folder in settings.packages.items()}
        if self.role == "learner" and settings.sandbox:
            hide = [Path(folder) for folder in settings.hide]
            return sandbox.start(argv, pass_fds=[door, leash], packages=packages, env=env, hide=hide)
        own = [Path(__file__).parents[2], *(folder.parent for folder in packages.values())]
        paths = [*map(str, own), *(place for place in sys.path if os.path.isabs(place))]
        env["PYTHONPATH"] = os.pathsep.join(dict.fromkeys(paths))
        env = {**os.environ, **env, "IPYTHONDIR": str(folder / "ipython")}
        log = tempfile.TemporaryFile()  # noqa: SIM115  (it lives as long as the process)
        process = subprocess.Popen(
            argv,
            env=env,
            cwd="/",
            pass_fds=[door, leash],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=log,
            start_new_session=True,
        )
        process.log = log
        return process

    def wait(self) -> None:
        """Until it is warm. Raises NotStarted with what it said."""
        self._leash.settimeout(START_SECONDS)
        try:
            ready = self._leash.recv(1 << 16)
        except OSError:
            ready = b""
        if not ready:
            raise NotStarted(f"the warm {self.role} process did not start: {sandbox.said(self.process) or 'no word'}")

    def close(self) -> None:
        self._leash.close()
        self.process.kill()
        self.process.wait()
        self.process.log.close()


class Warm:
    """The two warm processes of a grader, and the folder with their doors."""

    def __init__(self, settings: Settings) -> None:
        if settings.sandbox:
            sandbox.require()
        self._folder = tempfile.TemporaryDirectory(prefix="wall-")
        self.address = Path(self._folder.name)
        self._zygotes: list[Zygote] = []
        try:
            for role in ROLES:  # both at once
                self._zygotes.append(Zygote(role, settings, self.address))
            for zygote in self._zygotes:
                zygote.wait()
        except BaseException:
            self.close()
            raise

    def said(self) -> str:
        """The last words of both processes."""
        return "\n".join(filter(None, (sandbox.said(zygote.process) for zygote in self._zygotes)))

    def close(self) -> None:
        for zygote in self._zygotes:
            zygote.close()
        self._folder.cleanup()


class Doors:
    """Connections to a pair of warm processes, this process's own or another's."""

    def __init__(self, address: Path) -> None:
        self.address = address
        self._lock = threading.Lock()
        self._sockets = {}
        for role in ROLES:
            self._sockets[role] = connection = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
            connection.settimeout(START_SECONDS)
            connection.connect(str(address / role))
        self.learners = Learners(self.fork)
        self._closed = False
        self._cores: list[Core] = []  # free, and kept: a process that waits in reserve is made for one of them

    def fork(self, role: str, fd: int, settings: dict) -> int:
        """The pidfd of a fresh child that holds the socket `fd`. Raises OSError when the warm process is gone."""
        with self._lock:
            socket.send_fds(self._sockets[role], [json.dumps(settings).encode()], [fd])
            answer, fds, _, _ = socket.recv_fds(self._sockets[role], 1 << 16, 1)
        if not answer or not fds:
            raise ConnectionResetError("the warm process is gone")
        return fds[0]

    def core(self) -> Core:
        """A core for one run; to be given back with `free`."""
        with self._lock:
            return self._cores.pop() if self._cores else free_core(self.address)

    def free(self, core: Core) -> None:
        with self._lock:
            if not self._closed:
                self._cores.append(core)
                return
        core.close()

    def close(self) -> None:
        self.learners.close()
        with self._lock:
            self._closed = True
            cores, self._cores = self._cores, []
        for core in cores:
            core.close()
        for connection in self._sockets.values():
            connection.close()


ROLES = ("learner", "judge")
_warm: dict[str, Warm] = {}
_doors: dict[str, Doors] = {}
_lock = threading.Lock()


def share(settings: Settings) -> str:
    """The address of this process's warm processes for such settings, for workers of its own. Call it in a thread that
    lives as long as they are needed: the sandbox ends with it."""
    with _lock:
        key = settings.warmth()
        if key not in _warm:
            _warm[key] = Warm(settings)
            _close_at_the_end()
        return str(_warm[key].address)


def doors_of(settings: Settings) -> Doors:
    """Connections to the warm processes at the address that the settings name, else to some of our own."""
    address = settings.address
    if not address or not os.path.isdir(address):
        address = share(settings)
    with _lock:
        if address not in _doors:
            _doors[address] = Doors(Path(address))
            _close_at_the_end()
        return _doors[address]


def _close_at_the_end() -> None:
    Finalize(None, close_all, exitpriority=1)  # not atexit, which the worker processes of a pool do not have


def forget(settings: Settings, doors: Doors) -> None:
    """The warm processes are gone, or one of them: have others made."""
    with _lock:
        for address in [address for address, known in _doors.items() if known is doors]:
            del _doors[address]
        pair = _warm.pop(settings.warmth(), None)
    doors.close()
    if pair is not None:
        pair.close()


def last_words() -> str:
    """What the warm processes of this process have said on stderr, for a message about a failure."""
    with _lock:
        return "\n".join(filter(None, (pair.said() for pair in _warm.values())))


def close_all() -> None:
    """End every warm process of this process."""
    with _lock:
        for doors in _doors.values():
            doors.close()
        for pair in _warm.values():
            pair.close()
        _doors.clear()
        _warm.clear()
