"""One submission: a judge and a learner's process are forked from warm ones, watched, and ended. Outside the wall."""

from __future__ import annotations

import json
import os
import signal
import socket
import time
from contextlib import suppress
from dataclasses import replace

from . import cgroup
from .channel import Channel, Closed, TimedOut
from .held import Held
from .pair import JudgeDied, NotStarted, doors_of, forget, last_words
from .pair import close_all as close_pairs
from .plan import Incident, Plan, Report, Settings

_running: set[Running] = set()


def close_all() -> None:
    """End every run and every warm process of this process, for Ctrl-C and at the end."""
    for running in list(_running):
        running.stop()
    close_pairs()


def run(plan: Plan, settings: Settings) -> Report:
    """Run a notebook behind the wall. Raises NotStarted, sandbox.Unavailable; never for what a submission does."""
    for attempt in (1, 2):
        running = Running(plan, settings)
        _running.add(running)
        try:
            return running.go()
        except OSError as error:
            if attempt == 2 or running.stopped:
                raise NotStarted(f"the warm processes are gone ({error}) {last_words()}") from error
            # A warm process was killed from outside: that is not the submission's fault.
            settings = replace(settings, address="")
            forget(settings, running.doors)
        finally:
            running.stop()
            _running.discard(running)
    raise AssertionError("two attempts, one of which returns or raises")


class Running:
    """One run, which can be stopped from another thread."""

    def __init__(self, plan: Plan, settings: Settings) -> None:
        self.plan, self.settings, self.report = plan, settings, Report()
        self.doors = doors_of(settings)
        self.stopped = False
        self._judge = -1
        self._learner: Held | None = None
        self._core = self.doors.core()
        self._grouped = settings.sandbox and cgroup.available()

    def go(self) -> Report:
        ours, theirs = socket.socketpair()
        deadline = time.monotonic() + self.settings.budget
        with ours:
            with theirs:
                self._judge = self.doors.fork("judge", theirs.fileno(), self._judge_settings())
            channel = Channel(ours)
            try:
                channel.send(json.dumps(self._plan()).encode(), deadline)
                while self._hear(json.loads(channel.receive(deadline)), ours):
                    pass
            except TimedOut:
                self._give_up("budget")
            except Closed:
                raise JudgeDied(f"the judge's process died: {last_words()}") from None
        return self.report

    def _hear(self, said: dict, control: socket.socket) -> bool:
        if "done" in said:
            self.report.seconds = said["seconds"]
            return False
        if "lost" in said:
            raise JudgeDied(f"a learner's process could not be made ({said['lost']}): {last_words()}")
        if "need" in said:
            self._new_learner(control)
        elif "incident" in said:
            why, _, detail = said["incident"].partition(": ")
            self.report.incidents.append(Incident(said["cell"], why, detail))
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
        self._learner = held = self.doors.learners.take(self._learner_settings())
        socket.send_fds(control, [b"."], [held.sock.fileno(), held.pidfd])
        held.sock.close()

    def _judge_settings(self) -> dict:
        return {
            **self._common(),
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
            "limits": {**vars(self.settings.limits), "grouped": self._grouped},
        }

    def _common(self) -> dict:
        return {
            "env": dict(self.plan.env),
            "figures": self.settings.figures,
            "most_output": self.settings.most_output,
            "cores": self._core.cores,
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
        self.stopped = True
        if self._judge >= 0:
            with suppress(OSError):
                signal.pidfd_send_signal(self._judge, signal.SIGKILL)
            os.close(self._judge)
            self._judge = -1
        self._end_learner()
        if self._core is not None:
            self.doors.free(self._core)
            self._core = None

    def _end_learner(self) -> None:
        if self._learner is not None:
            self.doors.learners.end(self._learner)
            self._learner = None
