"""Starts the process that workers are forked from: early, so that it does its imports while this one does its own."""

from __future__ import annotations

import multiprocessing
import signal
from multiprocessing import forkserver
from multiprocessing.context import BaseContext

PRELOADED = ["grader.classroom.stage", "grader.classroom.execute", "nbgrader.preprocessors"]


def context() -> BaseContext:
    """How workers are started. Not "fork": each would be a copy of a process with threads and an open gradebook."""
    there = multiprocessing.get_all_start_methods()
    return multiprocessing.get_context("forkserver" if "forkserver" in there else "spawn")


def start() -> None:
    """Start the fork server, if this system has one and it does not run yet. Returns at once."""
    chosen = context()
    if chosen.get_start_method() != "forkserver":
        return
    chosen.set_forkserver_preload(PRELOADED)
    # Ctrl-C goes to everybody in the foreground, and is for the main process to deal with.
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        forkserver.ensure_running()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
