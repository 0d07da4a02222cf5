"""Jobs handed to worker processes, or to whatever `concurrent.futures.Executor` a class has; no job is lost with them.

A process that dies takes every job under way with it, guilty or not. All of them are tried again, one at a time: the
one whose process dies a second time, with nothing else running, is the guilty one.
"""

from __future__ import annotations

import os
import pickle
import shutil
import signal
import tempfile
import threading
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, ProcessPoolExecutor, wait
from contextlib import suppress
from pathlib import Path

from grader.classroom import early, stage
from grader.classroom.stage import Job, Outcome
from grader.errors import Problem

AHEAD = 2  # jobs waiting per worker: enough to keep it busy, few enough to be stopped quickly
MOST_DEATHS = 3  # of jobs in a row before any has succeeded: then it is not the submissions


class Processes:
    """Makes pools of worker processes, which die with this one: when it ends, is killed, or says so."""

    def __init__(self, workers: int, scratch: Path) -> None:
        self._context = early.context()
        self._workers, self._scratch = workers, scratch
        self._held = None

    def __call__(self) -> Executor:
        self.kill()
        early.start()
        # Nothing is ever sent: the workers wait for the far end to be closed, which a kill does too.
        leash, self._held = self._context.Pipe(duplex=False)
        return ProcessPoolExecutor(self._workers, self._context, _start, (leash, self._held, self._scratch))

    def kill(self) -> None:
        """End all workers now, whatever they are doing."""
        if self._held is not None:
            self._held.close()
            self._held = None

    @staticmethod
    def run(job: Job) -> str:
        """Run a job and leave its outcome in a file; returns the file's name.

        A worker that is killed while it writes a long message would stop the whole pool for ever: who waits for the
        rest of it holds the lock that everybody else needs. A short one is written at once or not at all.
        """
        handle, name = tempfile.mkstemp()
        with os.fdopen(handle, "wb") as file:
            pickle.dump(stage.run(job), file)
        return name

    @staticmethod
    def take(name: str) -> Outcome:
        with open(name, "rb") as file:
            outcome = pickle.load(file)
        os.unlink(name)
        return outcome


def _start(leash, held, scratch: Path) -> None:
    held.close()  # the copy that this process was given
    # Ctrl-C goes to everybody in the foreground; what becomes of it is for the main process to decide.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.setpgid(0, 0)
    tempfile.tempdir = tempfile.mkdtemp(dir=scratch)  # goes with the run, even where this process is killed
    threading.Thread(target=_follow, args=(leash,), daemon=True).start()


def _follow(leash) -> None:
    with suppress(EOFError, OSError):
        leash.recv()
    with suppress(Exception):
        stop_all()
    shutil.rmtree(tempfile.tempdir, ignore_errors=True)
    os.killpg(0, signal.SIGKILL)


def stop_all() -> None:
    """Stop every run of this process at once."""
    from grader.classroom import execute

    execute.stop_all()


class Pool:
    """Runs jobs. `make` makes an executor, and another when that one has broken; without it, breaking is a Problem."""

    def __init__(self, executor: Executor | None, make: Callable[[], Executor] | None, workers: int) -> None:
        self._make, self._own, self._workers = make, executor is None, workers
        self._executor = executor
        ours = isinstance(make, Processes)
        self._run, self._take = (make.run, make.take) if ours else (stage.run, lambda outcome: outcome)
        self._running: dict[Future, Job] = {}
        self._suspects: deque[Job] = deque()
        self._deaths, self._succeeded = 0, False

    def run(self, jobs: Iterator[Job]) -> Iterator[tuple[Job, Outcome | BaseException]]:
        """(job, outcome) as they are done; an exception in the place of the outcome when the job itself broke."""
        while True:
            alone = bool(self._suspects)
            whole = self._fill(jobs)
            if whole and not self._running:
                return
            done, lost = self._gather(whole)
            for job, outcome in done:
                self._succeeded = True
                yield job, outcome
            if lost or not whole:
                if alone and len(lost) == 1:
                    yield lost[0], self._twice()
                else:
                    self._suspects.extend(lost)
                self._renew()

    def close(self, *, now: bool = False) -> None:
        """Let the workers go; `now`: without waiting for what they are doing."""
        if isinstance(self._make, Processes):
            # Even where all is done: to ask them to end, and wait, is to wait for ever if one is killed meanwhile.
            self._make.kill()
        elif now:
            for future in self._running:
                future.cancel()
            stop_all()
        if self._own and self._executor is not None:
            self._executor.shutdown(cancel_futures=True)

    def _fill(self, jobs: Iterator[Job]) -> bool:
        """Hand out jobs, suspects one at a time; False when the executor turns out to be broken."""
        while len(self._running) < (1 if self._suspects else self._workers * AHEAD):
            job = self._suspects[0] if self._suspects else next(jobs, None)
            if job is None:
                break
            if self._executor is None:
                self._executor = self._make()
            try:
                self._running[self._executor.submit(self._run, job)] = job
            except BrokenExecutor:
                if not self._suspects:
                    self._suspects.append(job)
                return False
            if self._suspects:
                self._suspects.popleft()
                break
        return True

    def _gather(self, whole: bool) -> tuple[list[tuple[Job, object]], list[Job]]:
        """What is done, and the jobs that a broken executor has lost."""
        done, lost = [], []
        while self._running:
            for future in wait(self._running, return_when=FIRST_COMPLETED).done:
                job, error = self._running.pop(future), future.exception()
                if isinstance(error, BrokenExecutor):
                    lost.append(job)
                else:
                    done.append((job, error or self._take(future.result())))
            if whole and not lost:
                break  # else nothing of it goes on: take what there is
        return done, lost

    def _twice(self) -> Exception:
        self._deaths += 1
        if not self._succeeded and self._deaths >= MOST_DEATHS:
            remedy = "see whether there is memory left; `--workers 1` needs the least. What was graded is kept"
            raise Problem("the processes that run submissions die again and again", "", remedy)
        return ChildProcessError("the process that ran it died twice")

    def _renew(self) -> None:
        if self._make is None:
            remedy = "run the same command again: it goes on where it stopped"
            raise Problem("the executor that runs submissions broke down", "", remedy)
        if self._executor is not None:
            self._executor.shutdown(wait=False, cancel_futures=True)
        self._executor = None
