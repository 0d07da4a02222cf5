"""The steps that take the place of nbgrader's own where those stop a class, lose a score or show too much.

Named in a class's `nbgrader_config.py`, so that `nbgrader autograde` and the formgrader go through them too.
"""

from __future__ import annotations

import copy
from pathlib import Path

from nbconvert.exporters.exporter import ResourcesDict
from nbformat import NotebookNode
from nbgrader.api import Gradebook
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import NbGraderPreprocessor
from nbgrader.preprocessors import SaveAutoGrades as NbGraderSaveAutoGrades
from nbgrader.utils import determine_grade

from grader.classroom import findings as found
from grader.classroom.repair import repair
from grader.classroom.skeleton import from_gradebook


class RepairSubmission(NbGraderPreprocessor):
    """Puts every graded cell in its place once. Stands where nbgrader has DeduplicateIds, which leaves metadata behind
    that stops the run of a whole class."""

    def preprocess(self, nb: NotebookNode, resources: ResourcesDict) -> tuple[NotebookNode, ResourcesDict]:
        facts, course = resources["nbgrader"], self._course()
        released = Path(course.format_path(course.release_directory, ".", facts["assignment"]))
        with Gradebook(facts["db_url"]) as gradebook:
            skeleton = from_gradebook(
                gradebook, facts["assignment"], facts["notebook"], released / f"{facts['notebook']}.ipynb"
            )
        mended, findings = repair(nb, skeleton)
        for finding in findings:
            self.log.warning("%s: %s", finding.exercise, finding.text())
        found.write(mended, findings, tests=skeleton.exercises)
        return mended, resources

    def _course(self) -> CourseDirectory:
        """The course directory of the converter that this is a step of; without one, that of the settings."""
        above = self.parent
        while above is not None:
            if isinstance(getattr(above, "coursedir", None), CourseDirectory):
                return above.coursedir
            above = above.parent
        return CourseDirectory(config=self.config)


class SaveAutoGrades(NbGraderSaveAutoGrades):
    """Writes scores as nbgrader does, but a warning on stderr costs nothing and what was flagged waits for a person."""

    def preprocess(self, nb: NotebookNode, resources: ResourcesDict) -> tuple[NotebookNode, ResourcesDict]:
        self.metadata, self.flags = nb.metadata, found.flags(found.read(nb.metadata))
        nb, resources = super().preprocess(nb, resources)
        if self.flags:
            with Gradebook(self.db_url) as gradebook:
                notebook = gradebook.find_submission_notebook(self.notebook_id, self.assignment_id, self.student_id)
                notebook.flagged = True
                gradebook.db.commit()
        return nb, resources

    def _add_score(self, cell: NotebookNode, resources: ResourcesDict) -> None:
        name = cell.metadata.nbgrader["grade_id"]
        grade = self.gradebook.find_grade(name, self.notebook_id, self.assignment_id, self.student_id)
        score, most = determine_grade(without_stderr(cell), self.log)
        grade.auto_score = None if any(flag.unscored for flag in self.flags) else score
        grade.needs_manual_grade = (
            grade.manual_score is not None or grade.auto_score is None or self._waits(name, grade.auto_score, most)
        )
        self.gradebook.db.commit()

    def _waits(self, grade_id: str, score: float, most: float) -> bool:
        """A flagged exercise waits for a person; a flag on the whole submission, what did not get full marks."""
        names = {grade_id, found.exercise_of(self.metadata, grade_id)}
        return any(flag.exercise in names or (flag.exercise == found.WHOLE and score < most) for flag in self.flags)


def without_stderr(cell: NotebookNode) -> NotebookNode:
    """A copy of the cell without what was written to stderr, which nbgrader takes for a failure."""
    kept = copy.copy(cell)
    if cell.cell_type == "code":
        kept.outputs = [o for o in cell.outputs if not (o.output_type == "stream" and o.name == "stderr")]
    return kept
