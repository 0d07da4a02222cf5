"""A class with everything that goes wrong in one: each gets the grade that is due, or a flag; nobody stops another."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
import sys
import time

import nbformat
import pytest
import toy
from here import grade
from nbgrader.api import Gradebook
from traitlets.config import Config

from grader.classroom import findings as found
from grader.classroom import flagged, scoring, steps
from grader.classroom.classdir import ClassDirectory
from grader.classroom.grade import flags_file
from grader.errors import Problem

pytestmark = pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")


def read_back(root, student):
    """{grade id: (auto score, needs manual grade)} as nbgrader's own Gradebook has it."""
    with Gradebook(f"sqlite:///{root / 'gradebook.db'}", "dlbasic") as gradebook:
        notebook = gradebook.find_submission_notebook("numbers", "numbers", student)
        return {grade.name: (grade.auto_score, grade.needs_manual_grade) for grade in notebook.grades}, notebook.flagged


@pytest.mark.parametrize(
    ("student", "add", "mul", "is_flagged"),
    [
        ("right", (1.0, False), (2.0, False), False),
        ("korean", (0.0, False), (2.0, False), False),
        ("scripts", (1.0, False), (2.0, False), False),
        ("wrong add", (0.0, False), (2.0, False), False),
        ("stub", (0.0, False), (0.0, False), False),
        ("copied", (1.0, False), (2.0, False), False),
        ("no test", (1.0, False), (2.0, False), False),
        ("loud", (1.0, False), (2.0, False), False),
        ("김민지", (1.0, False), (2.0, False), False),
        ("glob[a]*", (1.0, False), (2.0, False), False),
        ("no solution", (0.0, True), (2.0, False), True),
        ("deadly", (1.0, False), (0.0, True), True),
        ("endless", (1.0, False), (0.0, True), True),
        ("cut off", (None, True), (None, True), True),
        ("empty folder", (None, True), (None, True), True),
    ],
)
def test_everybody_gets_what_is_due(graded, student, add, mul, is_flagged):
    assert read_back(graded[0].root, student) == ({"test_add": add, "test_mul": mul}, is_flagged)


def test_the_flags_are_in_the_file_and_nothing_else_is(graded):
    rows = flagged.read(flags_file(graded[0]))
    assert [row[:3] for row in rows] == [
        ("cut off", "numbers", "-"),
        ("deadly", "numbers", "mul"),
        ("empty folder", "numbers", "-"),
        ("endless", "numbers", "mul"),
        ("no solution", "numbers", "add"),
    ]
    text = flags_file(graded[0]).read_text(encoding="utf-8")
    assert len(text.splitlines()) == len(rows) and all(line.count("\t") == 3 for line in text.splitlines())


def test_every_submission_can_be_opened_in_the_formgrader(graded):
    for student, _ in graded[0].submissions("numbers"):
        notebook = nbformat.read(graded[0].graded(student, "numbers"), as_version=4)
        assert {"test_add", "test_mul"} <= {c.metadata.get("nbgrader", {}).get("grade_id") for c in notebook.cells}


def test_a_second_run_has_nothing_to_do_and_says_the_same(graded):
    before = flags_file(graded[0]).read_bytes()
    again = grade(graded[0], workers=2)
    assert all(result.skipped for result in again) and len(again) == len(graded[1])
    assert flags_file(graded[0]).read_bytes() == before


@pytest.fixture
def one(course, released):
    """A class of one learner, wrong in `add`, graded."""
    toy.hand_in(course, "ann", toy.answered(released, add=toy.WRONG_ADD))
    directory = ClassDirectory(course)
    grade(directory)
    assert read_back(course, "ann")[0]["test_add"] == (0.0, False)
    return directory


def test_a_newer_submission_is_graded_and_a_persons_points_wait_for_review(one, released):
    with one.gradebook() as gradebook:
        gradebook.find_grade("test_add", "numbers", "numbers", "ann").manual_score = 0.5
        gradebook.db.commit()
    toy.hand_in(one.root, "ann", toy.answered(released))
    results = grade(one)
    assert [result.skipped for result in results] == [False]
    assert read_back(one.root, "ann")[0] == {"test_add": (1.0, True), "test_mul": (2.0, False)}


def test_a_flag_that_a_person_has_settled_is_gone_from_the_file(course, released):
    toy.hand_in(course, "ann", toy.without(released, "add"))
    directory = ClassDirectory(course)
    grade(directory)
    assert len(flagged.read(flags_file(directory))) == 1
    with directory.gradebook() as gradebook:
        settled = gradebook.find_grade("test_add", "numbers", "numbers", "ann")
        settled.manual_score, settled.needs_manual_grade = 1.0, False
        gradebook.db.commit()
    grade(directory)
    assert flagged.read(flags_file(directory)) == []


def test_a_mended_submission_loses_its_flag(course, released):
    toy.hand_in(course, "ann", b"{")
    directory = ClassDirectory(course)
    grade(directory)
    toy.hand_in(course, "ann", toy.answered(released))
    grade(directory)
    assert read_back(course, "ann") == ({"test_add": (1.0, False), "test_mul": (2.0, False)}, False)
    assert flagged.read(flags_file(directory)) == []


def test_a_gradebook_that_is_lost_midway_stops_the_run_and_keeps_what_was_graded(course, released, monkeypatch):
    for student in ("ann", "bob"):
        toy.hand_in(course, student, toy.answered(released))
    real, first = scoring.Writer.score, []

    def lock_before_the_second(self, outcome):
        if first:
            raise sqlite_error("database is locked")
        first.append(outcome.student)
        return real(self, outcome)

    def sqlite_error(text):
        from sqlalchemy.exc import OperationalError

        return OperationalError("INSERT", {}, sqlite3.OperationalError(text))

    monkeypatch.setattr(scoring.Writer, "score", lock_before_the_second)
    directory = ClassDirectory(course)
    with pytest.raises(Problem, match="in use by another program"):
        grade(directory, workers=1)
    monkeypatch.setattr(scoring.Writer, "score", real)
    assert read_back(course, first[0])[0]["test_add"] == (1.0, False)
    assert [result.student for result in grade(directory) if result.skipped] == first


def test_a_full_disk_stops_the_run_with_a_message(course, released, monkeypatch):
    toy.hand_in(course, "ann", toy.answered(released))

    def full(*_):
        raise OSError(28, "No space left on device", "somewhere")

    monkeypatch.setattr(scoring.Writer, "score", full)
    with pytest.raises(Problem, match="the disk is full") as caught:
        grade(ClassDirectory(course))
    assert "free some space" in caught.value.remedy


def test_one_submission_that_breaks_the_grader_is_flagged(course, released, monkeypatch):
    for student in ("ann", "bob"):
        toy.hand_in(course, student, toy.answered(released))
    real = scoring.Writer.score

    def trip(self, outcome):
        if outcome.student == "ann" and "failed" not in outcome.notebook:
            raise RuntimeError("a surprise")
        return real(self, outcome)

    monkeypatch.setattr(scoring.Writer, "score", trip)
    results = grade(ClassDirectory(course))
    assert [flag.code for flag in results[0].flags] == ["failed"] and results[1].flags == []
    assert read_back(course, "ann")[0]["test_add"] == (None, True)
    assert read_back(course, "bob")[0]["test_add"] == (1.0, False)


def test_a_run_beyond_its_time_keeps_what_was_reached(course, released):
    toy.settings(course, "\nc.RunSubmission.budget = 4\n")
    stubborn = "import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\n" + toy.ENDLESS
    toy.hand_in(course, "ann", toy.answered(released, mul=stubborn))
    start = time.monotonic()
    results = grade(ClassDirectory(course))
    assert time.monotonic() - start < 30
    assert [(flag.code, flag.exercise) for flag in results[0].flags] == [("over_budget", "mul")]
    assert read_back(course, "ann")[0] == {"test_add": (1.0, False), "test_mul": (0.0, True)}


def test_a_flood_of_output_is_cut(course, released):
    toy.settings(course, "\nc.RunSubmission.most_output = 10_000\n")
    flood = toy.answered(released)
    flood.cells.append(nbformat.v4.new_code_cell("for _ in range(20_000):\n    print('x' * 50)", id="flood"))
    toy.hand_in(course, "ann", flood)
    grade(ClassDirectory(course))
    kept = ClassDirectory(course).graded("ann", "numbers").stat().st_size
    assert read_back(course, "ann")[0]["test_mul"] == (2.0, False) and kept < 40_000


def test_files_handed_in_beside_the_notebook_are_there_when_it_runs(course, released):
    folder = toy.hand_in(course, "ann", toy.answered(released, add="from helper import add"))
    (folder / "helper.py").write_text(toy.RIGHT_ADD)
    (folder / "timestamp.txt").write_text("2026-03-01 12:00:00 UTC")
    grade(ClassDirectory(course))
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}", "dlbasic") as gradebook:
        submission = gradebook.find_submission("numbers", "ann")
        assert submission.score == 3.0 and str(submission.timestamp) == "2026-03-01 12:00:00"


def test_a_timestamp_that_is_no_date_is_noted(course, released):
    folder = toy.hand_in(course, "ann", toy.answered(released))
    (folder / "timestamp.txt").write_text("yesterday-ish")
    results = grade(ClassDirectory(course))
    assert [f.code for f in results[0].findings] == ["timestamp"] and read_back(course, "ann")[0]["test_add"][0] == 1.0


def test_stock_autograde_survives_a_copied_cell_and_gives_the_same_scores(graded, released):
    """nbgrader 0.9.6 by itself stops the whole class at one copied graded cell."""
    command = [sys.executable, "-m", "nbgrader", "autograde", "numbers", "--force"]
    chosen = ("copied", "no solution", "loud")
    root = graded[0].root.with_name("stock")
    shutil.copytree(graded[0].root, root)
    for folder in (root / "submitted").iterdir():
        if folder.name not in chosen:
            shutil.rmtree(folder)
    expected = {student: read_back(root, student) for student in chosen}
    (root / "gradebook.db").unlink()
    with sqlite3.connect(graded[0].root / "gradebook.db") as old, sqlite3.connect(root / "gradebook.db") as new:
        old.backup(new)
        new.execute("UPDATE grade SET auto_score = NULL, needs_manual_grade = 1")
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr[-2000:]
    assert {student: read_back(root, student) for student in chosen} == expected


def test_a_class_with_nbgraders_own_settings_is_graded_by_ours(course, released):
    (course / "nbgrader_config.py").write_text("c = get_config()\nc.CourseDirectory.course_id = 'dlbasic'\n")
    toy.hand_in(course, "ann", toy.copied_cell(released))
    toy.hand_in(course, "bob", toy.answered(released, mul=toy.LOUD))
    grade(ClassDirectory(course))
    assert [read_back(course, student)[0]["test_mul"] for student in ("ann", "bob")] == [(2.0, False)] * 2


def test_findings_travel_in_the_graded_notebook(graded):
    path = graded[0].graded("no solution", "numbers")
    metadata = json.loads(path.read_text(encoding="utf-8"))["metadata"]
    assert [f.code for f in found.read(metadata)] == ["solution_deleted"] and found.digest_of(metadata)


def test_the_executing_step_is_taken_from_the_settings(graded):
    assert steps.execution_step(graded[0].config) == "grader.classroom.execute.RunSubmission"
    assert steps.execution_step(Config()) == "grader.classroom.execute.RunSubmission"
