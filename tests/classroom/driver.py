"""A process that has everything imported and forks one that grades, for every line of JSON that it reads.

It writes the process id of each, then its exit code. Tests disturb those: see test_faults.py.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import random
import signal
import sqlite3
import sys
import time
from concurrent.futures import Executor, Future

from click.testing import CliRunner
from sqlalchemy.exc import OperationalError

from grader import cli
from grader.classroom import database, early, gradebook, scoring, stage  # noqa: F401  (imported once, for all)


class Inline(Executor):
    """Runs a job when it is handed over, in this very process."""

    def submit(self, function, /, *arguments):
        future = Future()
        try:
            future.set_result(function(*arguments))
        except BaseException as error:
            future.set_exception(error)
        return future


def kill() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def full_disk() -> None:
    raise OSError(28, "No space left on device", "somewhere")


def full_database() -> None:
    raise OperationalError("INSERT", {}, sqlite3.OperationalError("database or disk is full"))


def disturb(event: int, how: str) -> None:
    """Let something happen at the n-th of the moments around which a submission is written."""
    left = iter(range(event, -1, -1))

    def tick() -> None:
        if next(left, None) == 0:
            {"kill": kill, "full disk": full_disk, "full database": full_database}[how]()

    def around(place, name: str, after: bool) -> None:
        real = getattr(place, name)

        def changed(*arguments, **named):
            tick()
            value = real(*arguments, **named)
            if after:
                tick()
            return value

        setattr(place, name, changed)

    around(scoring.Writer, "_prepare", after=how == "kill")
    around(scoring.Writer, "_enter", after=how == "kill")
    around(gradebook.RunGradebook, "record", after=how == "kill")
    around(scoring.os, "rename", after=how == "kill")
    around(gradebook.HeldSession, "keep", after=how == "kill")


def run(order: dict) -> int:
    random.seed(order.get("seed", 0))
    database.BUSY_SECONDS = order.get("busy", 10.0)
    if "event" in order:
        disturb(order["event"], order["how"])
    if "mark" in order:
        os.environ["MARK"] = order["mark"]
    else:
        # The quickest way to start a process from one that has all it needs; whoever grades uses another.
        fork = multiprocessing.get_context("fork")
        early.context = lambda: fork
    for _ in range(50):
        done = CliRunner().invoke(cli.main, ["grade", "--class", order["root"], *order.get("options", [])])
        if "at work in this class" not in done.output:
            break
        time.sleep(0.1)  # workers that were forked from it hold the lock of one that was killed a moment longer
    if done.exception and not isinstance(done.exception, SystemExit):
        print(done.exc_info, file=sys.stderr)
    with open(order["root"] + ".said", "w", encoding="utf-8") as file:
        file.write(done.output)
    return done.exit_code


def main() -> None:
    """The one argument is a class directory to warm up with: what is imported and compiled there, all forks have."""
    assert run({"root": sys.argv[1], "mark": "warm", "options": ["--executor", "driver:Inline"]}) == 0
    print("ready", flush=True)
    for line in sys.stdin:
        order = json.loads(line)
        pid = os.fork()
        if pid == 0:
            os._exit(run(order))
        print(pid, flush=True)
        os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)
        # Not before the test knows: until then its id is nobody else's.
        print("ended", flush=True)
        sys.stdin.readline()
        print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), flush=True)


if __name__ == "__main__":
    main()
