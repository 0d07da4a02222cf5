"""What came of a submission → nbgrader's autograded folder and gradebook, as one step taken whole or not at all.

The grades go through nbgrader's own steps and objects (`SaveAutoGrades`, `AssignLatePenalties`, `Gradebook`).
"""

from __future__ import annotations

import itertools
import json
import os
import shutil
from contextlib import nullcontext
from pathlib import Path

import nbformat
from nbgrader.converters import Autograde
from nbgrader.coursedir import CourseDirectory
from nbgrader.utils import find_all_files, parse_utc
from traitlets.config import Config

from grader.classroom import findings as found
from grader.classroom import stage
from grader.classroom.classdir import ClassDirectory
from grader.classroom.findings import Finding
from grader.classroom.gradebook import RunGradebook, lent
from grader.classroom.stage import Outcome
from grader.classroom.steps import WRITING, Plan


class Writer:
    """The one writer of a run: holds the gradebook open; `scratch` is a folder on the class's own disk."""

    def __init__(self, directory: ClassDirectory, gradebook: RunGradebook, plan: Plan, scratch: Path) -> None:
        self.directory, self.gradebook, self.plan, self.scratch = directory, gradebook, plan, scratch
        self._config = Config(directory.config)
        self._course = CourseDirectory(config=self._config)
        self._settings = Autograde(coursedir=self._course, config=self._config)
        self._own: dict[str, dict[str, Path]] = {}
        self._numbers = itertools.count()

    def score(self, outcome: Outcome) -> list[Finding]:
        """Write one submission's scores and its autograded notebook; returns everything that was found about it."""
        self._settings.run_pre_convert_hook()
        prepared = self._prepare(outcome)
        try:
            if self.plan.plain:
                with self.gradebook.transaction():
                    self._enter(outcome)
                    self._run_steps(outcome, prepared)
                    self._finish(outcome, prepared)
            else:
                with self.gradebook.transaction():
                    self._enter(outcome)
                self._run_steps(outcome, prepared)
                with self.gradebook.transaction():
                    self._finish(outcome, prepared)
        finally:
            shutil.rmtree(prepared, ignore_errors=True)
        self._settings.run_post_convert_hook()
        return outcome.findings

    # The parts of a submission

    def _prepare(self, outcome: Outcome) -> Path:
        """The folder as the class will have it, on the same disk, so that it only has to be renamed."""
        place = self.scratch / f"new-{next(self._numbers)}"
        place.mkdir()
        extras = {name: path for name, path in outcome.extras.items() if not self._ignored(name)}
        stage.lay_out(place, extras, self._own_files(outcome.chapter))
        if outcome.timestamp:
            (place / "timestamp.txt").write_text(outcome.timestamp, encoding="utf-8")
        (place / f"{outcome.chapter}.ipynb").write_text(outcome.notebook, encoding="utf-8")
        self._set_permissions(place)
        return place

    def _enter(self, outcome: Outcome) -> None:
        """The student and the submission, as nbgrader's Autograde enters them."""
        if self._settings.create_student:
            self.gradebook.update_or_create_student(outcome.student)
        stamp = {"timestamp": parse_utc(outcome.timestamp)} if outcome.timestamp else {}
        self.gradebook.update_or_create_submission(outcome.chapter, outcome.student, **stamp)
        notebook = self.gradebook.find_submission_notebook(outcome.chapter, outcome.chapter, outcome.student)
        if notebook.flagged and self._flagged_by_us(outcome):
            notebook.flagged = False

    def _run_steps(self, outcome: Outcome, prepared: Path) -> None:
        names = {"student": outcome.student, "assignment": outcome.chapter, "notebook": outcome.chapter}
        resources = {"nbgrader": {**names, "db_url": self.directory.db_url}}
        if self.plan.plain:
            notebook = nbformat.from_dict(outcome.labelled)
            with lent(self.gradebook):
                for step in self.plan.writing:
                    step(config=self._config)(notebook, resources)
                    self.gradebook.db.flush()  # a penalty asks the database for the sum of the scores
            return
        # Steps of the class's own may look at the whole notebook, change it, and open the gradebook themselves: for
        # them, what nbgrader's steps have written has to be kept one step at a time.
        notebook = nbformat.reads(outcome.notebook, as_version=4)
        for step in self.plan.writing:
            ours = step in WRITING
            with (
                self.gradebook.transaction() if ours else nullcontext(),
                lent(self.gradebook) if ours else nullcontext(),
            ):
                notebook, resources = step(config=self._config)(notebook, resources)
        path = prepared / f"{outcome.chapter}.ipynb"
        path.unlink()
        path.write_text(nbformat.writes(notebook) + "\n", encoding="utf-8")
        self._set_permissions(prepared)

    def _finish(self, outcome: Outcome, prepared: Path) -> None:
        """Put the folder in its place last of all that can fail, but for the commit.

        Whatever happens between the two, the gradebook's record and the digest in the notebook do not agree, and the
        next run grades the submission again.
        """
        record = (outcome.student, outcome.chapter, outcome.digest, outcome.findings, outcome.sandbox)
        self.gradebook.record(*record)
        self.gradebook.db.flush()
        target = self.directory.graded(outcome.student, outcome.chapter).parent
        target.parent.mkdir(parents=True, exist_ok=True)
        if os.path.lexists(target):
            old = self.scratch / f"old-{next(self._numbers)}"
            os.rename(target, old)
            shutil.rmtree(old, ignore_errors=True)
        os.rename(prepared, target)

    def _flagged_by_us(self, outcome: Outcome) -> bool:
        """Whether an earlier run of ours has set the flag: one that a person has set is left alone."""
        if self.gradebook.flagged_by_us(outcome.student, outcome.chapter):
            return True
        try:  # `nbgrader autograde` keeps no record of ours, but its notebook tells
            text = self.directory.graded(outcome.student, outcome.chapter).read_text(encoding="utf-8")
            return bool(found.flags(found.read(json.loads(text).get("metadata", {}))))
        except (OSError, ValueError):
            return False

    # Files beside the notebook

    def _own_files(self, chapter: str) -> dict[str, Path]:
        if chapter not in self._own:
            source = Path(self._course.format_path(self._course.source_directory, ".", chapter))
            left_out = {str(source / name) for name in self._settings.exclude_overwriting.get(chapter, [])}
            paths = set(find_all_files(str(source), [*self._course.ignore, "*.ipynb"])) - left_out
            self._own[chapter] = {os.path.relpath(path, source): Path(path) for path in sorted(paths)}
        return self._own[chapter]

    def _ignored(self, name: str) -> bool:
        return any(Path(part).match(pattern) for part in Path(name).parts for pattern in self._course.ignore)

    def _set_permissions(self, place: Path) -> None:
        mode = int(str(self._settings.permissions), 8)
        for folder, _, files in os.walk(place):
            for name in files:
                os.chmod(os.path.join(folder, name), mode)
            if self._course.groupshared:
                os.chmod(folder, os.stat(folder).st_mode | 0o2770)
