"""`python -m grader grade`: every submission of a class gets a grade or a flag; one that fails stops no other."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from contextlib import closing, contextmanager
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from traitlets.utils.importstring import import_item

from grader.classroom import database, flagged, scoring, stage
from grader.classroom.classdir import ClassDirectory
from grader.classroom.database import database_problems
from grader.classroom.findings import Finding
from grader.classroom.gradebook import RunGradebook
from grader.classroom.intake import printable
from grader.classroom.pool import Pool, Processes
from grader.classroom.stage import Job, Outcome
from grader.classroom.standing import Result, sort
from grader.classroom.steps import Plan, plain_settings, plan
from grader.classroom.workplace import RunLog, at_work
from grader.errors import Problem, disk_problems, of_the_disk


class Stopped(KeyboardInterrupt):
    """Ctrl-C; what was finished until then is kept."""

    def __init__(self, done: int, total: int) -> None:
        super().__init__(f"{done} of {total} graded")
        self.done, self.total = done, total


def grade(
    directory: ClassDirectory,
    chapters: tuple[str, ...] = (),
    *,
    workers: int = 2,
    regrade: bool = False,
    executor: Executor | None = None,
    make_executor: Callable[[], Executor] | None = None,
    figures: bool = False,
    sandbox: bool = True,
    console: Console | None = None,
) -> list[Result]:
    """Grade what is new or changed. Cells run in `executor` (worker processes of our own by default); the gradebook is
    written from here alone, one submission after the other.

    make_executor : makes the executor, and another one when that breaks
    figures, sandbox : settings for the step that runs the cells

    Raises Problem for what stops everybody (no such chapter, a locked gradebook, a full disk), Stopped at Ctrl-C.
    """
    console = console or Console(stderr=True)
    steps = plan(directory.config)
    steps.set(directory.config, figures=figures, sandbox=sandbox)
    wanted = directory.chapters(chapters)
    with at_work(directory.root) as (scratch, temporary), _gradebook(directory) as gradebook:
        todo, results = sort(directory, gradebook, wanted, regrade)
        step = import_item(steps.execution)(config=directory.config)
        if executor is None and make_executor is None:
            make_executor = Processes(max(1, min(workers, len(todo))), temporary)
            if todo and hasattr(step, "share"):  # one warm pair for all workers, which are on this machine
                directory.config[type(step).__name__].address = step.share()
        pool = Pool(executor, make_executor, max(1, workers))
        writer = scoring.Writer(directory, gradebook, steps, scratch)
        log = RunLog(directory.root, wanted, len(todo), getattr(step, "sandbox", None))
        count, done = len(results), False
        try:
            with disk_problems(), _progress(console) as progress:
                task = progress.add_task("grading", total=len(todo), note="")
                for job, outcome in pool.run(jobs(directory, todo, steps)):
                    results.append(_score(writer, job, outcome))
                    progress.update(task, advance=1, note=printable(f"{job.student} {job.chapter}"))
            done = True
        except KeyboardInterrupt:
            raise Stopped(len(results) - count, len(todo)) from None
        finally:
            pool.close(now=not done)
            with disk_problems():
                _write_flags(directory, results)
                log.ended(len(results) - count, sum(bool(result.flags) for result in results[count:]))
    return sorted(results, key=lambda result: (result.chapter, result.student))


def jobs(directory: ClassDirectory, todo: list[tuple[str, str, Path]], steps: Plan) -> Iterator[Job]:
    """One job at a time, as workers become free: a class of any size takes the same memory."""
    settings, known = plain_settings(directory.config), {}
    for student, chapter, folder in todo:
        if chapter not in known:
            known = {chapter: (directory.skeleton(chapter), directory.kernelspec(chapter))}
        skeleton, kernelspec = known[chapter]
        source = directory.root / "source" / chapter
        yield Job(
            student, chapter, folder, skeleton, settings, steps.execution, source, kernelspec, steps.before, steps.after
        )


def _score(writer: scoring.Writer, job: Job, outcome: Outcome | BaseException) -> Result:
    """Write one submission's scores. What goes wrong with this one becomes its flag; what stops everybody is raised."""
    if not isinstance(outcome, Outcome):
        outcome = stage.broken(job, outcome)
    try:
        return Result(job.student, job.chapter, _write(writer, outcome))
    except Exception as error:
        _raise_what_stops_everybody(writer.directory, error)
        first = error
    try:
        return Result(job.student, job.chapter, _write(writer, stage.broken(job, first)))
    except Exception as error:
        _raise_what_stops_everybody(writer.directory, error)
        return Result(job.student, job.chapter, stage.failed(job.skeleton, error).findings)


def _write(writer: scoring.Writer, outcome: Outcome) -> list[Finding]:
    with database_problems(writer.directory.gradebook_file):
        return writer.score(outcome)


def _raise_what_stops_everybody(directory: ClassDirectory, error: Exception) -> None:
    if isinstance(error, Problem) or (isinstance(error, OSError) and of_the_disk(error)):
        raise error
    database.check(directory.db_url)


@contextmanager
def _gradebook(directory: ClassDirectory) -> Iterator[RunGradebook]:
    with database_problems(directory.gradebook_file):
        gradebook = RunGradebook(directory.db_url, directory.course_id)
    with closing(gradebook):
        yield gradebook


def _write_flags(directory: ClassDirectory, results: list[Result]) -> None:
    rows = [(r.student, r.chapter, flag.exercise, flag.text()) for r in results for flag in r.flags]
    gone = [row[:2] for row in flagged.read(flags_file(directory)) if not _is_submitted(directory, *row[:2])]
    flagged.update(flags_file(directory), rows, {(r.student, r.chapter) for r in results} | set(gone))


def cores() -> int:
    """How many submissions to run at a time: one for every core that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def flags_file(directory: ClassDirectory) -> Path:
    return directory.root / "flagged.tsv"


def _is_submitted(directory: ClassDirectory, student: str, chapter: str) -> bool:
    return os.path.lexists(directory.root / "submitted" / student / chapter)


def _progress(console: Console) -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("left"),
        TimeRemainingColumn(),
        TextColumn("{task.fields[note]}", markup=False),
        console=console,
    )
