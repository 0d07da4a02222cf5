"""The command line: what it says and the exit code it ends with."""

from __future__ import annotations

import csv
import errno
import io

import nbformat
import pytest
import toy
from click.testing import CliRunner

from grader import cli, errors
from grader.classroom import flagged, verdicts
from grader.classroom import report as reporting
from grader.classroom.classdir import ClassDirectory

pytestmark = pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")


def run(*words):
    return CliRunner().invoke(cli.main, [str(word) for word in words])


def test_help_lists_the_commands_in_the_order_of_work():
    text = run("--help").output.partition("Commands:")[2]
    names = ["init", "collect", "grade", "feedback", "report", "export", "release"]
    places = [text.index(f"\n  {name} ") for name in names]
    assert places == sorted(places)


@pytest.mark.parametrize("command", ["grade", "feedback", "report", "export"])
@pytest.mark.parametrize("what", ["missing", "file", "empty folder"])
def test_what_is_no_class_directory_gets_a_message_and_exit_code_2(tmp_path, command, what):
    place = tmp_path / "place"
    if what == "file":
        place.write_text("")
    elif what == "empty folder":
        place.mkdir()
    extra = ["--to", tmp_path / "x.csv"] if command == "export" else []
    result = run(command, "--class", place, *extra)
    assert result.exit_code == 2, result.output
    assert all(part in result.output for part in ("class directory", str(place), "what to do:"))
    assert not place.is_dir() or not any(place.iterdir())


@pytest.mark.parametrize("command", ["grade", "feedback"])
def test_a_chapter_that_is_not_there_is_named_with_those_that_are(course, command):
    before = toy.snapshot(course)
    result = run(command, "--class", course, "poetry")
    assert result.exit_code == 2 and "'poetry'" in result.output and "numbers" in result.output
    assert toy.snapshot(course) == before


def test_a_class_without_its_submitted_folder_is_told_so(course):
    (course / "submitted").rmdir()
    result = run("grade", "--class", course)
    assert result.exit_code == 2 and "collect" in result.output


def test_a_class_without_submissions_is_no_error(course):
    result = run("grade", "--class", course)
    assert result.exit_code == 0 and "0 graded" in result.output


def test_a_chapter_that_the_course_does_not_have_cannot_be_set_up(tmp_path):
    result = run("init", tmp_path / "course", "99_poetry")
    assert result.exit_code == 2 and "99_poetry" in result.output and not (tmp_path / "course").exists()


def test_a_class_with_flags_ends_with_exit_code_0_and_a_table(course, released):
    toy.hand_in(course, "ann", toy.without(released, "add"))
    toy.hand_in(course, "bob", b"{")
    result = run("grade", "--class", course, "--workers", 1)
    assert result.exit_code == 0, result.output
    assert "2 graded" in result.output and "2 to be decided" in result.output and "flagged.tsv" in result.output
    assert run("feedback", "--class", course).exit_code == 0


def test_the_export_has_nbgraders_columns_and_tells_what_is_open(graded, tmp_path):
    target = tmp_path / "grades.csv"
    result = run("export", "--class", graded[0].root, "--to", target)
    assert result.exit_code == 0, result.output
    rows = {row["student_id"]: row for row in csv.DictReader(io.StringIO(target.read_text(encoding="utf-8")))}
    assert len(rows) == len(graded[1])
    assert (rows["right"]["score"], rows["right"]["max_score"], rows["right"]["assignment"]) == (
        "3.0",
        "3.0",
        "numbers",
    )
    assert rows["김민지"]["needs_manual_grade"] == "False" and rows["cut off"]["needs_manual_grade"] == "True"


@pytest.mark.parametrize("target", ["no/such/grades.csv", "."])
def test_an_export_to_nowhere_is_told_so(graded, tmp_path, target):
    result = run("export", "--class", graded[0].root, "--to", tmp_path / target)
    assert result.exit_code == 2 and "what to do:" in result.output and not any(tmp_path.iterdir())


def test_an_export_that_fails_leaves_the_old_file(graded, tmp_path, monkeypatch):
    target = tmp_path / "grades.csv"
    target.write_text("old")

    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device", str(target))

    monkeypatch.setattr(flagged.os, "replace", full)
    result = run("export", "--class", graded[0].root, "--to", target)
    assert result.exit_code == 2 and "the disk is full" in result.output
    assert [path.name for path in tmp_path.iterdir()] == ["grades.csv"] and target.read_text() == "old"


def test_the_report_counts_what_the_gradebook_holds(graded):
    chapter = reporting.report(graded[0])[0]
    add, mul = chapter.exercises
    assert len(chapter.totals) == len(graded[1])
    assert (add.waiting, mul.waiting) == (3, 4)
    assert len(add.scores) == len(graded[1]) - 3 and add.scores.count(0.0) == 4
    assert run("report", "--class", graded[0].root).exit_code == 0


def test_the_report_names_the_commonest_mistakes(graded, tmp_path):
    cell = nbformat.v4.new_code_cell(metadata=toy.label("test_add", grade=True))
    data = {verdicts.MIME: {"kind": "mistake", "mistake": "sign_lost", "message": "x"}}
    cell.outputs = [nbformat.v4.new_output("display_data", data=data)]
    for student in ("ann", "bob"):
        path = tmp_path / "autograded" / student / "numbers"
        path.mkdir(parents=True)
        nbformat.write(nbformat.v4.new_notebook(cells=[cell]), path / "numbers.ipynb")
    place = object.__new__(ClassDirectory)
    place.root = tmp_path
    assert reporting._mistakes(place, "numbers", ["ann", "bob", "gone"])["test_add"] == {"sign_lost": 2}


def test_rows_of_the_flag_file_survive_tabs_and_newlines(tmp_path):
    row = ("a\tb", "numbers", "-", "first\nsecond\\third\r")
    flagged.update(tmp_path / "f.tsv", [row], set())
    assert (tmp_path / "f.tsv").read_text().count("\n") == 1
    assert flagged.read(tmp_path / "f.tsv") == [row]


def test_the_flag_file_keeps_what_this_run_did_not_cover(tmp_path):
    path = tmp_path / "f.tsv"
    flagged.update(path, [("ann", "one", "-", "x"), ("ann", "two", "-", "y")], set())
    flagged.update(path, [("ann", "two", "add", "z")], {("ann", "two")})
    assert flagged.read(path) == [("ann", "one", "-", "x"), ("ann", "two", "add", "z")]


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.EACCES, errno.EDQUOT])
def test_what_a_disk_refuses_becomes_a_message(number, monkeypatch, course):
    def refuse(*_, **__):
        raise OSError(number, "no", "/some/file")

    monkeypatch.setattr("grader.classroom.report.report", refuse)
    result = run("report", "--class", course)
    assert result.exit_code == 2 and "/some/file" in result.output and "what to do:" in result.output


def test_other_operating_system_errors_are_not_hidden():
    with pytest.raises(ConnectionError), errors.disk_problems():
        raise ConnectionError("a bug")
