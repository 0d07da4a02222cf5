"""`python -m grader export`: the gradebook as a CSV file, a line a student and chapter, in nbgrader's columns."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from nbgrader.api import MissingEntry

from grader.classroom.classdir import ClassDirectory
from grader.classroom.flagged import write_beside
from grader.errors import Problem, disk_problems

COLUMNS = (
    "assignment",
    "duedate",
    "timestamp",
    "student_id",
    "last_name",
    "first_name",
    "email",
    "raw_score",
    "late_submission_penalty",
    "score",
    "max_score",
    "needs_manual_grade",  # ours: the score is not final
)


def export(directory: ClassDirectory, target: Path) -> int:
    """Write the file, beside first, then renamed; returns how many lines it has below its head."""
    target = target.expanduser()
    if target.is_dir():
        raise Problem("there is a folder of this name", target, "give the name of a file, such as grades.csv")
    if not target.parent.is_dir():
        raise Problem("there is no such folder", target.parent, "make it first, or give another file")
    rows = _rows(directory)
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    with disk_problems():
        write_beside(target, text.getvalue())
    return len(rows)


def _rows(directory: ClassDirectory) -> list[dict]:
    rows = []
    with directory.gradebook() as gradebook:
        for assignment in sorted(gradebook.assignments, key=lambda a: a.name):
            for student in sorted(gradebook.students, key=lambda s: s.id):
                row = {
                    "assignment": assignment.name,
                    "duedate": assignment.duedate,
                    "student_id": student.id,
                    "last_name": student.last_name,
                    "first_name": student.first_name,
                    "email": student.email,
                    "max_score": assignment.max_score,
                }
                rows.append(row | _scores(gradebook, assignment.name, student.id))
    return rows


def _scores(gradebook, assignment: str, student: str) -> dict:
    """As nbgrader exports them: what was not handed in counts as 0."""
    try:
        submission = gradebook.find_submission(assignment, student)
    except MissingEntry:
        return {"raw_score": 0.0, "late_submission_penalty": 0.0, "score": 0.0, "needs_manual_grade": False}
    penalty = submission.late_submission_penalty or 0.0
    return {
        "timestamp": submission.timestamp,
        "raw_score": submission.score,
        "late_submission_penalty": penalty,
        "score": max(0.0, submission.score - penalty),
        "needs_manual_grade": bool(submission.needs_manual_grade),
    }
