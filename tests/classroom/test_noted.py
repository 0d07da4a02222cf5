"""How a run was done is told to the one who starts it, to its log, to the gradebook and to every graded notebook."""

from __future__ import annotations

import json
import sqlite3

import driver
import fake
import pytest
import toy
from click.testing import CliRunner

from grader import cli
from grader.classroom import findings as found
from grader.classroom.classdir import ClassDirectory
from grader.classroom.grade import grade

pytestmark = pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")


@pytest.fixture
def course(course, released):
    toy.settings(course, fake.CLASS)
    toy.hand_in(course, "ann", toy.answered(released))
    toy.hand_in(course, "bob", b"{")
    return course


def run(course, *options):
    words = ["grade", "--class", str(course), "--executor", "driver:Inline", *options]
    done = CliRunner().invoke(cli.main, words)
    assert done.exit_code == 0, done.output
    return done


def noted(course, student) -> bool:
    path = ClassDirectory(course).graded(student, "numbers")
    metadata = json.loads(path.read_text(encoding="utf-8"))["metadata"]
    return "no_sandbox" in {finding.code for finding in found.read(metadata)}


def sandboxes(course) -> dict:
    with sqlite3.connect(course / "gradebook.db") as db:
        return dict(db.execute("SELECT student, sandbox FROM dlbasic_graded"))


def test_a_run_without_the_sandbox_is_warned_of_and_noted_everywhere(course):
    done = run(course, "--no-sandbox")
    assert "warning: without the sandbox" in done.stderr and "1 graded without the sandbox" in done.stdout
    lines = (course / "grading.log").read_text(encoding="utf-8").splitlines()
    assert [("started: 2" in line, "ended: 2 of 2" in line) for line in lines] == [(True, False), (False, True)]
    assert all("WITHOUT THE SANDBOX" in line for line in lines)
    assert noted(course, "ann") and not noted(course, "bob")  # of bob's nothing was run
    assert sandboxes(course) == {"ann": 0, "bob": None}


def test_a_run_in_the_sandbox_says_so_and_warns_of_nothing(course):
    done = run(course)
    assert "warning" not in done.stderr and "without" not in done.stdout
    assert "in the sandbox" in (course / "grading.log").read_text(encoding="utf-8")
    assert not noted(course, "ann") and sandboxes(course) == {"ann": 1, "bob": None}


def test_the_settings_can_do_without_it_too_and_it_is_noted_all_the_same(course):
    toy.settings(course, "c.Instant.sandbox = False\n")
    run(course)
    assert noted(course, "ann") and "WITHOUT THE SANDBOX" in (course / "grading.log").read_text(encoding="utf-8")


class Looks(driver.Inline):
    """Keeps the settings of the jobs that it is given."""

    def submit(self, function, /, job):
        self.settings = job.settings
        return super().submit(function, job)


@pytest.mark.parametrize("figures", [True, False])
def test_figures_are_drawn_when_asked_for(course, figures):
    executor = Looks()
    grade(ClassDirectory(course), executor=executor, figures=figures)
    assert executor.settings.get("ExecuteBehindWall", {}).get("figures", False) is figures


def test_a_run_with_nothing_to_do_adds_nothing_to_the_log(course):
    run(course)
    before = (course / "grading.log").read_bytes()
    run(course)
    assert (course / "grading.log").read_bytes() == before
