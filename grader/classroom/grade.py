"""`python -m grader grade`: every submission of a class gets a grade or a flag; one that fails stops no other."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
from nbgrader.api import MissingEntry
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from grader.classroom import execute, flagged, intake, stage
from grader.classroom import findings as found
from grader.classroom.classdir import ClassDirectory, check_gradebook, database_problems
from grader.classroom.findings import Finding
from grader.classroom.stage import Job, Outcome
from grader.errors import Problem, disk_problems, of_the_disk

AHEAD = 2  # jobs waiting per worker: enough to keep it busy, few enough to be stopped quickly


@dataclass
class Result:
    """What became of one submission. `skipped`: it was graded before and nothing has changed."""

    student: str
    chapter: str
    findings: list[Finding] = field(default_factory=list)
    skipped: bool = False

    @property
    def flags(self) -> list[Finding]:
        return found.flags(self.findings)


def grade(
    directory: ClassDirectory,
    chapters: tuple[str, ...] = (),
    *,
    workers: int = 2,
    regrade: bool = False,
    executor: Executor | None = None,
    console: Console | None = None,
) -> list[Result]:
    """Grade what is new or changed. Cells run in `executor` (threads by default, each with a kernel of its own); the
    gradebook is written from here alone, one submission after the other.

    Raises Problem for what stops everybody: no such chapter, a locked gradebook, a full disk.
    """
    console = console or Console(stderr=True)
    jobs, results = _jobs(directory, directory.chapters(chapters), regrade)
    own = executor is None
    executor = executor or ThreadPoolExecutor(max(1, workers), thread_name_prefix="grade")
    try:
        with disk_problems(), _progress(console) as progress:
            task = progress.add_task("grading", total=len(jobs), note="")
            for job, outcome in _run(jobs, executor, max(1, workers)):
                results.append(_score(directory, job, outcome))
                progress.update(task, advance=1, note=f"{job.student} {job.chapter}")
    except BaseException:
        execute.stop_all()
        raise
    finally:
        if own:
            executor.shutdown(cancel_futures=True)
        with disk_problems():
            _write_flags(directory, results)
    return sorted(results, key=lambda result: (result.chapter, result.student))


def _jobs(directory: ClassDirectory, chapters: Iterable[str], regrade: bool) -> tuple[list[Job], list[Result]]:
    """What has to be run, and the results that stand from earlier."""
    from grader.classroom.scoring import execution_step

    jobs, results = [], []
    step = execution_step(directory.config)
    for chapter in chapters:
        submissions = directory.submissions(chapter)
        if not submissions:
            continue
        skeleton = directory.skeleton(chapter)
        with directory.gradebook() as gradebook:
            kernelspec = json.loads(gradebook.find_notebook(chapter, chapter).kernelspec or "{}")
        source = directory.root / "source" / chapter
        for student, folder in submissions:
            done = None if regrade else _standing(directory, student, chapter, intake.digest(folder, skeleton))
            if done is not None:
                results.append(Result(student, chapter, done, skipped=True))
            else:
                settings = dict(directory.config)
                jobs.append(Job(student, chapter, folder, skeleton, settings, step, source, kernelspec))
    return jobs, results


def _standing(directory: ClassDirectory, student: str, chapter: str, digest: str) -> list[Finding] | None:
    """The findings of an earlier run that still holds, without flags that a person has settled; None if it doesn't."""
    try:
        metadata = json.loads(directory.graded(student, chapter).read_text(encoding="utf-8"))["metadata"]
    except (OSError, ValueError, KeyError):
        return None
    if found.digest_of(metadata) != digest:
        return None
    findings = found.read(metadata)
    try:
        with directory.gradebook() as gradebook:
            grades = gradebook.find_submission_notebook(chapter, chapter, student).grades
            waiting = {found.exercise_of(metadata, grade.name) for grade in grades if grade.needs_manual_grade}
    except MissingEntry:
        return None
    return [f for f in findings if not f.is_flag or f.exercise in waiting or (f.exercise == found.WHOLE and waiting)]


def _run(jobs: list[Job], executor: Executor, workers: int) -> Iterator[tuple[Job, Outcome | Exception]]:
    """(job, outcome) as they are done; an exception in the place of the outcome when the job itself broke."""
    waiting = iter(jobs)
    running: dict[Future, Job] = {}
    while True:
        while len(running) < workers * AHEAD and (job := next(waiting, None)):
            running[executor.submit(stage.run, job)] = job
        if not running:
            return
        for future in wait(running, return_when=FIRST_COMPLETED).done:
            job = running.pop(future)
            yield job, future.exception() or future.result()


def _score(directory: ClassDirectory, job: Job, outcome: Outcome | BaseException) -> Result:
    """Write one submission's scores. What goes wrong with this one becomes its flag; what stops everybody is raised."""
    if not isinstance(outcome, Outcome):
        outcome = _failed(job, outcome)
    try:
        return Result(job.student, job.chapter, _write(directory, job, outcome))
    except Exception as error:
        _raise_what_stops_everybody(directory, error)
        first = error
    try:
        return Result(job.student, job.chapter, _write(directory, job, _failed(job, first)))
    except Exception as error:
        _raise_what_stops_everybody(directory, error)
        return Result(job.student, job.chapter, [_finding(error)])


def _write(directory: ClassDirectory, job: Job, outcome: Outcome) -> list[Finding]:
    from grader.classroom.scoring import score

    with database_problems(directory.gradebook_file):
        return score(directory, outcome, job.folder)


def _raise_what_stops_everybody(directory: ClassDirectory, error: Exception) -> None:
    if isinstance(error, Problem) or (isinstance(error, OSError) and of_the_disk(error)):
        raise error
    check_gradebook(directory.gradebook_file)


def _failed(job: Job, error: BaseException) -> Outcome:
    """A placeholder, so that a person finds the submission in the formgrader."""
    if isinstance(error, OSError) and of_the_disk(error):
        raise error
    notebook = intake.placeholder(job.skeleton, [_finding(error)])
    return Outcome(job.student, job.chapter, nbformat.writes(notebook), {})


def _finding(error: BaseException) -> Finding:
    return Finding("failed", facts={"detail": f"{type(error).__name__}: {error}"[:300]})


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
    return (directory.root / "submitted" / student / chapter).is_dir()


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
