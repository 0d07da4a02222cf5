"""What an earlier run has graded and nothing has changed since: found out without parsing a notebook."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from grader.classroom import findings as found
from grader.classroom.classdir import ClassDirectory
from grader.classroom.database import database_problems
from grader.classroom.findings import WHOLE, Finding
from grader.classroom.gradebook import RunGradebook
from grader.classroom.intake import digest, printable


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


class Standing:
    """One chapter's gradings that came to their end. The gradebook is asked once, not once a submission."""

    def __init__(self, directory: ClassDirectory, gradebook: RunGradebook, chapter: str) -> None:
        self._directory, self._chapter = directory, chapter
        with database_problems(directory.gradebook_file):
            self._records = gradebook.records(chapter)
            self._waiting = gradebook.waiting(chapter) if self._records else {}
        self._skeleton = directory.skeleton(chapter) if self._records else None

    def findings(self, student: str, folder: Path) -> list[Finding] | None:
        """The findings that still hold, without flags that a person has settled; None where it has to be graded."""
        record = self._records.get(student)
        if record is None or not record.digest or record.digest != digest(folder, self._skeleton):
            return None
        try:
            # The digest is in the notebook too: gradebook and notebook are of the same grading. No learner can have
            # put it there, since it is made of what she handed in.
            if record.digest.encode() not in self._directory.graded(student, self._chapter).read_bytes():
                return None
        except OSError:
            return None
        waiting = {self._skeleton.exercise(grade_id) for grade_id in self._waiting.get(student, ())}
        open_ = {*waiting, WHOLE} if waiting else set()
        return [finding for finding in record.findings if not finding.is_flag or finding.exercise in open_]


def sort(
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
