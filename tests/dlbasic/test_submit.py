"""The file that a learner hands in: what is in it, whose it is, and that her notebook stays as it was."""

import hashlib
import json
import re
import zipfile
from datetime import UTC, datetime

import pytest
import toy_course
from click.testing import CliRunner

from dlbasic import submit
from dlbasic.cli import main
from dlbasic.workspace import Problem

NOON = datetime(2026, 3, 2, 12, 0, 5, 999, tzinfo=UTC)


@pytest.fixture
def course(tmp_path, monkeypatch):
    made = toy_course.make(tmp_path, languages=("en",))
    monkeypatch.chdir(made)
    monkeypatch.setenv("DLBASIC_HOME", str(tmp_path / "home"))
    for name in ("JUPYTERHUB_USER", "NB_USER"):
        monkeypatch.delenv(name, raising=False)
    return made


def test_the_file_holds_the_notebook_byte_for_byte_and_says_whose_it_is(course, tmp_path):
    notebook = toy_course.path(course)
    content = notebook.read_bytes()
    packed = submit.pack(notebook, "kim", tmp_path / "out", NOON)
    assert packed.name == "kim__02_toy__20260302T120005Z.zip"
    with zipfile.ZipFile(packed) as archive:
        assert sorted(archive.namelist()) == ["02_toy/02_toy.ipynb", "submission.json"]
        assert archive.read("02_toy/02_toy.ipynb") == content
        about = json.loads(archive.read("submission.json"))
    assert about.pop("version")
    assert about == {
        "student": "kim",
        "chapter": "02_toy",
        "created": "2026-03-02T12:00:05Z",
        "sha256": hashlib.sha256(content).hexdigest(),
    }
    assert notebook.read_bytes() == content


def test_handing_in_twice_in_a_second_overwrites_nothing(course, tmp_path):
    first = submit.pack(toy_course.path(course), "kim", tmp_path, NOON)
    second = submit.pack(toy_course.path(course), "kim", tmp_path, NOON)
    assert first != second
    assert first.exists() and second.exists()


def test_a_failure_half_way_leaves_no_file(course, tmp_path, monkeypatch):
    def fails(*arguments):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(submit.zipfile.ZipFile, "writestr", fails)
    with pytest.raises(OSError, match="No space"):
        submit.pack(toy_course.path(course), "kim", tmp_path / "out", NOON)
    assert list((tmp_path / "out").iterdir()) == []


BAD = ["", "../kim", "a/b", "kim lee", "a__b", "-kim", ".kim", "kim_", "k" * 65, "a\nb", "..", "a\\b"]


@pytest.mark.parametrize("bad", BAD)
def test_an_id_that_cannot_be_a_file_name_is_refused(course, bad):
    with pytest.raises(Problem, match="cannot be a student id"):
        submit.student_id(bad)


@pytest.mark.parametrize("good", ["kim", "20231234", "kim.lee@uni.ac.kr", "김철수", "k-m_l"])
def test_ids_that_courses_use_are_taken_and_remembered(course, good):
    assert submit.student_id(good)[0] == good
    who, why = submit.student_id(None)
    assert who == good
    assert "remembered" in why


def test_the_hub_knows_who_it_is(course, monkeypatch):
    monkeypatch.setenv("NB_USER", "jovyan")  # what every Jupyter image calls its user
    monkeypatch.setenv("JUPYTERHUB_USER", "lee")
    assert submit.student_id(None)[0] == "lee"
    monkeypatch.delenv("JUPYTERHUB_USER")
    monkeypatch.setattr(submit.getpass, "getuser", lambda: "desk")
    who, why = submit.student_id(None)
    assert who == "desk"
    assert "user name on this computer" in why


def test_the_command_says_where_the_file_is_and_what_is_still_empty(course):
    toy_course.work_on(toy_course.path(course))
    result = CliRunner().invoke(main, ["submit", "2", "--student", "kim"])
    assert result.exit_code == 0
    packed = re.search(r"packed +(\S+)", result.output)[1]
    assert zipfile.is_zipfile(packed)
    assert packed.startswith(str(course / "submissions"))
    assert "not written yet: halve" in result.output


def test_a_notebook_that_is_still_as_it_came_is_handed_in_with_a_note(course):
    result = CliRunner().invoke(main, ["submit", "2", "--student", "kim"])
    assert result.exit_code == 0
    assert "every exercise is still as it came" in result.output


def test_a_missing_notebook_is_refused(course, tmp_path):
    with pytest.raises(Problem, match="is not there"):
        submit.pack(tmp_path / "no.ipynb", "kim", tmp_path)
