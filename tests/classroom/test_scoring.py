"""What grading writes is what nbgrader's own `autograde` writes, whatever shortcuts are taken on the way."""

from __future__ import annotations

import shutil

import content
import fake
import nbformat
import pytest
import toy
from here import grade
from nbformat.v4 import new_markdown_cell
from nbgrader.apps.api import NbGraderAPI
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import NbGraderPreprocessor
from sqlalchemy import event
from sqlalchemy.orm import Session
from traitlets.config import Config

from grader.classroom.classdir import ClassDirectory
from grader.classroom.gradebook import HeldSession
from grader.classroom.init import init
from grader.classroom.preprocessors import SaveAutoGrades
from grader.errors import Problem

pytestmark = [
    pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning"),
    pytest.mark.filterwarnings("ignore::nbformat.warnings.DuplicateCellId"),
]

PARTIAL = toy.TEST_MUL + "\n0.5 if mul(2, 2) == 5 else 2.0"
PENALTY = """
from nbgrader.plugins import LateSubmissionPlugin
class Half(LateSubmissionPlugin):
    def late_submission_penalty(self, student_id, score, total_seconds_late):
        return score / 2
c.AssignLatePenalties.plugin_class = Half
"""


def source():
    """The toy chapter, with a partial credit, an answer that a person grades and a task."""
    notebook = toy.source(test_mul=PARTIAL)
    why = toy.label("why", grade=True, solution=True, points=4)
    task = toy.label("essay", task=True, locked=True, points=5)
    notebook.cells += [
        new_markdown_cell("Because …", id="why", metadata=why),
        new_markdown_cell("Write an essay.", id="essay", metadata=task),
    ]
    return notebook


@pytest.fixture(scope="module")
def rich(tmp_path_factory):
    """A class directory with submissions of many kinds, not graded yet. Not to be changed: see `copy_of`."""
    root = tmp_path_factory.mktemp("rich") / "course"
    init(root, {"numbers": source()})
    (root / "source" / "numbers" / "table.csv").write_text("1,2\n")
    toy.settings(root, fake.CLASS + PENALTY)
    released = nbformat.read(root / "release" / "numbers" / "numbers.ipynb", as_version=4)
    with ClassDirectory(root).gradebook() as book:
        book.update_or_create_assignment("numbers", duedate="2026-03-01 12:00:00 UTC")
    replied = toy.answered(released)
    toy.cell(replied, "why").source = "Because it is so."
    for student, notebook in {
        "right": toy.answered(released),
        "half": toy.answered(released, mul="def mul(a, b):\n    return a * b + (a == b == 2)"),
        "wrong": toy.answered(released, add=toy.WRONG_ADD, mul="def mul(a, b):\n    return 1 / 0"),
        "stub": released,
        "replied": replied,
        "copied": toy.copied_cell(released),
        "no solution": toy.without(released, "add"),
        "no test": toy.without(released, "test_mul"),
    }.items():
        toy.hand_in(root, student, notebook)
    late = toy.hand_in(root, "late", toy.answered(released, add=toy.WRONG_ADD))
    (late / "timestamp.txt").write_text("2026-03-02 12:00:00 UTC")
    (late / "data").mkdir()
    (late / "data" / "more.txt").write_text("mine")
    (late / "table.csv").write_text("mine")
    return root


def copy_of(root, place):
    shutil.copytree(root, place)
    return ClassDirectory(place)


def autograde(directory) -> None:
    config = Config(directory.config)
    config.Exchange.root = str(directory.root)
    result = NbGraderAPI(CourseDirectory(config=config), config=config).autograde("numbers", "*")
    assert result["success"], result["log"]


def grade_by_hand(directory) -> None:
    """What a person does in the formgrader between two runs."""
    with directory.gradebook() as book:
        given = book.find_grade("test_add", "numbers", "numbers", "wrong")
        given.manual_score, given.extra_credit = 0.5, 0.25
        book.find_comment("add", "numbers", "numbers", "wrong").manual_comment = "Nearly."
        book.db.commit()


def test_gradebook_and_files_are_those_of_nbgraders_autograde_the_second_time_too(rich, tmp_path):
    ours, theirs = copy_of(rich, tmp_path / "ours"), copy_of(rich, tmp_path / "theirs")
    for by_hand in (False, True):
        if by_hand:
            for directory in (ours, theirs):
                grade_by_hand(directory)
                shutil.rmtree(directory.root / "autograded" / "wrong")
        grade(ours, regrade=by_hand)
        autograde(theirs)
        assert content.gradebook(ours) == content.gradebook(theirs)
        assert content.files(ours) == content.files(theirs)
    late = content.gradebook(ours)["late"]["numbers"]
    assert late["numbers"]["penalty"] == late["score"] / 2 > 0  # there was something to compare
    assert content.gradebook(ours)["half"]["numbers"]["numbers"]["grades"]["test_mul"]["auto_score"] == 0.5


def test_a_submission_costs_one_commit(rich, tmp_path):
    directory, commits = copy_of(rich, tmp_path / "ours"), []

    def note(session):
        commits.append(isinstance(session, HeldSession))

    event.listen(Session, "after_commit", note)
    try:
        results = grade(directory)
    finally:
        event.remove(Session, "after_commit", note)
    assert sum(commits) == len(results) == 9


class Rounds(SaveAutoGrades):
    """A step of a class's own that writes grades in its own way."""

    def _add_score(self, cell, resources):
        super()._add_score(cell, resources)
        grade = self.gradebook.find_grade(
            cell.metadata.nbgrader["grade_id"], self.notebook_id, self.assignment_id, self.student_id
        )
        grade.auto_score = None if grade.auto_score is None else round(grade.auto_score + 0.1)
        self.gradebook.db.commit()


class Signs(NbGraderPreprocessor):
    """A step of a class's own that comes last, looks into the gradebook and changes the notebook."""

    def preprocess(self, nb, resources):
        with ClassDirectory(self.config.CourseDirectory.root).gradebook() as book:
            score = book.find_submission("numbers", resources["nbgrader"]["student"]).score
        nb.cells.append(nbformat.v4.new_markdown_cell(f"Signed: {score:g}", id="signed"))
        return nb, resources


class Shouts(NbGraderPreprocessor):
    """A step of a class's own that comes before the cells are run."""

    def preprocess(self, nb, resources):
        toy.cell(nb, "mul").source = toy.cell(nb, "mul").source.replace("a * b", "a + b")
        return nb, resources


def test_steps_of_the_classs_own_are_taken_in_their_order(rich, tmp_path):
    directory = copy_of(rich, tmp_path / "ours")
    steps = fake.CLASS.replace("grader.classroom.preprocessors.SaveAutoGrades", f"{__name__}.Rounds")
    steps = steps.replace("nbgrader.preprocessors.CheckCellMetadata", f"{__name__}.Signs")
    toy.settings(directory.root, f"{steps}\nc.Autograde.sanitize_preprocessors = ['{__name__}.Shouts']\n")
    grade(ClassDirectory(directory.root))
    notebook = nbformat.read(directory.graded("half", "numbers"), as_version=4)
    assert notebook.cells[-1].source == "Signed: 1"
    assert content.gradebook(directory)["half"]["numbers"]["numbers"]["grades"]["test_mul"]["auto_score"] == 0.0


@pytest.mark.parametrize("step", ["no_such.Step", "fake.NoSuchStep"])
def test_a_step_that_cannot_be_found_stops_the_run_and_changes_nothing(course, step):
    toy.settings(course, fake.CLASS.replace("nbgrader.preprocessors.LimitOutput", step))
    before = toy.snapshot(course)
    with pytest.raises(Problem, match="step of grading cannot be found"):
        grade(ClassDirectory(course))
    assert toy.snapshot(course) == before


def test_hooks_of_the_settings_are_called_for_every_submission(course, released):
    toy.hand_in(course, "ann", toy.answered(released))
    called = "open(c.CourseDirectory.root + '/called', 'a').write(student)"
    hooks = f"c.Autograde.post_convert_hook = lambda assignment, student, notebooks: {called}\n"
    toy.settings(course, fake.CLASS + hooks)
    grade(ClassDirectory(course))
    assert (course / "called").exists()
