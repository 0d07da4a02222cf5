"""The learner's commands, on a toy course: what they say, what they exit with, what they leave alone."""

import json

import pytest
import toy_course
from click.testing import CliRunner

from dlbasic import lab, record
from dlbasic.cli import main


@pytest.fixture
def course(tmp_path, monkeypatch):
    made = toy_course.make(tmp_path)
    monkeypatch.chdir(made)
    monkeypatch.setenv("DLBASIC_HOME", str(tmp_path / "home"))
    for name in ("DLBASIC_LANG", "LC_ALL", "LC_MESSAGES", "JUPYTERHUB_USER", "NB_USER"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    return made


def run(*arguments):
    return CliRunner().invoke(main, list(arguments))


def everything(folder):
    return {path: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


# ------------------------------------------------------------------------------------------------ check


def test_check_tells_how_every_exercise_stands_and_changes_nothing(course):
    before = everything(course)
    result = run("check", "02_toy")
    assert result.exit_code == 1
    lines = result.output.splitlines()
    assert any("✓ double" in line and "passed" in line for line in lines)
    assert any("· halve" in line and "not written yet" in line for line in lines)
    assert lines[-1].strip() == "1 of 2 exercises pass"
    assert everything(course) == before


def test_check_exits_0_when_all_pass(course):
    solved = toy_course.notebook(toy_course.exercise("double"), toy_course.verdict("double", "passed"))
    toy_course.write(solved, toy_course.path(course))
    assert run("check", "toy", "--lang", "en").exit_code == 0


def test_check_names_a_mistake_an_error_and_a_silent_test(course):
    toy_course.write(
        toy_course.notebook(
            toy_course.verdict("double", "mistake", "✗ double: you added", "raise AssertionError"),
            toy_course.graded("test_halve", "1 / 0", solution=False),
            toy_course.graded("test_third", "pass", solution=False),
            toy_course.code("code-009", "undefined_name"),
        ),
        toy_course.path(course),
    )
    result = run("check", "2", "--lang", "en")
    assert result.exit_code == 1
    assert "double  not yet  you added" in result.output
    assert "halve   error  ZeroDivisionError: division by zero" in result.output
    assert "third   no verdict" in result.output
    assert "cell 4: NameError" in result.output
    assert "0 of 3 exercises pass" in result.output


def test_check_stops_a_cell_that_never_ends_and_goes_on(course):
    toy_course.write(
        toy_course.notebook(toy_course.code("code-000", "while True: pass"), toy_course.verdict("double", "passed")),
        toy_course.path(course),
    )
    result = run("check", "2", "--lang", "en", "--timeout", "3")
    assert result.exit_code == 1
    assert "cell 1: KeyboardInterrupt" in result.output
    assert "1 of 1 exercises pass" in result.output


def test_check_says_where_a_kernel_died(course):
    dies = toy_course.code("code-000", "import os; os._exit(1)")
    toy_course.write(toy_course.notebook(dies, toy_course.verdict("double", "passed")), toy_course.path(course))
    result = run("check", "2", "--lang", "en")
    assert result.exit_code == 1
    assert "cell 1: the kernel died" in result.output


@pytest.mark.parametrize(
    ("content", "says"),
    [("{not json", "line 1"), ("[]", "no notebook"), ('{"nbformat": 4}', "no notebook"), ("\x00\x01", "line 1")],
)
def test_a_broken_notebook_gets_a_sentence_and_exit_2(course, content, says):
    toy_course.path(course).write_text(content, encoding="utf-8")
    for command in (["check", "2", "--lang", "en"], ["submit", "2", "--lang", "en"]):
        result = run(*command)
        assert result.exit_code == 2, result.output
        assert str(toy_course.path(course)) in result.output
        assert says in result.output
        assert "Traceback" not in result.output


def test_an_unknown_chapter_gets_a_suggestion_and_exit_2(course):
    result = run("check", "02_tou")
    assert result.exit_code == 2
    assert "did you mean 02_toy?" in result.output


def test_a_folder_without_a_course_falls_back_to_the_one_the_package_came_with(tmp_path, monkeypatch):
    from dlbasic import workspace

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(workspace, "__file__", str(toy_course.make(tmp_path / "own") / "dlbasic" / "workspace.py"))
    assert workspace.find_course() == tmp_path / "own" / "course"
    monkeypatch.setattr(workspace, "__file__", str(tmp_path / "site-packages" / "dlbasic" / "workspace.py"))
    result = run("progress")
    assert result.exit_code == 2
    assert "there is no course" in result.output


# ------------------------------------------------------------------------------------------------ progress


def test_progress_shows_passed_tried_and_untried(course):
    record.note(toy_course.CHAPTER, "double", True)
    record.note(toy_course.CHAPTER, "halve", False)
    result = run("progress")
    assert result.exit_code == 0
    assert "02_toy: 1 of 2" in result.output
    assert "✓ double  20" in result.output
    assert "✗ halve" in result.output


def test_progress_survives_a_damaged_record(course):
    record.path().parent.mkdir(parents=True)
    for text in ("nonsense", '{"02_toy": 3}', '{"02_toy": {"double": true}}'):
        record.path().write_text(text, encoding="utf-8")
        result = run("progress")
        assert result.exit_code == 0
        assert "02_toy: 0 of 2" in result.output


# ------------------------------------------------------------------------------------------------ learn


def replaced_process(monkeypatch):
    """The arguments with which this process would have been replaced."""
    opened = []

    def replace(*arguments):
        opened.append(arguments)
        raise SystemExit(0)

    monkeypatch.setattr(lab.os, "execve", replace)
    return opened


@pytest.mark.parametrize("inside", [".", "en/02_toy", ".."])
def test_learn_opens_the_first_chapter_from_wherever_the_learner_is(course, monkeypatch, inside):
    monkeypatch.chdir(course / inside)
    opened = replaced_process(monkeypatch)
    assert run("learn", "--no-browser", "--port=8899", "--lang", "ko").exit_code == 0
    _, command, environment = opened[0]
    assert f"--ServerApp.root_dir={course}" in command
    assert "--LabApp.default_url=/lab/tree/ko/02_toy/02_toy.ipynb" in command
    assert command[-2:] == ["--no-browser", "--port=8899"]
    assert environment["PYTHONPATH"].split(":")[0] == str(course)


@pytest.mark.parametrize(("locale", "language"), [("ko_KR.UTF-8", "ko"), ("en_US.UTF-8", "en"), ("C", "en")])
def test_learn_speaks_the_computers_language(course, monkeypatch, locale, language):
    monkeypatch.setenv("LANG", locale)
    opened = replaced_process(monkeypatch)
    run("learn")
    assert any(f"/lab/tree/{language}/" in word for word in opened[0][1])


# ------------------------------------------------------------------------------------------------ ambiguity


def test_the_notebook_meant_is_the_one_that_was_worked_in(course):
    toy_course.work_on(toy_course.path(course, "ko"))
    assert str(toy_course.path(course, "ko")) in run("submit", "02_toy", "--student", "kim").output


def test_work_in_both_languages_must_be_told_apart(course):
    for language in ("en", "ko"):
        toy_course.work_on(toy_course.path(course, language))
    before = everything(course)
    result = run("submit", "02_toy", "--student", "kim")
    assert result.exit_code == 2
    assert "--lang en or --lang ko" in result.output
    assert everything(course) == before
    assert run("submit", "02_toy", "--student", "kim", "--lang", "en").exit_code == 0


def test_a_full_disk_is_a_sentence(course, monkeypatch):
    from dlbasic import submit

    def full(*arguments, **options):
        raise OSError(28, "No space left on device", "submissions")

    monkeypatch.setattr(submit.tempfile, "mkstemp", full)
    result = run("submit", "02_toy", "--student", "kim")
    assert result.exit_code == 2
    assert "No space left on device" in result.output
    assert json.loads(toy_course.path(course).read_text())["cells"]


def test_a_course_folder_without_the_package_is_still_the_one_meant(course, monkeypatch):
    from dlbasic import workspace

    (course / "dlbasic" / "__init__.py").unlink()
    monkeypatch.chdir(toy_course.path(course).parent)
    assert workspace.find_course() == course
