"""A class directory is made whole or not at all, and brought up to date without losing anything."""

from __future__ import annotations

import copy
import shutil
import sqlite3

import nbformat
import pytest
import toy
from nbgrader.api import Gradebook

from grader.classroom import init as making
from grader.classroom.classdir import ClassDirectory
from grader.classroom.database import check_gradebook
from grader.classroom.init import init
from grader.classroom.transfer import back_up
from grader.errors import Problem

pytestmark = pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")


def points(root):
    with Gradebook(f"sqlite:///{root / 'gradebook.db'}", "dlbasic") as gradebook:
        return {cell.name: cell.max_score for cell in gradebook.find_notebook("numbers", "numbers").grade_cells}


def test_a_new_class_has_what_nbgrader_and_the_formgrader_need(template):
    names = {path.name for path in template.iterdir()}
    assert names == {"source", "release", "submitted", "autograded", "feedback", "gradebook.db", "nbgrader_config.py"}
    assert points(template) == {"test_add": 1.0, "test_mul": 2.0}


def test_the_released_notebook_holds_no_solution_and_no_hidden_test(released):
    text = nbformat.writes(released)
    assert "20, 22" not in text and "total = a + b" not in text and "NotImplementedError" in text


def test_the_settings_name_no_place_of_this_machine(template):
    text = (template / "nbgrader_config.py").read_text(encoding="utf-8")
    assert str(template) not in text and "/work" not in text and "/home" not in text


def test_doing_it_again_changes_nothing(course):
    before = toy.snapshot(course)
    made = init(course, {"numbers": toy.source()})
    assert made.same == ["numbers"] and made.backup is None
    assert toy.snapshot(course) == before


def test_a_changed_test_is_brought_in_and_the_gradebook_backed_up(course):
    toy.settings(course, "\nc.Execute.timeout = 7\n")
    stricter = toy.TEST_MUL.replace("mul(6, 7) == 42", "mul(0, 7) == 0")
    made = init(course, {"numbers": toy.source(test_mul=stricter)})
    assert made.changed == ["numbers"] and made.backup.is_file()
    assert "mul(0, 7)" in ClassDirectory(course).skeleton("numbers")["test_mul"].source
    assert ClassDirectory(course).config.Execute.timeout == 7
    check_gradebook(made.backup)
    with sqlite3.connect(made.backup) as old:
        assert old.execute("SELECT count(*) FROM source_cell WHERE source LIKE '%mul(6, 7)%'").fetchone() == (1,)


def test_a_chapter_can_be_added(course):
    made = init(course, {"numbers": toy.source(), "more": toy.source("ko")})
    assert (made.same, made.new) == (["numbers"], ["more"])
    assert ClassDirectory(course).chapters() == ["more", "numbers"]


def test_exercises_of_a_graded_chapter_cannot_change_and_nothing_is_lost(course):
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}", "dlbasic") as gradebook:
        gradebook.update_or_create_student("ann")
        gradebook.add_submission("numbers", "ann")
    before = toy.snapshot(course)
    fewer = toy.source()
    fewer.cells = fewer.cells[:5]
    with pytest.raises(Problem, match="other exercises than when its submissions were graded"):
        init(course, {"numbers": fewer})
    assert toy.snapshot(course) == before


def test_a_chapter_that_nbgrader_refuses_leaves_no_trace(tmp_path):
    broken = toy.source()
    broken.cells.append(copy.deepcopy(toy.cell(broken, "add")))
    broken.cells[-1].id = "other"
    with pytest.raises(Problem, match="nbgrader did not take chapter 'numbers'"):
        init(tmp_path / "course", {"numbers": broken})
    assert not (tmp_path / "course").exists()


@pytest.mark.parametrize("content", ["notes.txt", "gradebook.db", "nbgrader_config.py"])
def test_a_foreign_folder_is_refused(tmp_path, content):
    (tmp_path / content).write_text("c = 1\n")
    with pytest.raises(Problem, match="not empty and is no class directory"):
        init(tmp_path, {"numbers": toy.source()})
    assert [path.name for path in tmp_path.iterdir()] == [content]


def test_a_file_in_the_way_is_named(tmp_path):
    (tmp_path / "course").write_text("")
    with pytest.raises(Problem, match="a file in the way"):
        init(tmp_path / "course", {})


def test_a_full_disk_leaves_the_class_as_it_was(course, monkeypatch):
    before = toy.snapshot(course)

    def full(*_):
        raise OSError(28, "No space left on device", "somewhere")

    monkeypatch.setattr(making, "_hand_over", full)
    with pytest.raises(Problem, match="the disk is full"):
        init(course, {"numbers": toy.source("ko")})
    kept = {path: data for path, data in toy.snapshot(course).items() if ".backup-" not in path}
    assert kept == before


def spoil(course, how):
    path = course / "gradebook.db"
    with sqlite3.connect(path) as db:
        if how == "older":
            db.execute("UPDATE alembic_version SET version_num = '167914646830'")
        elif how == "newer":
            db.execute("UPDATE alembic_version SET version_num = 'ffffffffffff'")
        elif how == "foreign":
            db.executescript("DROP TABLE grade; CREATE TABLE recipes (name TEXT);")
    if how == "text":
        path.write_text("this is no database, but long enough to look like a file " * 20)
    elif how == "missing":
        path.unlink()


@pytest.mark.parametrize(
    ("how", "what", "remedy"),
    [
        ("older", "made by an older nbgrader", "nbgrader db upgrade"),
        ("newer", "a schema that this nbgrader does not know", "upgrade nbgrader"),
        ("foreign", "no gradebook of nbgrader", "move the file away"),
        ("text", "no database", "move the file away"),
        ("missing", "not a class directory", "init"),
    ],
)
def test_a_gradebook_that_cannot_be_used_is_left_alone(course, how, what, remedy):
    spoil(course, how)
    before = toy.snapshot(course)
    with pytest.raises(Problem, match=what) as caught:
        ClassDirectory(course)
    assert remedy in caught.value.format_message() and toy.snapshot(course) == before


def test_a_locked_gradebook_is_said_to_be_in_use(course, monkeypatch):
    monkeypatch.setattr("grader.classroom.database.BUSY_SECONDS", 0.2)
    holder = sqlite3.connect(course / "gradebook.db")
    holder.execute("BEGIN IMMEDIATE")
    with pytest.raises(Problem, match="in use by another program"):
        ClassDirectory(course)
    holder.rollback()
    holder.close()
    ClassDirectory(course)


def test_a_mistake_in_the_settings_is_said_with_its_line(course):
    toy.settings(course, "\nc.Execute.timeout = nonsense\n")
    lines = (course / "nbgrader_config.py").read_text().splitlines()
    with pytest.raises(Problem, match="nonsense") as caught:
        ClassDirectory(course)
    assert caught.value.where.endswith(f"line {lines.index('c.Execute.timeout = nonsense') + 1}")


def test_backups_are_whole_and_the_oldest_go(course):
    made = [back_up(course / "gradebook.db", keep=3) for _ in range(5)]
    assert [path.is_file() for path in made] == [False, False, True, True, True]
    check_gradebook(made[-1])
    assert not list(course.glob(".*.part"))


def test_the_order_of_cells_comes_from_the_released_notebook(course):
    path = course / "release" / "numbers" / "numbers.ipynb"
    notebook = nbformat.read(path, as_version=4)
    notebook.cells = notebook.cells[:2] + notebook.cells[5:] + notebook.cells[2:5]
    nbformat.write(notebook, path)
    skeleton = ClassDirectory(course).skeleton("numbers")
    assert [cell.grade_id for cell in skeleton.cells] == ["mul", "test_mul", "add", "test_add"]
    shutil.rmtree(course / "release")
    assert len(ClassDirectory(course).skeleton("numbers").cells) == 4


def test_a_run_that_was_killed_half_way_can_be_repeated(tmp_path, monkeypatch):
    def killed(*_):
        raise KeyboardInterrupt

    real = making._hand_over
    monkeypatch.setattr(making, "_hand_over", killed)
    with pytest.raises(KeyboardInterrupt):
        init(tmp_path / "course", {"numbers": toy.source()})
    monkeypatch.setattr(making, "_hand_over", real)
    assert init(tmp_path / "course", {"numbers": toy.source()}).new == ["numbers"]
    assert points(tmp_path / "course") == {"test_add": 1.0, "test_mul": 2.0}
