"""`python -m grader grade`: every submission of a class gets a grade or a flag; one that fails stops no other."""

from __future__ import annotations

import os
import pickle
import shutil
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from traitlets.config import Config
from traitlets.utils.importstring import import_item

from grader.classroom import database, flagged, runlog, scoring, stage
from grader.classroom import findings as found
from grader.classroom.classdir import ClassDirectory, locked
from grader.classroom.database import database_problems
from grader.classroom.findings import Finding
from grader.classroom.gradebook import RunGradebook
from grader.classroom.intake import printable
from grader.classroom.pool import Pool, Processes
from grader.classroom.stage import Job, Outcome
from grader.classroom.standing import Standing
from grader.classroom.steps import Plan, plan
from grader.errors import Problem, disk_problems, of_the_disk

SCRATCH = ".grading-"  # the folder in the class directory where a run keeps what is half done


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
    _set(directory.config, steps, figures=figures, sandbox=sandbox)
    wanted = directory.chapters(chapters)
    with _at_work(directory) as (scratch, temporary), _gradebook(directory) as gradebook:
        todo, results = _sort(directory, gradebook, wanted, regrade)
        step = import_item(steps.execution)(config=directory.config)
        if executor is None and make_executor is None:
            make_executor = Processes(max(1, min(workers, len(todo))), temporary)
            if todo and hasattr(step, "share"):  # one warm pair for all workers, which are on this machine
                directory.config[type(step).__name__].address = step.share()
        pool = Pool(executor, make_executor, max(1, workers))
        writer = scoring.Writer(directory, gradebook, steps, scratch)
        log = runlog.started(directory.root, wanted, len(todo), getattr(step, "sandbox", None))
        count, done = len(results), False
        try:
            with disk_problems(), _progress(console) as progress:
                task = progress.add_task("grading", total=len(todo), note="")
                for job, outcome in pool.run(_jobs(directory, todo, steps)):
                    results.append(_score(writer, job, outcome))
                    progress.update(task, advance=1, note=printable(f"{job.student} {job.chapter}"))
            done = True
        except KeyboardInterrupt:
            raise Stopped(len(results) - count, len(todo)) from None
        finally:
            pool.close(now=not done)
            with disk_problems():
                _write_flags(directory, results)
                log.ended(len(results) - count, len(todo), sum(bool(result.flags) for result in results[count:]))
    return sorted(results, key=lambda result: (result.chapter, result.student))


def _sort(
    directory: ClassDirectory, gradebook: RunGradebook, chapters: list[str], regrade: bool
) -> tuple[list[tuple[str, str, Path]], list[Result]]:
    """What has to be graded, (student, chapter, folder), and the results that stand from earlier."""
    todo, results = [], []
    for chapter in chapters:
        standing = None if regrade else Standing(directory, gradebook, chapter)
        for student, folder in directory.submissions(chapter):
            if not _is_text(student):
                results.append(Result(printable(student), chapter, [Finding("odd_name")]))
            elif standing and (findings := standing.findings(student, folder)) is not None:
                results.append(Result(student, chapter, findings, skipped=True))
            else:
                todo.append((student, chapter, folder))
    return todo, results


def _is_text(name: str) -> bool:
    """Whether a folder's name can be stored: names in an old encoding come as text that no database takes."""
    try:
        return bool(name.encode("utf-8"))
    except UnicodeEncodeError:
        return False


def _jobs(directory: ClassDirectory, todo: list[tuple[str, str, Path]], steps: Plan) -> Iterator[Job]:
    """One job at a time, as workers become free: a class of any size takes the same memory."""
    settings, known = _plain(directory.config), {}
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
def _at_work(directory: ClassDirectory) -> Iterator[tuple[Path, Path]]:
    """Two folders for what is half done, on the class's disk and for the workers; none is left behind."""
    with locked(directory.root) as alone, disk_problems():
        for left in directory.root.glob(f"{SCRATCH}*") if alone else ():
            shutil.rmtree(left, ignore_errors=True)  # by a run that was killed
        scratch = Path(tempfile.mkdtemp(dir=directory.root, prefix=SCRATCH))
        temporary = Path(tempfile.mkdtemp(prefix="dlbasic-grade-"))
        try:
            yield scratch, temporary
        finally:
            shutil.rmtree(scratch, ignore_errors=True)
            shutil.rmtree(temporary, ignore_errors=True)


@contextmanager
def _gradebook(directory: ClassDirectory) -> Iterator[RunGradebook]:
    with database_problems(directory.gradebook_file):
        gradebook = RunGradebook(directory.db_url, directory.course_id)
    with closing(gradebook):
        yield gradebook


def _set(config: Config, steps: Plan, *, figures: bool, sandbox: bool) -> None:
    """What the command line asks for goes before the class's settings."""
    for name in {"ExecuteBehindWall", steps.execution.rpartition(".")[2]}:
        if figures:
            config[name].figures = True
        if not sandbox:
            config[name].sandbox = False


def _plain(config: Config) -> dict:
    """The settings as data that another process can be sent. What cannot be sent (a hook) is for this one alone."""
    kept: dict = {}
    for section, values in config.items():
        for name, value in values.items():
            try:
                pickle.dumps(value)
            except Exception:
                continue
            kept.setdefault(section, {})[name] = value
    return kept


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
