"""The step where cells are run: the wall's incidents become flags of the exercise that they cost."""

import nbformat
import pytest
import toy
from traitlets.config import Config

from grader.classroom import findings as found
from grader.classroom.execute import RunSubmission
from grader.errors import Problem
from grader.wall import sandbox

NOTHING_FLAGGED: list = []


def ran(notebook, tmp_path, **settings):
    notebook = nbformat.from_dict(notebook)
    found.write(notebook, [], tests={"test_add": "add", "test_mul": "mul"})
    step = RunSubmission(config=Config({"RunSubmission": {"timeout": 2.0, **settings}}))
    return step.preprocess(notebook, {"metadata": {"path": str(tmp_path)}})[0]


def flags(notebook):
    return [(flag.code, flag.exercise) for flag in found.flags(found.read(notebook.metadata))]


def test_a_right_submission_runs_without_a_flag(released, tmp_path):
    notebook = ran(toy.answered(released), tmp_path)
    assert flags(notebook) == NOTHING_FLAGGED
    assert not any(o.output_type == "error" for cell in notebook.cells for o in cell.get("outputs", ()))


def test_a_function_that_kills_the_process_flags_its_own_exercise(released, tmp_path):
    notebook = ran(toy.answered(released, mul=toy.DEADLY), tmp_path)
    assert flags(notebook) == [("kernel_died", "mul")]
    assert "died" in toy.cell(notebook, "test_mul").outputs[-1].evalue


def test_an_endless_function_flags_its_own_exercise(released, tmp_path):
    notebook = ran(toy.answered(released, mul=toy.ENDLESS), tmp_path)
    assert flags(notebook) == [("timeout", "mul")]
    assert "2 seconds" in toy.cell(notebook, "test_mul").outputs[-1].evalue


def test_tests_that_were_not_reached_are_flagged_each(released, tmp_path):
    notebook = toy.answered(released)
    notebook.cells.insert(2, nbformat.v4.new_code_cell("import time\ntime.sleep(60)"))
    notebook = ran(notebook, tmp_path, timeout=30.0, budget=2.0)
    assert {("over_budget", "add"), ("over_budget", "mul")} <= set(flags(notebook))


def test_the_language_of_the_notebook_is_that_of_both_sides(released, tmp_path):
    notebook = toy.in_korean(toy.answered(released))
    notebook.cells.append(nbformat.v4.new_code_cell("import os\nos.environ['DLBASIC_LANG']"))
    assert ran(notebook, tmp_path).cells[-1].outputs[0].data["text/plain"] == "'ko'"


def test_without_bubblewrap_grading_refuses_with_the_command_to_install_it(released, tmp_path, monkeypatch):
    monkeypatch.setattr(sandbox, "require", lambda: (_ for _ in ()).throw(sandbox.Unavailable("apt-get install bwrap")))
    with pytest.raises(Problem) as caught:
        ran(toy.answered(released), tmp_path, preload=["json"])  # other settings: no warm process is at hand
    assert "apt-get install bwrap" in caught.value.format_message()
    assert "--no-sandbox" in caught.value.format_message()
