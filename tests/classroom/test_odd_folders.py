"""Whatever stands in `submitted`: each submission is graded or flagged with a reason, and the run goes on."""

from __future__ import annotations

import os
import shutil
import socket
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

import content
import driver
import fake
import pytest
import toy

from grader.classroom import flagged, intake
from grader.classroom.classdir import ClassDirectory
from grader.classroom.grade import flags_file
from grader.classroom.grade import grade as grade_with

pytestmark = pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")


def grade(root) -> dict[str, list[str]]:
    """Student → the codes of what was found. Checks that a second run has nothing to do and that flags are in the file.

    An honest neighbour is there each time, and is graded.
    """
    first = grade_with(ClassDirectory(root), executor=driver.Inline())
    again = grade_with(ClassDirectory(root), executor=driver.Inline())
    assert [result.findings for result in again] == [result.findings for result in first]
    assert all(result.skipped for result in again if "odd_name" not in {finding.code for finding in result.findings})
    rows = flagged.read(flags_file(ClassDirectory(root)))
    assert {row[0] for row in rows} == {result.student for result in first if result.flags}
    found = {result.student: [finding.code for finding in result.findings] for result in first}
    assert found.pop("neighbour") == []
    return found


@pytest.fixture
def course(course, released):
    toy.settings(course, fake.CLASS)
    toy.hand_in(course, "neighbour", toy.answered(released))
    return course


def score(root, student) -> float:
    return content.gradebook(ClassDirectory(root))[student]["numbers"]["score"]


NAMES = [
    "two\nlines",
    "tab\there",
    "🦊 with 'quotes' \"and\" $HOME",
    "x" * 255,
    "-rf",
    "a;b|c&d",
    "\x1b[31mred",
    "%s{}{0}",
    "CON",
    "..dots",
    " space ",
    "back\\slash",
    "[glob]*?",
]


def test_students_of_any_name_are_graded(course, released):
    for name in NAMES:
        toy.hand_in(course, name, toy.answered(released))
    visible = [name for name in NAMES if not name.startswith(".")]
    assert grade(course) == {name: [] for name in visible}
    assert all(score(course, name) == 3.0 for name in visible)


def test_names_that_differ_by_case_or_by_how_they_are_composed_are_different_students(course, released):
    right, wrong = toy.answered(released), toy.answered(released, add=toy.WRONG_ADD)
    for name, notebook in (("Ann", right), ("ann", wrong), ("Jos\u00e9", right), ("Jose\u0301", wrong)):
        toy.hand_in(course, name, notebook)
    if len(list((course / "submitted").iterdir())) < 5:
        pytest.skip("this file system takes them for the same")
    assert grade(course) == {"Ann": [], "ann": [], "Jos\u00e9": [], "Jose\u0301": []}
    assert [score(course, name) for name in ("Ann", "ann", "Jos\u00e9", "Jose\u0301")] == [3.0, 2.0, 3.0, 2.0]


def test_a_name_in_an_old_encoding_is_flagged_until_it_is_renamed(course, released):
    folder = toy.hand_in(course, os.fsdecode("김민지".encode("cp949")), toy.answered(released)).parent
    (name,) = grade(course)
    assert name.startswith("\\x") and grade(course)[name] == ["odd_name"]
    folder.rename(folder.with_name("김민지"))
    assert grade(course) == {"김민지": []}
    assert flagged.read(flags_file(ClassDirectory(course))) == []


@pytest.mark.parametrize("inside", [True, False])
@pytest.mark.parametrize("which", ["student", "chapter", "notebook"])
def test_a_link_is_flagged_and_not_followed_wherever_it_leads(course, released, tmp_path, which, inside):
    place = course / "submitted" if inside else tmp_path
    real = place / "neighbour" / "numbers" / "numbers.ipynb"
    if not inside:
        real.parent.mkdir(parents=True)
        real.write_bytes((course / "submitted" / "neighbour" / "numbers" / "numbers.ipynb").read_bytes())
    link = course / "submitted" / "ann"
    if which == "student":
        link.symlink_to(real.parents[1])
    elif which == "chapter":
        link.mkdir()
        (link / "numbers").symlink_to(real.parent)
    else:
        (link / "numbers").mkdir(parents=True)
        (link / "numbers" / "numbers.ipynb").symlink_to(real)
    assert grade(course) == {"ann": ["no_file" if which == "notebook" else "link"]}
    assert score(course, "ann") == 0.0
    grades = content.gradebook(ClassDirectory(course))["ann"]["numbers"]["numbers"]["grades"]
    assert all(grade["needs_manual_grade"] for grade in grades.values())


def test_links_that_lead_nowhere_or_in_circles_are_flagged(course):
    (course / "submitted" / "lost").symlink_to("nowhere")
    (course / "submitted" / "round").symlink_to("round")
    (course / "submitted" / "readme").symlink_to("../nbgrader_config.py")  # no student's
    assert grade(course) == {"lost": ["link"], "round": ["link"]}


@pytest.fixture
def open_course(course):
    """The class in a place that everybody can get to."""
    place = Path(tempfile.mkdtemp(prefix="dlbasic-open-"))
    place.chmod(0o755)
    yield Path(shutil.copytree(course, place / "course"))
    shutil.rmtree(place)


@contextmanager
def as_somebody():
    """As root, become an ordinary user for a while: nothing is closed to root."""
    if os.geteuid():
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def test_a_folder_that_may_not_be_read_is_flagged(open_course, released, skeleton):
    course = open_course
    for student in ("student", "chapter", "notebook"):
        toy.hand_in(course, student, toy.answered(released))
    submitted = course / "submitted"
    closed = {
        "student": submitted / "student",
        "chapter": submitted / "chapter" / "numbers",
        "notebook": submitted / "notebook" / "numbers" / "numbers.ipynb",
    }
    directory = ClassDirectory(course)
    for path in closed.values():
        path.chmod(0)
    try:
        with as_somebody():
            found = dict(directory.submissions("numbers"))
            assert set(closed) <= set(found)
            for student in closed:
                digest = intake.digest(found[student], skeleton)
                taken = intake.take_in(found[student], "numbers", skeleton)
                assert [finding.code for finding in taken.findings] == ["no_file"]
                assert "ermission" in taken.findings[0].text() and digest
    finally:
        for path in closed.values():
            path.chmod(0o755)


def test_a_file_beside_the_notebook_that_may_not_be_read_is_left_out(open_course, released, skeleton):
    folder = toy.hand_in(open_course, "ann", toy.answered(released))
    (folder / "closed.txt").write_text("x")
    (folder / "closed.txt").chmod(0)
    with as_somebody():
        taken = intake.take_in(folder, "numbers", skeleton)
    assert [finding.code for finding in taken.findings] == ["left_out"] and taken.extras == {}


@pytest.mark.parametrize("name", ["numbers.ipynb", "timestamp.txt", "data.csv"])
@pytest.mark.parametrize("kind", ["pipe", "socket", "folder", "device", "link"])
def test_what_is_no_file_in_a_files_place_stops_nobody(course, released, name, kind, monkeypatch):
    folder = toy.hand_in(course, "ann", toy.answered(released))
    (folder / name).unlink(missing_ok=True)
    if kind == "pipe":
        os.mkfifo(folder / name)
    elif kind == "socket":
        monkeypatch.chdir(folder)  # the path of a socket may not be long
        listener = socket.socket(socket.AF_UNIX)
        listener.bind(name)
        listener.close()
    elif kind == "folder":
        (folder / name / "more").mkdir(parents=True)
    elif kind == "link":
        (folder / name).symlink_to("/etc/hostname")
    elif os.geteuid():
        pytest.skip("only root makes devices")
    else:
        os.mknod(folder / name, 0o600 | 0o020000, os.makedev(1, 5))  # as /dev/zero: has no end
    expected = {"numbers.ipynb": ["no_file"], "timestamp.txt": ["timestamp"], "data.csv": []}[name]
    assert grade(course) == {"ann": expected}
    assert not (ClassDirectory(course).graded("ann", "numbers").parent / "data.csv").is_file()


def test_a_file_in_the_place_of_a_chapters_folder_is_flagged_and_one_of_a_students_is_nobodys(course):
    (course / "submitted" / "ann").mkdir()
    (course / "submitted" / "ann" / "numbers").write_text("here is my work")
    (course / "submitted" / "Thumbs.db").write_text("")
    assert grade(course) == {"ann": ["no_file"]}


def test_thousands_of_files_beside_the_notebook_cost_a_moment(course, released, skeleton):
    folder = toy.hand_in(course, "ann", toy.answered(released))
    for place in range(30):
        (folder / f"unpacked-{place}").mkdir()
        for number in range(100):
            (folder / f"unpacked-{place}" / f"{number}.bin").touch()
    start = time.process_time()
    assert grade(course) == {"ann": ["left_out"]}
    assert time.process_time() - start < 5.0
    kept = ClassDirectory(course).graded("ann", "numbers").parent
    assert len([path for path in kept.rglob("*") if path.is_file()]) == 1 + intake.MOST_FILES


def test_folders_within_folders_without_end_are_looked_into_as_far_as_it_goes(course, released):
    folder = toy.hand_in(course, "ann", toy.answered(released))
    os.chdir(folder)
    try:
        for _ in range(600):
            os.mkdir("deeper")
            os.chdir("deeper")
        with open("end.txt", "w") as file:
            file.write("x")
    finally:
        os.chdir(course)
    assert grade(course)["ann"] in ([], ["left_out"])
    shutil.rmtree(folder / "deeper", ignore_errors=True)


def test_what_stands_in_the_way_of_a_graded_notebook_costs_only_that_one(course, released):
    toy.hand_in(course, "ann", toy.answered(released))
    (course / "autograded" / "ann").write_text("in the way")
    results = grade_with(ClassDirectory(course), executor=driver.Inline())
    assert [[flag.code for flag in result.flags] for result in results] == [["failed"], []]
    (course / "autograded" / "ann").unlink()
    assert grade(course) == {"ann": []} and score(course, "ann") == 3.0


def test_her_files_do_not_take_the_place_of_the_chapters_own(course, released):
    own = course / "source" / "numbers"
    (own / "data").mkdir()
    (own / "data" / "table.csv").write_text("ours")
    (own / "words.txt").write_text("ours")
    for student, place in {"ann": "data", "bob": "words.txt"}.items():
        folder = toy.hand_in(course, student, toy.answered(released))
        if student == "ann":
            (folder / place).write_text("a file where the chapter has a folder")
        else:
            (folder / place).mkdir()
            (folder / place / "mine.txt").write_text("a folder where the chapter has a file")
    assert grade(course) == {"ann": [], "bob": []}
    for student in ("ann", "bob"):
        graded = ClassDirectory(course).graded(student, "numbers").parent
        assert (graded / "data" / "table.csv").read_text() == (graded / "words.txt").read_text() == "ours"
