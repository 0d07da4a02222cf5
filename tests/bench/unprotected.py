"""The same cells with and without the wall: what isolation costs."""

from __future__ import annotations

import os
import statistics
import time
from dataclasses import dataclass
from pathlib import Path

import matplotlib

import dlbasic  # noqa: F401  (warm)

matplotlib.use("agg")

import matplotlib.pyplot

from grader import hidden
from grader.classroom.classdir import ClassDirectory
from grader.classroom.execute import RunSubmission
from grader.classroom.intake import take_in
from grader.wall import run
from grader.wall.pair import THREADS
from grader.wall.plan import Plan, Report, Settings
from grader.wall.shell import Shell, quiet_environment


@dataclass
class Prepared:
    """A submission after intake: what is to be run, and how long intake took."""

    plan: Plan
    settings: Settings
    intake: float


def jobs(root: Path, chapter: str) -> list[Prepared]:
    directory = ClassDirectory(root)
    skeleton = directory.skeleton(chapter)
    made = []
    for _, folder in directory.submissions(chapter):
        start = time.process_time()
        notebook = take_in(folder, chapter, skeleton).notebook
        seconds = time.process_time() - start
        step = RunSubmission(config=directory.config)
        facts = {"assignment": chapter, "notebook": chapter}
        plan = step.planned(notebook, {"metadata": {"path": str(folder)}, "nbgrader": facts})
        plan.files = {}
        made.append(Prepared(plan, step.settings(), seconds))
    return made


def behind_the_wall(job: Prepared) -> Report:
    return run.run(job.plan, job.settings)


class WarmProcess:
    """One warm process without any protection: a fork of it runs learner's cells and tests side by side."""

    def __init__(self, root: Path, chapter: str) -> None:
        os.environ.update({"NBGRADER_EXECUTION": "autograde", "DLBASIC_EXAMINER": "grader.hidden", **THREADS})
        hidden.warm(chapter)
        self.shell = Shell.instance()

    def __enter__(self) -> WarmProcess:
        return self

    def __exit__(self, *exception: object) -> None:
        Shell.clear_instance()

    def run(self, job: Prepared) -> None:
        pid = os.fork()
        if pid == 0:
            try:
                nowhere = os.open(os.devnull, os.O_RDWR)
                os.dup2(nowhere, 1)
                os.dup2(nowhere, 2)
                quiet_environment(self.shell)
                for cell in job.plan.cells:
                    if cell.where != "skip":
                        self.shell.run(cell.source)
            finally:
                os._exit(0)
        os.waitpid(pid, 0)


def where_it_goes(made: list[Prepared]) -> dict[str, float]:
    """Median CPU seconds of a submission by part; forks and the gradebook are not among them."""
    reports = [behind_the_wall(job) for job in made]
    parts = {"intake": [job.intake for job in made]}
    parts |= {side: [report.seconds.get(side, 0.0) for report in reports] for side in ("learner", "judge")}
    return {name: statistics.median(seconds) for name, seconds in parts.items()}
