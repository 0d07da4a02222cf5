"""What a run has for itself while it is at work in a class directory: the lock, folders for half-done work, a log."""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from grader.errors import Problem, disk_problems

SCRATCH, TEMPORARY = ".grading-", "dlbasic-grade-"
LOG = "grading.log"
HOW = {True: "in the sandbox", False: "WITHOUT THE SANDBOX", None: "sandbox or not: the step does not say"}


@contextmanager
def locked(root: Path) -> Iterator[bool]:
    """Keeps two commands that write a class apart. Raises Problem while there is another one.

    Gives whether it holds the lock: some network disks have none. It goes when the process does, however that ends.
    """
    handle = os.open(root, os.O_RDONLY)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            held = True
        except BlockingIOError:
            remedy = "wait until it has ended, then run the command again"
            raise Problem("another command is at work in this class directory", root, remedy) from None
        except OSError:
            held = False
        yield held
    finally:
        os.close(handle)


@contextmanager
def at_work(root: Path) -> Iterator[tuple[Path, Path]]:
    """Two folders for what is half done, on the class's own disk and for workers; none is left behind."""
    with locked(root) as alone, disk_problems():
        for left in root.glob(f"{SCRATCH}*") if alone else ():
            shutil.rmtree(left, ignore_errors=True)  # by a run that was killed
        _sweep(Path(tempfile.gettempdir()))
        scratch = Path(tempfile.mkdtemp(dir=root, prefix=SCRATCH))
        temporary = Path(tempfile.mkdtemp(prefix=TEMPORARY))
        try:
            with locked(temporary):
                yield scratch, temporary
        finally:
            shutil.rmtree(scratch, ignore_errors=True)
            shutil.rmtree(temporary, ignore_errors=True)


def _sweep(place: Path) -> None:
    """Remove what killed runs, of this class or another, have left for their workers: what nobody holds a lock on."""
    for left in place.glob(f"{TEMPORARY}*"):
        # A run needs a moment between making its folder and locking it.
        with suppress(OSError, Problem), locked(left) as dead:
            if dead and time.time() - left.stat().st_mtime > 60:
                shutil.rmtree(left, ignore_errors=True)


class RunLog:
    """`grading.log` in the class directory: a line when a run starts and one when it ends, with how it was done.

    The first is written before anything else happens: a run without the sandbox leaves its mark even if it is killed.
    How each submission was graded is in the gradebook too, in the table `dlbasic_graded`.
    """

    def __init__(self, root: Path, chapters: list[str], total: int, sandbox: bool | None) -> None:
        self._file, self._how, self._total = root / LOG, HOW[sandbox], total
        self._write(f"started: {total} submissions of {', '.join(chapters)}")

    def ended(self, done: int, flagged: int) -> None:
        words = "ended" if done == self._total else "stopped"
        self._write(f"{words}: {done} of {self._total} graded, {flagged} of them flagged")

    def _write(self, words: str) -> None:
        if not self._total:
            return
        with open(self._file, "a", encoding="utf-8") as file:
            file.write(f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S} UTC  {words}; {self._how}\n")
