"""nbgrader's gradebook, open for a whole run: what is written between `begin` and `keep` stands together or not at all.

Beside nbgrader's tables it has one of ours, `dlbasic_graded`: what was graded, when, how. It is written in the same
transaction as the grades, so that a run that was killed anywhere is told from one that came to its end.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from nbgrader.api import (
    Assignment,
    BaseCell,
    Comment,
    Grade,
    Gradebook,
    Notebook,
    Student,
    SubmittedAssignment,
    SubmittedNotebook,
)
from sqlalchemy import Boolean, Column, DateTime, MetaData, String, Table, Text, select, text
from sqlalchemy.orm import Session, scoped_session, sessionmaker

from grader.classroom import database
from grader.classroom.findings import Finding

GRADED = Table(
    "dlbasic_graded",
    MetaData(),
    Column("chapter", String(128), primary_key=True),
    Column("student", String(128), primary_key=True),
    Column("digest", String(64), nullable=False),  # of the submission and its tests; empty: to be graded again
    Column("findings", Text, nullable=False),
    Column("flagged", Boolean, nullable=False),  # by us, not by a person
    Column("sandbox", Boolean),  # NULL where the step that runs cells does not say
    Column("graded_at", DateTime, nullable=False),
)


class HeldSession(Session):
    """A session whose commits, of which nbgrader makes one a grade, wait for ours. A query still sees what was set."""

    def commit(self) -> None:
        pass

    def keep(self) -> None:
        super().commit()


@dataclass(frozen=True)
class Record:
    """One line of `dlbasic_graded`."""

    digest: str
    findings: list[Finding]
    flagged: bool


class RunGradebook(Gradebook):
    """nbgrader's Gradebook with one connection for a run; one submission's grades are loaded by one query."""

    def __init__(self, url: str, course_id: str) -> None:
        super().__init__(database.patient(url), course_id)
        self.db.remove()
        self.db = scoped_session(sessionmaker(class_=HeldSession, bind=self.engine))
        GRADED.create(self.engine, checkfirst=True)
        self._loaded: dict[tuple, object] = {}

    def __exit__(self, *_) -> None:
        """Stays open: nbgrader's steps close a gradebook when they are done with it. See `close`."""

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All that is written inside is kept when it ends, nothing of it when it fails."""
        try:
            if self.engine.dialect.name == "sqlite":
                # The right to write is taken first: what is read then still holds when it is written.
                self.db.execute(text("BEGIN IMMEDIATE"))
            yield
            self.db().keep()
        finally:
            self._loaded.clear()
            self.db.remove()

    # What nbgrader's steps look up again and again, most of it for every cell

    def add_student(self, student_id: str, **kwargs) -> Student:
        self._loaded["find_student", student_id] = made = super().add_student(student_id, **kwargs)
        return made

    def find_student(self, student_id: str) -> Student:
        return self._once(super().find_student, student_id)

    def add_submission(self, assignment: str, student: str, **kwargs) -> SubmittedAssignment:
        self._loaded["find_submission", assignment, student] = made = super().add_submission(
            assignment, student, **kwargs
        )
        for notebook in made.notebooks:
            source = notebook.notebook
            names = {cell.id: cell.name for cell in (*source.grade_cells, *source.solution_cells, *source.task_cells)}
            key = (source.name, assignment, student)
            self._loaded["find_submission_notebook", *key] = notebook
            self._loaded[Grade, *key] = {names[grade.cell_id]: grade for grade in notebook.grades}
            self._loaded[Comment, *key] = {names[comment.cell_id]: comment for comment in notebook.comments}
        return made

    def find_grade(self, grade_cell: str, notebook: str, assignment: str, student: str) -> Grade:
        found = self._of_submission(Grade, notebook, assignment, student).get(grade_cell)
        return found or super().find_grade(grade_cell, notebook, assignment, student)

    def find_comment(self, solution_cell: str, notebook: str, assignment: str, student: str) -> Comment:
        found = self._of_submission(Comment, notebook, assignment, student).get(solution_cell)
        return found or super().find_comment(solution_cell, notebook, assignment, student)

    def find_submission(self, assignment: str, student: str) -> SubmittedAssignment:
        return self._once(super().find_submission, assignment, student)

    def find_submission_notebook(self, notebook: str, assignment: str, student: str) -> SubmittedNotebook:
        return self._once(super().find_submission_notebook, notebook, assignment, student)

    def find_assignment(self, name: str) -> Assignment:
        return self._once(super().find_assignment, name)

    def _once(self, find, *names: str):
        key = (find.__name__, *names)
        if key not in self._loaded:
            self._loaded[key] = find(*names)
        return self._loaded[key]

    def _of_submission(self, kind: type, notebook: str, assignment: str, student: str) -> dict:
        """The submission's grades or comments, by their cell's name."""
        key = (kind, notebook, assignment, student)
        if key not in self._loaded:
            whole = self.find_submission_notebook(notebook, assignment, student)
            cells = select(BaseCell.id, BaseCell.name).where(BaseCell.notebook_id == whole.notebook_id)
            names = dict(self.db.execute(cells).all())
            # By cell and notebook: these two together have an index, the notebook alone has none.
            rows = select(kind).where(kind.cell_id.in_(names), kind.notebook_id == whole.id)
            self._loaded[key] = {names[row.cell_id]: row for row in self.db.scalars(rows)}
        return self._loaded[key]

    # Our own table

    def record(self, student: str, chapter: str, digest: str, findings: list[Finding], sandbox: bool | None) -> None:
        here = (GRADED.c.chapter == chapter) & (GRADED.c.student == student)
        self.db.execute(GRADED.delete().where(here))
        row = {"chapter": chapter, "student": student, "digest": digest, "sandbox": sandbox}
        row["findings"] = json.dumps([finding.to_json() for finding in findings])
        row["flagged"] = any(finding.is_flag for finding in findings)
        row["graded_at"] = datetime.now(UTC).replace(tzinfo=None)
        self.db.execute(GRADED.insert(), row)

    def flagged_by_us(self, student: str, chapter: str) -> bool:
        asked = select(GRADED.c.flagged).where(GRADED.c.chapter == chapter, GRADED.c.student == student)
        return bool(self.db.scalar(asked))

    def records(self, chapter: str) -> dict[str, Record]:
        """Student → what is known of a grading that came to its end and that the gradebook still has."""
        there = (
            select(SubmittedAssignment.student_id)
            .join(Assignment, Assignment.id == SubmittedAssignment.assignment_id)
            .where(Assignment.name == chapter)
        )
        asked = select(GRADED).where(GRADED.c.chapter == chapter, GRADED.c.student.in_(there))
        rows = self.db.execute(asked).mappings().all()
        self.db.remove()
        return {row["student"]: Record(row["digest"], _findings(row["findings"]), row["flagged"]) for row in rows}

    def waiting(self, chapter: str) -> dict[str, set[str]]:
        """Student → grade ids that wait for a person."""
        asked = (
            select(SubmittedAssignment.student_id, BaseCell.name)
            .select_from(Grade)
            .join(BaseCell, BaseCell.id == Grade.cell_id)
            .join(SubmittedNotebook, SubmittedNotebook.id == Grade.notebook_id)
            .join(Notebook, Notebook.id == SubmittedNotebook.notebook_id)
            .join(SubmittedAssignment, SubmittedAssignment.id == SubmittedNotebook.assignment_id)
            .join(Assignment, Assignment.id == SubmittedAssignment.assignment_id)
            .where(Grade.needs_manual_grade, Assignment.name == chapter, Notebook.name == chapter)
        )
        found: dict[str, set[str]] = {}
        for student, grade_id in self.db.execute(asked):
            found.setdefault(student, set()).add(grade_id)
        self.db.remove()
        return found


@contextmanager
def lent(gradebook: RunGradebook) -> Iterator[None]:
    """Have nbgrader's own steps, each of which opens the gradebook by its URL, use the open one."""
    from nbgrader.preprocessors import latesubmissions, saveautogrades

    from grader.classroom import preprocessors

    modules = (saveautogrades, latesubmissions, preprocessors)
    for module in modules:
        module.Gradebook = lambda *_: gradebook
    try:
        yield
    finally:
        for module in modules:
            module.Gradebook = Gradebook


def _findings(text: str) -> list[Finding]:
    return [Finding(entry["code"], entry["exercise"], dict(entry["facts"])) for entry in json.loads(text)]
