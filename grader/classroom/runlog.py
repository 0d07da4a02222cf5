"""`grading.log` in the class directory: a line when a run starts and one when it ends, with how it was done."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

FILE = "grading.log"


class RunLog:
    """One run. What was graded without the sandbox is in the gradebook too, in the table `dlbasic_graded`."""

    def __init__(self, root: Path, how: str) -> None:
        self._file, self._how = root / FILE, how

    def write(self, words: str) -> None:
        # One line, one write: two runs at the same time do not mix theirs.
        with open(self._file, "a", encoding="utf-8") as file:
            file.write(f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S} UTC  {words}; {self._how}\n")

    def ended(self, done: int, total: int, flagged: int) -> None:
        words = "ended" if done == total else "stopped"
        self.write(f"{words}: {done} of {total} graded, {flagged} of them flagged")


HOW = {True: "in the sandbox", False: "WITHOUT THE SANDBOX", None: "sandbox or not: the step does not say"}


def started(root: Path, chapters: list[str], total: int, sandbox: bool | None) -> RunLog:
    """Note that a run starts: one without the sandbox leaves its mark even if it is killed."""
    log = RunLog(root, HOW[sandbox])
    log.write(f"started: {total} submissions of {', '.join(chapters) or 'no chapter'}")
    return log
