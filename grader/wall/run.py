"""One submission: a judge and a learner's process are forked from warm ones, watched, and ended. Outside the wall."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from . import cgroup, sandbox
from .channel import Channel, Closed, TimedOut
from .enclosure import Limits

# One thread each: a pool of threads does not survive a fork, and several submissions run at a time.
THREADS = {f"{library}_NUM_THREADS": "1" for library in ("OPENBLAS", "OMP", "MKL", "NUMEXPR", "VECLIB")}
START_SECONDS = 60.0


class NotStarted(RuntimeError):
    """A warm process could not be started; the message says what it wrote."""


@dataclass(frozen=True)
class Settings:
    """How submissions are run.

    preload : modules that a learner's cells may need, imported once; packages : name → folder of those that are not
    installed in the environment; hide : folders that no submission may see, wherever they lie
    """

    sandbox: bool = True
    preload: tuple[str, ...] = ()
    judge_preload: tuple[str, ...] = ()
    packages: Mapping[str, str] = field(default_factory=dict)
    hide: tuple[str, ...] = ()
    limits: Limits = Limits()
    timeout: float = 30.0
    budget: float = 600.0
    restarts: int = 8
    most_output: int = 1_000_000
    figures: bool = False

    def warmth(self) -> str:
        """Settings with the same one can share warm processes."""
        return json.dumps([self.sandbox, self.preload, self.judge_preload, sorted(self.packages.items()), self.hide])


@dataclass
class Cell:
    """A code cell. where : "there" (learner's process), "here" (judge), "both" or "skip"."""

    number: int
    source: str
    where: str


@dataclass
class Plan:
    """One notebook to be run, and what the instructor's own notebook says.

    prepare : `module:function:argument`, to be called once in the warm judge
    """

    cells: list[Cell]
    folder: Path
    imports: Mapping[str, str] = field(default_factory=dict)
    stars: tuple[str, ...] = ()
    own: frozenset[str] = frozenset()
    files: Mapping[str, bytes] = field(default_factory=dict)
    trusted_paths: tuple[str, ...] = ()
    env: Mapping[str, str] = field(default_factory=dict)
    prepare: str = ""


@dataclass
class Incident:
    """A cell that the learner's process died of or that took too long; why: "died", "timeout", "budget", "broken: …"."""

    cell: int
    why: str


@dataclass
class Report:
    """Outputs and execution counts by cell number, what went wrong, and the CPU seconds of each side."""

    outputs: dict[int, list[dict]] = field(default_factory=dict)
    counts: dict[int, int] = field(default_factory=dict)
    incidents: list[Incident] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=dict)


class Zygote:
    """A warm process that forks a child on request."""

    def __init__(self, role: str, settings: Settings) -> None:
        self.role, self._settings = role, settings
        self._lock = threading.Lock()
        self._prepared: set[str] = set()
        self._start()

    def _start(self) -> None:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        env = {**THREADS, "MPLBACKEND": "agg", "PYTHONDONTWRITEBYTECODE": "1", "NBGRADER_EXECUTION": "autograde"}
        preload = self._settings.preload if self.role == "learner" else self._settings.judge_preload
        argv = [sys.executable, "-m", "grader.wall.warm", self.role, str(theirs.fileno()), *preload]
        with theirs:
            if self.role == "learner" and self._settings.sandbox:
                packages = {name: Path(folder) for name, folder in self._settings.packages.items()}
                hide = [Path(folder) for folder in self._settings.hide]
                self.process = sandbox.start(argv, pass_fds=[theirs.fileno()], packages=packages, env=env, hide=hide)
            else:
                own = [Path(__file__).parents[2], *(Path(folder).parent for folder in self._settings.packages.values())]
                paths = [*map(str, own), *(place for place in sys.path if os.path.isabs(place))]
                env = {**os.environ, **env, "PYTHONPATH": os.pathsep.join(dict.fromkeys(paths))}
                log = tempfile.TemporaryFile()  # noqa: SIM115  (it lives as long as the process)
                self.process = subprocess.Popen(
                    argv,
                    env=env,
                    cwd="/",
                    pass_fds=[theirs.fileno()],
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    stderr=log,
                    start_new_session=True,
                )
                self.process.log = log
        self._control = ours
        ours.settimeout(START_SECONDS)
        try:
            ready = ours.recv(1 << 16)
        except OSError:
            ready = b""
        if not ready:
            raise NotStarted(f"the warm {self.role} process did not start: {self.said()}")

    def said(self) -> str:
        return sandbox.said(self.process) or "it said nothing"

    def fork(self, fd: int, settings: dict) -> int:
        """The pidfd of a fresh child that holds the socket `fd`. Starts the warm process anew when it has died."""
        request = [json.dumps(settings).encode()]
        with self._lock:
            for attempt in (1, 2):
                try:
                    socket.send_fds(self._control, request, [fd])
                    answer, fds, _, _ = socket.recv_fds(self._control, 1 << 16, 1)
                    if answer:
                        return fds[0]
                except OSError:
                    pass
                if attempt == 1:
                    self.close()
                    self._start()
        raise NotStarted(f"the warm {self.role} process died: {self.said()}")

    def close(self) -> None:
        self._control.close()
        self.process.kill()
        self.process.wait()
        self.process.log.close()


class Warm:
    """The two warm processes of one grader process."""

    def __init__(self, settings: Settings) -> None:
        if settings.sandbox:
            sandbox.require()
        self.learner = Zygote("learner", settings)
        self.judge = Zygote("judge", settings)

    def close(self) -> None:
        self.learner.close()
        self.judge.close()


_warm: dict[str, Warm] = {}
_warm_lock = threading.Lock()
_running: set[Running] = set()


def warm(settings: Settings) -> Warm:
    """This process's pair of warm processes for such settings; made when first asked for."""
    with _warm_lock:
        key = settings.warmth()
        if key not in _warm:
            _warm[key] = Warm(settings)
        return _warm[key]


def close_all() -> None:
    """End every run and every warm process of this process, for Ctrl-C and at the end."""
    for running in list(_running):
        running.stop()
    with _warm_lock:
        for pair in _warm.values():
            pair.close()
        _warm.clear()


def run(plan: Plan, settings: Settings) -> Report:
    """Run a notebook behind the wall. Raises NotStarted, sandbox.Unavailable; never for what a submission does."""
    running = Running(plan, settings)
    _running.add(running)
    try:
        return running.go()
    finally:
        running.stop()
        _running.discard(running)


class Running:
    """One run, which can be stopped from another thread."""

    def __init__(self, plan: Plan, settings: Settings) -> None:
        self.plan, self.settings, self.report = plan, settings, Report()
        self._pair = warm(settings)
        self._judge = self._learner = -1
        self._group: cgroup.Group | None = None

    def go(self) -> Report:
        ours, theirs = socket.socketpair()
        deadline = time.monotonic() + self.settings.budget
        with ours:
            with theirs:
                self._judge = self._pair.judge.fork(theirs.fileno(), self._judge_settings())
            channel = Channel(ours)
            channel.send(json.dumps(self._plan()).encode())
            try:
                while self._hear(json.loads(channel.receive(deadline)), ours):
                    pass
            except TimedOut:
                self._give_up("budget")
            except Closed:
                raise NotStarted(f"the judge's process died: {self._pair.judge.said()}") from None
        return self.report

    def _hear(self, said: dict, control: socket.socket) -> bool:
        if "done" in said:
            self.report.seconds = said["seconds"]
            return False
        if "lost" in said:
            raise NotStarted(f"a learner's process could not be made ({said['lost']}): {self._pair.learner.said()}")
        if "need" in said:
            self._new_learner(control)
        elif "incident" in said:
            self.report.incidents.append(Incident(said["cell"], said["incident"]))
            if said["last"]:
                self._give_up("died")
                return False
        else:
            self.report.outputs[said["cell"]] = said["outputs"]
            self.report.counts[said["cell"]] = said["count"]
        return True

    def _give_up(self, why: str) -> None:
        """What has not run by now will not."""
        blamed = {incident.cell for incident in self.report.incidents}
        for cell in self.plan.cells:
            if cell.where != "skip" and cell.number not in self.report.outputs and cell.number not in blamed:
                self.report.incidents.append(Incident(cell.number, why))

    def _new_learner(self, control: socket.socket) -> None:
        self._end_learner()
        here, there = socket.socketpair()
        with here, there:
            self._learner = self._pair.learner.fork(there.fileno(), self._learner_settings())
            if self.settings.sandbox and cgroup.available():
                self._group = cgroup.Group(self.settings.limits.memory, self.settings.limits.processes)
                self._group.add(cgroup.host_pid(self._learner))
            socket.send_fds(control, [b"."], [here.fileno(), self._learner])

    def _judge_settings(self) -> dict:
        return {
            **self._common(),
            "enclosed": False,
            "limits": None,
            "timeout": self.settings.timeout,
            "restarts": self.settings.restarts,
            "folder": str(self.plan.folder),
            "trusted_paths": list(self.plan.trusted_paths),
            "prepare": self.plan.prepare,
        }

    def _learner_settings(self) -> dict:
        return {
            **self._common(),
            "enclosed": self.settings.sandbox,
            "limits": {**vars(self.settings.limits), "grouped": self.settings.sandbox and cgroup.available()},
        }

    def _common(self) -> dict:
        return {
            "env": dict(self.plan.env),
            "figures": self.settings.figures,
            "most_output": self.settings.most_output,
        }

    def _plan(self) -> dict:
        plan = self.plan
        return {
            "cells": [vars(cell) for cell in plan.cells if cell.where != "skip"],
            "imports": dict(plan.imports),
            "stars": list(plan.stars),
            "own": sorted(plan.own),
            "files": {name: content.hex() for name, content in plan.files.items()},
        }

    def stop(self) -> None:
        """Kill the judge, the learner's process and all that it has started; nothing is left of them."""
        self._judge = _end(self._judge)
        self._end_learner()

    def _end_learner(self) -> None:
        self._learner = _end(self._learner)
        if self._group is not None:
            self._group.close()
            self._group = None


def _end(pidfd: int) -> int:
    if pidfd >= 0:
        with suppress(OSError):
            signal.pidfd_send_signal(pidfd, signal.SIGKILL)
        os.close(pidfd)
    return -1
