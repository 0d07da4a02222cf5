"""A notebook that has run → nbgrader's autograded folder and gradebook, through nbgrader's own Autograde converter."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

import nbformat
from nbgrader.api import MissingEntry
from nbgrader.converters import Autograde
from nbgrader.converters.base import NbGraderException
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import DeduplicateIds, Execute, NbGraderPreprocessor
from nbgrader.preprocessors import SaveAutoGrades as NbGraderSaveAutoGrades
from nbgrader.utils import parse_utc
from traitlets.config import Config
from traitlets.utils.importstring import import_item

from grader.classroom import findings as found
from grader.classroom.classdir import ClassDirectory
from grader.classroom.findings import Finding
from grader.classroom.preprocessors import RepairSubmission, SaveAutoGrades
from grader.classroom.stage import Outcome, lay_out

DEFAULT_EXECUTION = "grader.classroom.execute.RunSubmission"


class TakeOutputs(NbGraderPreprocessor):
    """Stands where nbgrader runs the cells: gives the notebook the outputs of a run that is already over."""

    def __init__(self, ran: nbformat.NotebookNode, **kwargs) -> None:
        super().__init__(**kwargs)
        self.ran = ran

    def __call__(self, nb, resources):
        return self.preprocess(nb, resources)

    def preprocess(self, nb, resources):
        if [(c.cell_type, c.source) for c in nb.cells] != [(c.cell_type, c.source) for c in self.ran.cells]:
            raise NbGraderException(
                "the gradebook's cells are not those that were run; run `init` for this chapter again"
            )
        for cell, ran in zip(nb.cells, self.ran.cells, strict=True):
            if cell.cell_type == "code":
                cell.outputs, cell.execution_count = ran.outputs, ran.execution_count
        nb.metadata.update(self.ran.metadata)
        return nb, resources


class ScoreSubmission(Autograde):
    """nbgrader's Autograde for one staged submission: the same steps, without its ways of stopping or skipping."""

    def __init__(self, *, student: str, chapter: str, ran: nbformat.NotebookNode, **kwargs) -> None:
        super().__init__(**kwargs)
        self.student, self.chapter = student, chapter
        self.force = True
        self.sanitize_preprocessors = [
            step for step in map(_class, self.sanitize_preprocessors) if step not in (DeduplicateIds, RepairSubmission)
        ]
        steps = [
            SaveAutoGrades if s is NbGraderSaveAutoGrades else s for s in map(_class, self.autograde_preprocessors)
        ]
        self.autograde_preprocessors = [TakeOutputs(ran, parent=self) if _runs(step) else step for step in steps]

    def init_notebooks(self) -> None:
        # nbgrader looks for folders with a glob pattern, which a student's name may upset.
        folder = self._format_source(self.chapter, self.student)
        self.assignments = {folder: [str(Path(folder) / f"{self.chapter}.ipynb")]}

    def convert_notebooks(self) -> None:
        # As in BaseConverter, except that an error reaches the caller, who knows what to do about one submission.
        for notebooks in self.assignments.values():
            self.notebooks = list(notebooks)
            self.init_destination(self.chapter, self.student)
            self.run_pre_convert_hook()
            self.init_assignment(self.chapter, self.student)
            for notebook in self.notebooks:
                self.convert_single_notebook(notebook)
            self.set_permissions(self.chapter, self.student)
            self.run_post_convert_hook()


def score(directory: ClassDirectory, outcome: Outcome, submitted: Path) -> list[Finding]:
    """Write one submission's scores and its autograded notebook; returns everything that was found about it."""
    ran = nbformat.reads(outcome.notebook, as_version=4)
    with tempfile.TemporaryDirectory(prefix="dlbasic-stage-") as stage:
        folder = Path(stage) / outcome.student / outcome.chapter
        folder.mkdir(parents=True)
        lay_out(folder, outcome.extras, Path(stage) / "none")
        stamp = _timestamp(submitted)
        if stamp is None and (submitted / "timestamp.txt").exists():
            found.add(ran, [Finding("timestamp")])
        elif stamp:
            (folder / "timestamp.txt").write_text(stamp, encoding="utf-8")
        nbformat.write(ran, folder / f"{outcome.chapter}.ipynb")
        _unflag(directory, outcome)
        config = Config(directory.config)
        config.CourseDirectory.submitted_directory = stage
        coursedir = CourseDirectory(config=config)
        ScoreSubmission(
            coursedir=coursedir, config=config, student=outcome.student, chapter=outcome.chapter, ran=ran
        ).start()
    return found.read(ran.metadata)


def execution_step(config: Config) -> str:
    """The step of the class's configuration that runs the cells."""
    steps = map(_class, Autograde(config=config).autograde_preprocessors)
    return next((f"{s.__module__}.{s.__qualname__}" for s in steps if _runs(s) and s is not Execute), DEFAULT_EXECUTION)


def _runs(step: type) -> bool:
    return isinstance(step, type) and (issubclass(step, Execute) or getattr(step, "runs_submissions", False))


def _class(step: type | str) -> type:
    return import_item(step) if isinstance(step, str) else step


def _timestamp(folder: Path) -> str | None:
    """The text of a valid timestamp.txt. nbgrader stops at one that is none."""
    try:
        text = (folder / "timestamp.txt").read_text(encoding="utf-8").strip()
        return text if text and parse_utc(text) else None
    except (OSError, ValueError, OverflowError, TypeError):
        return None


def _unflag(directory: ClassDirectory, outcome: Outcome) -> None:
    """Take back the flag that an earlier run of ours has set; leave alone one that a person has set."""
    path = directory.graded(outcome.student, outcome.chapter)
    try:
        earlier = found.flags(found.read(json.loads(path.read_text(encoding="utf-8")).get("metadata", {})))
    except (OSError, ValueError):
        return
    if not earlier:
        return
    with directory.gradebook() as gradebook:
        try:
            gradebook.find_submission_notebook(outcome.chapter, outcome.chapter, outcome.student).flagged = False
            gradebook.db.commit()
        except MissingEntry:
            pass
