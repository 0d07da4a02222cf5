"""The release: the same bytes every time, nothing stale, nothing leaked, stubs that belong to their solutions."""

import inspect
import json
import os
import subprocess
import sys

import jupytext
import nbformat
import pytest
from signatures import SIGNATURES

from grader.release import gates, leaks, told
from grader.release.build import source_notebook
from grader.release.chapter import BEGIN_SOLUTION, LANGUAGES, ROOT, chapter_names, load_chapter, read_cells
from grader.release.command import notebook_path, table_path
from grader.release.publish import learner_notebook, to_bytes

pairs = pytest.mark.parametrize(("name", "language"), [(n, lang) for n in chapter_names() for lang in LANGUAGES])


def released(name, language):
    return nbformat.read(notebook_path(name, language), as_version=4)


def test_the_committed_release_is_what_the_sources_make():
    done = subprocess.run(
        [sys.executable, "-m", "grader", "release", "--check"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        env={**os.environ, "OPENBLAS_NUM_THREADS": "1"},  # for matrices as small as these more threads only wait
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    assert "nothing is stale" in done.stdout


@pytest.mark.parametrize("name", chapter_names())
def test_two_releases_are_the_same_bytes(name):
    one, other = (to_bytes(learner_notebook(source_notebook(name, "en"), name)) for _ in range(2))
    assert one == other


@pytest.mark.parametrize("name", chapter_names())
def test_text_to_notebook_to_text_is_the_identity(name):
    text = (ROOT / "solutions" / name / "notebook.py").read_text(encoding="utf-8")
    assert jupytext.writes(jupytext.reads(text, "py:percent"), "py:percent") == text


@pytest.mark.parametrize("name", chapter_names())
def test_the_chapters_reader_sees_what_jupytext_sees(name):
    path = ROOT / "solutions" / name / "notebook.py"
    seen = [(cell.cell_type, cell.source) for cell in jupytext.read(path).cells]
    kinds = {"prose": "markdown"}
    assert [(kinds.get(cell.role, "code"), cell.source) for cell in read_cells(path)] == seen


@pairs
def test_every_line_of_a_stub_stands_in_its_solution(name, language):
    chapter = load_chapter(name)
    for cell in released(name, language).cells:
        if cell.metadata.get("nbgrader", {}).get("solution"):
            source = chapter.cell("exercise", cell.metadata.nbgrader.grade_id).source.splitlines()
            own = [line for line in cell.source.splitlines() if line.strip() not in STUB]
            assert [line for line in own if line not in source] == []
            assert "raise NotImplementedError()" in cell.source


STUB = ("# YOUR CODE HERE", "raise NotImplementedError()")


@pairs
def test_the_learners_copy_holds_no_solution_and_no_hidden_test(name, language):
    chapter = load_chapter(name)
    assert len(leaks.secret_lines(chapter)) > 20, "the gate must have something to look for"
    assert [str(f) for f in leaks.leaks(chapter, released(name, language), "notebook")] == []
    assert [str(f) for f in leaks.leaks_in_package(chapter, ROOT / "course" / "dlbasic")] == []
    assert [str(f) for f in told.told_in_notebook(chapter, released(name, language), "notebook")] == []
    assert [str(f) for f in told.told_in_package(chapter, ROOT / "course" / "dlbasic")] == []
    table = table_path(name).read_text(encoding="utf-8")
    assert BEGIN_SOLUTION not in table
    assert "def " not in table


@pytest.mark.parametrize("name", chapter_names())
def test_no_expected_value_of_a_hidden_test_is_in_a_learners_copy(name):
    from grader.release.exams import hidden_exam

    chapter = load_chapter(name)
    shown = json.loads(table_path(name).read_text(encoding="utf-8"))["exercises"]
    for exercise in chapter.exercises:
        if chapter.bank.probes[exercise].secret:
            assert shown[exercise]["cases"] == shown[exercise]["mistakes"] == []
        known = {json.dumps(case["arguments"]) for case in shown[exercise]["cases"]}
        first = next((case for case in hidden_exam(chapter, exercise).cases if case.arguments), None)
        if first is not None:
            from dlbasic.table import encode

            assert json.dumps([encode(argument) for argument in first.arguments]) not in known


def test_both_languages_carry_the_same_code_and_grade_ids():
    for name in chapter_names():
        english, korean = (released(name, language) for language in LANGUAGES)
        assert len(english.cells) == len(korean.cells)
        for one, other in zip(english.cells, korean.cells, strict=True):
            assert one.cell_type == other.cell_type
            assert one.id == other.id
            assert one.metadata == other.metadata
            if one.cell_type == "code":
                assert one.source == other.source


@pytest.mark.parametrize("name", SIGNATURES)
def test_every_exercise_is_there_with_its_signature(name):
    functions = load_chapter(name).functions
    got = {exercise: f"{exercise}{inspect.signature(function)}" for exercise, function in functions.items()}
    assert sorted(got.values()) == sorted(SIGNATURES[name])


@pairs
def test_a_code_cell_fits_on_a_screen(name, language):
    long = [cell.id for cell in released(name, language).cells if len(cell.source.splitlines()) > 25
            and cell.cell_type == "code"]
    assert long == []


def test_figures_travel_inside_the_notebook_with_alternative_text():
    for name in chapter_names():
        for language in LANGUAGES:
            notebook = released(name, language)
            text = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
            assert text.count('src="attachment:') >= 3
            assert 'alt=""' not in text
            assert "](figure:" not in text
            for cell in notebook.cells:
                for attachment in cell.get("attachments", {}):
                    assert f'src="attachment:{attachment}" alt="' in cell.source


def test_the_gates_count_the_bank():
    chapter = load_chapter("02_mlp")
    assert sum(map(len, chapter.bank.mistakes.values())) >= 80
    assert list(gates.pieces(chapter)) == []
