"""`python -m grader report`: how a class did, exercise by exercise, and which known mistakes it made most."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from statistics import mean

from rich.console import Console
from rich.table import Table
from rich.text import Text

from grader.classroom import findings as found
from grader.classroom.classdir import ClassDirectory
from grader.classroom.verdicts import said


@dataclass
class Exercise:
    """One exercise over a class: scores in points; how often each named mistake was made; who waits for a person."""

    name: str
    points: float
    scores: list[float] = field(default_factory=list)
    waiting: int = 0
    mistakes: Counter = field(default_factory=Counter)

    @property
    def passed(self) -> float:
        """Share of full marks among those with a score, 0 to 1."""
        return mean(score >= self.points for score in self.scores) if self.scores else 0.0


@dataclass
class Chapter:
    name: str
    points: float
    totals: list[float]
    exercises: list[Exercise]


def report(directory: ClassDirectory) -> list[Chapter]:
    """What the gradebook and the autograded notebooks say about every chapter of the class."""
    chapters = []
    for name in directory.chapters():
        skeleton = directory.skeleton(name)
        graded = [cell for cell in skeleton.cells if cell.role in ("test", "answer")]
        by_id = {cell.grade_id: Exercise(skeleton.exercise(cell.grade_id), cell.points) for cell in graded}
        with directory.gradebook() as gradebook:
            submissions = gradebook.assignment_submissions(name)
            totals = [submission.score for submission in submissions]
            for grade in (g for s in submissions for notebook in s.notebooks for g in notebook.grades):
                exercise = by_id.get(grade.name)
                if exercise is None:
                    continue
                if grade.needs_manual_grade:
                    exercise.waiting += 1
                else:
                    exercise.scores.append(grade.score)
            students = [submission.student_id for submission in submissions]
        mistakes = _mistakes(directory, name, students)
        for grade_id, exercise in by_id.items():
            exercise.mistakes = mistakes[grade_id]
        chapters.append(Chapter(name, sum(cell.points for cell in graded), totals, list(by_id.values())))
    return chapters


def _mistakes(directory: ClassDirectory, chapter: str, students: list[str]) -> dict[str, Counter]:
    """Test cell → how many learners made each named mistake, from the verdicts kept in the graded notebooks."""
    counts: dict[str, Counter] = defaultdict(Counter)
    for student in students:
        try:
            notebook = json.loads(directory.graded(student, chapter).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            continue
        if any(finding.unscored for finding in found.read(notebook["metadata"])):
            continue
        for cell in notebook["cells"]:
            label = cell["metadata"].get("nbgrader", {})
            if label.get("grade") and cell["cell_type"] == "code" and (mistake := said(cell).mistake):
                counts[label["grade_id"]][mistake] += 1
    return counts


def show(chapters: list[Chapter], console: Console) -> None:
    for chapter in chapters:
        if not chapter.totals:
            console.print(f"{chapter.name}: nothing graded yet", markup=False)
            continue
        title = f"{chapter.name}: {len(chapter.totals)} students, mean {mean(chapter.totals):.1f} of {chapter.points:g}"
        table = Table(title=title, title_justify="left")
        for column, side in (("exercise", "left"), ("full marks", "right"), ("mean", "right"), ("to decide", "right")):
            table.add_column(column, justify=side)
        table.add_column("commonest mistakes", overflow="fold")
        for exercise in chapter.exercises:
            known = ", ".join(f"{name} ({count})" for name, count in exercise.mistakes.most_common(3))
            average = f"{mean(exercise.scores):.2f} / {exercise.points:g}" if exercise.scores else "–"
            share = f"{exercise.passed:.0%}" if exercise.scores else "–"
            table.add_row(Text(exercise.name), share, average, str(exercise.waiting or ""), Text(known))
        console.print(table)
