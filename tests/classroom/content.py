"""All that a class says about its learners, for comparing two of them: grades, flags, comments, penalties, files."""

from __future__ import annotations

import json

from nbgrader.api import Gradebook

from grader.classroom import findings as found
from grader.classroom.classdir import ClassDirectory


def gradebook(directory: ClassDirectory) -> dict:
    """Student → what the gradebook holds about each of her submissions; ids and times of grading left out."""
    with Gradebook(directory.db_url, directory.course_id) as book:
        return {
            student.id: {
                submission.name: {
                    "timestamp": str(submission.timestamp),
                    "score": submission.score,
                    **{notebook.name: _notebook(notebook) for notebook in submission.notebooks},
                }
                for submission in student.submissions
            }
            for student in book.students
        }


def _notebook(notebook) -> dict:
    points = ("auto_score", "manual_score", "extra_credit", "needs_manual_grade", "max_score")
    grades = {grade.name: {name: getattr(grade, name) for name in points} for grade in notebook.grades}
    comments = {comment.name: (comment.auto_comment, comment.manual_comment) for comment in notebook.comments}
    return {
        "flagged": notebook.flagged,
        "penalty": notebook.late_submission_penalty,
        "grades": grades,
        "comments": comments,
    }


def files(directory: ClassDirectory) -> dict[str, object]:
    """Path → content of all in `autograded`; of a notebook its cells, and what grading found."""
    top = directory.root / "autograded"
    return {str(path.relative_to(top)): _file(path) for path in sorted(top.rglob("*")) if path.is_file()}


def _file(path):
    if path.suffix != ".ipynb":
        return path.read_bytes(), path.stat().st_mode
    notebook = json.loads(path.read_text(encoding="utf-8"))
    kept = {name: value for name, value in notebook["metadata"][found.METADATA].items() if name != "digest"}
    for cell in notebook["cells"]:
        del cell["id"]  # where two cells had the same one, nbformat draws lots
    return notebook["cells"], kept, notebook["metadata"].get("kernelspec"), path.stat().st_mode
