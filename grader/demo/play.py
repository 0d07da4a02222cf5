"""Plays the invented class through the commands that people use: release, submit, collect, grade, feedback."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import nbformat
from nbgrader.api import Gradebook, MissingEntry
from rich.console import Console
from rich.progress import track
from rich.table import Table

from grader.demo.learners import Learner, classroom
from grader.errors import Problem
from grader.release.chapter import ROOT, load_chapter


def play(name: str, folder: Path | None = None, console: Console | None = None) -> int:
    """Play chapter `name` in `folder` (default: a new temporary one). Returns 0 when every score is as expected."""
    console = console or Console()
    place = folder or Path(tempfile.mkdtemp(prefix="dlbasic-demo-"))
    if place.exists() and any(place.iterdir()):
        raise Problem("the folder is not empty", place, "name a new one, or none")
    place.mkdir(parents=True, exist_ok=True)
    learners = classroom(load_chapter(name))
    course, desk = place / "class", place / "desks"
    _run("release", "--check", name)
    _run("init", str(course), name)
    for learner in track(learners, "learners hand in", console=console):
        _submit(learner, name, desk, place / "inbox")
    _run("collect", "--class", str(course), str(place / "inbox"))
    _run("grade", "--class", str(course), name)
    _run("feedback", "--class", str(course), name)
    wrong = _tell(learners, name, course, console)
    for title, path in (("gradebook", "gradebook.db"), ("feedback", "feedback"), ("flagged", "flagged.tsv")):
        console.print(f"{title:10} {course / path}", soft_wrap=True)
    lab = Path(sys.executable).parent / "jupyter"
    console.print(f"formgrader: cd {course} && {lab} lab, then the menu Nbgrader → Formgrader", soft_wrap=True)
    return 1 if wrong else 0


def _run(*words: str) -> None:
    done = subprocess.run([sys.executable, "-m", "grader", *words], cwd=ROOT)
    if done.returncode:
        raise Problem(f"`python -m grader {' '.join(words)}` ended with exit code {done.returncode}")


def _submit(learner: Learner, chapter: str, desk: Path, inbox: Path) -> None:
    """Let one learner hand in from a course folder of her own, with `dlbasic submit`."""
    course = desk / learner.name / "course"
    target = course / learner.language / chapter
    target.mkdir(parents=True)
    released = ROOT / "course" / learner.language / chapter / f"{chapter}.ipynb"
    notebook = learner.notebook(nbformat.read(released, as_version=4))
    text = nbformat.writes(notebook)
    (target / released.name).write_text(learner.spoil(text) if learner.spoil else text, encoding="utf-8")
    command = [sys.executable, "-m", "dlbasic", "submit", chapter, "--student", learner.name, "--to", str(inbox)]
    environment = {**os.environ, "DLBASIC_HOME": str(desk / learner.name)}
    done = subprocess.run(command, cwd=course, env=environment, capture_output=True, text=True)
    if done.returncode:
        # A notebook that `submit` refuses can still reach the instructor by hand.
        inbox.mkdir(parents=True, exist_ok=True)
        shutil.copy(target / released.name, inbox / f"{learner.name}__{chapter}.ipynb")


def _tell(learners: list[Learner], chapter: str, course: Path, console: Console) -> list[str]:
    table = Table("learner", "score", "expected", "to decide", title=f"{chapter}: scores read back from the gradebook")
    wrong = []
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}", course_id="dlbasic") as gradebook:
        for learner in learners:
            score, open_ones = read_scores(gradebook, chapter, learner.name)
            expected = {key: value for key, value in learner.scores.items() if value is not None}
            right = all(abs(score.get(key, -1.0) - value) < 1e-6 for key, value in expected.items())
            right = right and open_ones == {key for key, value in learner.scores.items() if value is None}
            if not right:
                wrong.append(learner.name)
            mark = "" if right else " ✗"
            table.add_row(learner.name, f"{sum(score.values()):g}{mark}", f"{learner.total:g}", str(len(open_ones)))
    console.print(table)
    return wrong


def read_scores(gradebook: Gradebook, chapter: str, student: str) -> tuple[dict[str, float], set[str]]:
    """The score of every graded exercise, and the exercises that wait for a person."""
    try:
        submission = gradebook.find_submission(chapter, student)
    except MissingEntry:
        return {}, set()
    scores, waiting = {}, set()
    for notebook in submission.notebooks:
        for grade in notebook.grades:
            name = grade.name.removeprefix("test_")
            if grade.needs_manual_grade:
                waiting.add(name)
            else:
                scores[name] = float(grade.score)
    return scores, waiting
