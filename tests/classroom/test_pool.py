"""Jobs go to any executor, none is lost with a process that dies, and a class of any size takes the same memory."""

from __future__ import annotations

import multiprocessing
import pickle
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool

import content
import driver
import fake
import pytest
import toy
from click.testing import CliRunner

from grader import cli
from grader.classroom import grade as grading
from grader.classroom.classdir import ClassDirectory
from grader.classroom.pool import AHEAD, Pool
from grader.errors import Problem

pytestmark = pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")
STUDENTS = [f"student-{number}" for number in range(5)]


@pytest.fixture
def course(course, released):
    toy.settings(course, fake.CLASS)
    for student in STUDENTS:
        toy.hand_in(course, student, toy.answered(released))
    return course


def processes():
    """A pool of processes as a cluster has them: started on their own, with nothing of this one but what it sends."""
    return ProcessPoolExecutor(2, multiprocessing.get_context("forkserver"))


@pytest.mark.parametrize("make", [lambda: ThreadPoolExecutor(3), processes, driver.Inline])
def test_any_executor_will_do(course, make):
    with make() as executor:
        results = grading.grade(ClassDirectory(course), workers=3, executor=executor)
    assert [result.findings for result in results] == [[]] * 5
    found = content.gradebook(ClassDirectory(course))
    assert {student: facts["numbers"]["score"] for student, facts in found.items()} == dict.fromkeys(STUDENTS, 3.0)


def test_the_command_line_takes_the_name_of_one_that_makes_an_executor(course):
    done = CliRunner().invoke(cli.main, ["grade", "--class", str(course), "--executor", "driver:Inline"])
    assert done.exit_code == 0 and "5 graded" in done.output


@pytest.mark.parametrize("name", ["driver", "driver:Nothing", "no_such_module:x", ":", "driver:json", ".driver:Inline"])
def test_an_executor_that_is_none_is_told_and_nothing_is_changed(course, name):
    before = toy.snapshot(course)
    done = CliRunner().invoke(cli.main, ["grade", "--class", str(course), "--executor", name])
    assert done.exit_code == 2 and "MODULE:FACTORY" in done.output
    assert toy.snapshot(course) == before


def test_a_job_is_plain_data(course):
    directory, sent = ClassDirectory(course), []

    class Sends(driver.Inline):
        def submit(self, function, /, *arguments):
            sent.append(pickle.dumps((function, arguments)))
            again, arguments = pickle.loads(sent[-1])
            return super().submit(again, *arguments)

    toy.settings(course, "c.Autograde.pre_convert_hook = lambda **_: None\n")  # no other process can be sent this one
    assert len(grading.grade(ClassDirectory(course), executor=Sends())) == 5
    assert len(sent) == 5 and max(map(len, sent)) < 20_000
    assert content.gradebook(directory)[STUDENTS[0]]["numbers"]["score"] == 3.0


class Counts(Executor):
    """Runs nothing until it is asked to, and counts what is waiting."""

    def __init__(self):
        self.waiting, self.most = [], 0

    def submit(self, function, /, *arguments):
        future = Future()
        self.waiting.append(future)
        self.most = max(self.most, len(self.waiting))
        future.set_result(arguments)
        return future


def test_jobs_are_made_as_workers_become_free_not_all_at_once():
    executor, made = Counts(), []

    def jobs():
        for number in range(100):
            made.append(number)
            yield number

    for count, _ in enumerate(Pool(executor, None, 2).run(jobs())):
        executor.waiting.clear()
        assert len(made) <= count + 2 * 2 * AHEAD
    assert len(made) == 100 and executor.most == 2 * AHEAD


class Mortal(Executor):
    """Breaks at jobs that are in `deadly`, as often as that says. The next job is lost with it, then none is taken."""

    def __init__(self, deadly: dict):
        self.deadly, self.deaths = deadly, 0

    def submit(self, function, /, job):
        if self.deaths == 2:
            raise BrokenProcessPool("broken before")
        future = Future()
        self.deaths += bool(self.deaths or self.deadly.get(job))
        if self.deaths:
            self.deadly[job] = self.deadly.get(job, 1) - 1
            future.set_exception(BrokenProcessPool("died"))
        else:
            future.set_result(job)
        return future


def outcomes(jobs, deadly):
    return dict(Pool(None, lambda: Mortal(deadly), 2).run(iter(jobs)))


def test_a_job_that_kills_its_process_twice_is_told_and_no_other_is():
    found = outcomes("abcdefgh", {"c": 9, "f": 1})  # and with them d and g, or whatever is handed over next
    assert set(found) == set("abcdefgh")
    assert isinstance(found.pop("c"), ChildProcessError)
    assert all(found[job] == job for job in found)


def test_processes_that_die_whatever_they_are_given_stop_the_run():
    with pytest.raises(Problem, match="die again and again"):
        outcomes("abcdefgh", dict.fromkeys("abcdefgh", 9))


def test_an_executor_that_cannot_be_made_anew_stops_the_run():
    with pytest.raises(Problem, match="executor that runs submissions broke down"):
        dict(Pool(Mortal({"b": 1}), None, 2).run(iter("abc")))


def test_a_submission_that_kills_its_worker_is_flagged_and_tried_again_by_the_next_run(course, released):
    toy.hand_in(course, STUDENTS[2], toy.answered(released, add="import os\nos._exit(1)"))
    results = grading.grade(ClassDirectory(course), workers=2)
    assert [[flag.code for flag in result.flags] for result in results] == [[], [], ["failed"], [], []]
    assert "died twice" in results[2].flags[0].text()
    grades = content.gradebook(ClassDirectory(course))[STUDENTS[2]]["numbers"]["numbers"]["grades"]
    assert all(grade["needs_manual_grade"] and grade["auto_score"] is None for grade in grades.values())
    toy.settings(course, fake.CLASS.replace("fake.Instant", "fake.Harmless"))
    again = grading.grade(ClassDirectory(course), executor=driver.Inline())
    assert [result.skipped for result in again] == [True, True, False, True, True] and not again[2].flags
