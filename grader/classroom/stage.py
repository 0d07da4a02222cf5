"""One submission, from its folder to a notebook that has run: the part of grading that touches no gradebook.

`run` takes and gives plain data, so that any `concurrent.futures.Executor` can do it.
"""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

import nbformat
from traitlets.config import Config
from traitlets.utils.importstring import import_item

from grader.classroom import findings as found
from grader.classroom.findings import Finding
from grader.classroom.intake import Intake, digest, placeholder, take_in
from grader.classroom.skeleton import Skeleton
from grader.errors import of_the_disk


@dataclass(frozen=True)
class Job:
    """A submission to be taken in and run. `settings`: the class's configuration, as a plain dict."""

    student: str
    chapter: str
    folder: Path
    skeleton: Skeleton
    settings: dict
    executor: str
    source: Path
    kernelspec: dict


@dataclass(frozen=True)
class Outcome:
    """What came of a job: the run notebook as JSON, and the submission's other files that belong beside it."""

    student: str
    chapter: str
    notebook: str
    extras: dict[str, Path]


def run(job: Job) -> Outcome:
    """Take a submission in and run its cells. What goes wrong with it becomes a flag; only a full disk is raised."""
    sum_ = digest(job.folder, job.skeleton)
    taken = take_in(job.folder, job.chapter, job.skeleton)
    if taken.readable:
        try:
            _execute(taken, job)
        except Exception as error:
            if isinstance(error, OSError) and of_the_disk(error):
                raise
            finding = Finding("failed", facts={"detail": f"{type(error).__name__}: {error}"[:300]})
            taken = Intake(placeholder(job.skeleton, [finding]), [finding], False)
    if not any(finding.code == "failed" for finding in taken.findings):  # that may go better another time
        taken.notebook.metadata[found.METADATA]["digest"] = sum_
    return Outcome(job.student, job.chapter, nbformat.writes(taken.notebook), taken.extras)


def _execute(taken: Intake, job: Job) -> None:
    """Run the cells in a folder of their own, with the submission's and the chapter's other files in it."""
    with tempfile.TemporaryDirectory(prefix="dlbasic-run-") as folder:
        lay_out(Path(folder), taken.extras, job.source)
        if job.kernelspec:
            taken.notebook.metadata["kernelspec"] = nbformat.from_dict(job.kernelspec)
        resources = {"metadata": {"path": folder}}
        import_item(job.executor)(config=Config(job.settings)).preprocess(taken.notebook, resources)
        taken.notebook.metadata.pop("widgets", None)  # state of sliders that nobody will move


def lay_out(folder: Path, extras: dict[str, Path], source: Path) -> None:
    """Copy a submission's other files, then the chapter's own over them."""
    for name, path in extras.items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
    for path in sorted(source.rglob("*")) if source.is_dir() else ():
        inside = path.relative_to(source)
        if path.is_file() and path.suffix != ".ipynb" and not any(part.startswith(".") for part in inside.parts):
            target = folder / inside
            target.parent.mkdir(parents=True, exist_ok=True)
            target.unlink(missing_ok=True)
            shutil.copyfile(path, target)
