"""One submission, from its folder to a notebook that has run: the part of grading that touches no gradebook.

`run` takes and gives plain data, so that any `concurrent.futures.Executor` can do it.
"""

from __future__ import annotations

import errno
import json
import shutil
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbformat.v4.rwbase import split_lines, strip_transient
from traitlets.config import Config
from traitlets.utils.importstring import import_item

from grader.classroom import findings as found
from grader.classroom.findings import Finding
from grader.classroom.intake import Intake, digest, placeholder, take_in, timestamp
from grader.classroom.skeleton import Skeleton
from grader.errors import Problem, of_the_disk

OUTPUTS = {
    "stream": {"name", "text"},
    "error": {"ename", "evalue", "traceback"},
    "display_data": {"data", "metadata"},
    "execute_result": {"data", "metadata", "execution_count"},
}
FULL = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EFBIG}


@dataclass(frozen=True)
class Job:
    """A submission to be taken in and run.

    settings : the class's configuration, as plain data
    executor : the step that runs the cells, by name; before, after : other steps around it
    """

    student: str
    chapter: str
    folder: Path
    skeleton: Skeleton
    settings: dict
    executor: str
    source: Path
    kernelspec: dict
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()


@dataclass(frozen=True)
class Outcome:
    """What came of a job.

    notebook : as the autograded folder will have it
    labelled : its labelled cells alone, as plain data: all that scoring looks at
    digest : of the submission and its tests; empty where another run may do better
    extras : the submission's other files that belong beside the notebook
    sandbox : whether the cells ran in one; None where the step that ran them does not say
    """

    student: str
    chapter: str
    notebook: str
    labelled: dict
    digest: str = ""
    findings: list[Finding] = field(default_factory=list)
    extras: dict[str, Path] = field(default_factory=dict)
    timestamp: str | None = None
    sandbox: bool | None = None


def run(job: Job) -> Outcome:
    """Take a submission in and run its cells. What goes wrong with it becomes a flag; only what would stop every other
    submission too is raised: a full disk, a sandbox that is missing."""
    sum_ = digest(job.folder, job.skeleton)
    taken = take_in(job.folder, job.chapter, job.skeleton)
    stamp, notes = timestamp(job.folder)
    found.add(taken.notebook, notes)
    sandbox = None
    if taken.readable:
        try:
            sandbox = _execute(taken, job)
            _check_outputs(taken.notebook)
        except Exception as error:
            _raise_what_stops_everybody(error)
            taken = failed(job.skeleton, error)
    return _outcome(job, taken, sum_, stamp, sandbox)


def broken(job: Job, error: BaseException) -> Outcome:
    """A placeholder for a submission that grading itself broke at, so that a person finds it in the formgrader."""
    _raise_what_stops_everybody(error)
    return _outcome(job, failed(job.skeleton, error), "", None, None)


def failed(skeleton: Skeleton, error: BaseException) -> Intake:
    finding = Finding("failed", facts={"detail": f"{type(error).__name__}: {error}"[:300]})
    return Intake(placeholder(skeleton, [finding]), [finding], False)


def _raise_what_stops_everybody(error: BaseException) -> None:
    if isinstance(error, Problem) or (isinstance(error, OSError) and of_the_disk(error)):
        raise error


def _outcome(job: Job, taken: Intake, digest: str, stamp: str | None, sandbox: bool | None) -> Outcome:
    notebook = taken.notebook
    findings = found.read(notebook.metadata)
    # What failed may go better another time: without a digest, the next run takes it up again.
    digest = "" if any(finding.code == "failed" for finding in findings) else digest
    notebook.metadata[found.METADATA]["digest"] = digest
    labelled = _labelled(notebook)
    return Outcome(job.student, job.chapter, _text(notebook), labelled, digest, findings, taken.extras, stamp, sandbox)


def _text(notebook: NotebookNode) -> str:
    """As nbformat means it, but neither copied nor validated a second time: nobody needs `notebook` any more.

    A cell a line: Python's fast encoder, four times as fast as the other, knows no indentation.
    """
    plain = strip_transient(split_lines(notebook))
    lines = ",\n".join(_line(cell) for cell in plain["cells"])
    rest = _line({key: value for key, value in plain.items() if key != "cells"})
    return f'{{"cells": [\n{lines}\n],\n{rest[1:]}\n'


def _line(part: dict) -> str:
    return json.dumps(part, ensure_ascii=False, sort_keys=True)


def _check_outputs(notebook: NotebookNode) -> None:
    """Raise ValueError where a step has left an output that no program could show. All else in the notebook is ours:
    nbformat's own validation of it would take longer than reading and repairing it."""
    for cell in notebook.cells:
        for output in cell.get("outputs", ()):
            kind = output.get("output_type")
            if kind not in OUTPUTS or not OUTPUTS[kind] <= output.keys():
                raise ValueError(f"a cell has an output that is none ({kind!r})")


def _labelled(notebook: NotebookNode) -> dict:
    """The labelled cells as plain data, with outputs where they make a score."""
    kept = []
    for cell in notebook.cells:
        if label := cell.metadata.get("nbgrader"):
            plain = {"cell_type": cell.cell_type, "source": cell.source, "metadata": {"nbgrader": dict(label)}}
            if cell.cell_type == "code":
                plain["outputs"] = [_plain(output) for output in cell.outputs] if label.get("grade") else []
            kept.append(plain)
    return {"cells": kept, "metadata": {found.METADATA: json.loads(json.dumps(notebook.metadata[found.METADATA]))}}


def _plain(output: NotebookNode) -> dict:
    text = {kind: data for kind, data in output.get("data", {}).items() if kind == "text/plain"}
    return {"output_type": output.output_type, "name": output.get("name", ""), "data": text}


def _execute(taken: Intake, job: Job) -> bool | None:
    """Run the cells in a folder of their own, with the submission's and the chapter's other files in it."""
    config = Config(job.settings)
    with tempfile.TemporaryDirectory(prefix="dlbasic-run-") as folder:
        lay_out(Path(folder), taken.extras, own_files(job.source))
        if job.kernelspec:
            taken.notebook.metadata["kernelspec"] = nbformat.from_dict(job.kernelspec)
        facts = {"student": job.student, "assignment": job.chapter, "notebook": job.chapter}
        facts["db_url"] = job.settings.get("CourseDirectory", {}).get("db_url", "")
        resources = {"metadata": {"path": folder}, "chapter": job.chapter, "nbgrader": facts}
        for name in job.before:
            taken.notebook, resources = import_item(name)(config=config)(taken.notebook, resources)
        step = import_item(job.executor)(config=config)
        sandbox = getattr(step, "sandbox", None)
        step.preprocess(taken.notebook, resources)
        for name in job.after:
            taken.notebook, resources = import_item(name)(config=config)(taken.notebook, resources)
        taken.notebook.metadata.pop("widgets", None)  # state of sliders that nobody will move
    if sandbox is False:
        found.add(taken.notebook, [Finding("no_sandbox")])
    return sandbox


def own_files(source: Path) -> dict[str, Path]:
    """The chapter's own files that belong beside its notebook, by their path inside its folder."""
    kept = {}
    for path in sorted(source.rglob("*")) if source.is_dir() else ():
        inside = path.relative_to(source)
        if path.is_file() and path.suffix != ".ipynb" and not any(part.startswith(".") for part in inside.parts):
            kept[str(inside)] = path
    return kept


def lay_out(folder: Path, extras: dict[str, Path], own: dict[str, Path]) -> None:
    """Copy the chapter's own files, then those of the submission's files that are in the way of none of them."""
    for name, path in own.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, folder / name)
    for name, path in extras.items():
        target = folder / name
        try:
            if not target.exists():
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(path, target)
        except OSError as error:
            if error.errno in FULL:  # else it is her file that cannot be read, or has no place beside the chapter's
                raise
