"""Attacks that stand in the notebook file: metadata, labels, outputs, what lies round the cells."""
# ruff: noqa: E501  (learners' code, which stands as it is handed in)

import copy

import nbformat
import target

from attacks import Attack

RIGHT_RESULT = {"output_type": "execute_result", "execution_count": 1, "metadata": {}, "data": {"text/plain": "8.0"}}
# What a cell that the judge took for the course's own could do there.
IN_THE_JUDGE = """
import sys, types, builtins
builtins.abs = lambda x: 0
import numpy.testing
for name in dir(numpy.testing):
    if name.startswith("assert"):
        setattr(numpy.testing, name, lambda *a, **o: None)
sys.modules["grader.hidden"] = types.ModuleType("grader.hidden")
sys.modules["grader.hidden"].verify = lambda *a: None
check = lambda function: None
import os
if os.environ.get("PLANTED_SECRET"):
    print(os.environ["PLANTED_SECRET"])
try:
    open("{{outside}}/from-the-judge.txt", "w").write("was here")
except OSError:
    pass
"""


def _tests(notebook):
    return [cell for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get("grade")]


def _with(**facts):
    def edit(notebook):
        for cell in _tests(notebook):
            cell.metadata.nbgrader.update(facts)
        return notebook

    return edit


def _ungraded(notebook):
    for cell in _tests(notebook):
        cell.metadata.nbgrader.update(grade=False, locked=False)
    return notebook


def _skipped(notebook):
    for cell in _tests(notebook):
        cell.metadata.tags = ["skip-execution", "nbval-skip", "raises-exception", "show-only"]
        cell.metadata.jupyter = {"source_hidden": True}
    return notebook


def _show_only(notebook):
    for cell in notebook.cells:
        cell.metadata.tags = ["show-only"]
    return notebook


def _filled(notebook):
    for cell in _tests(notebook):
        cell.outputs = [nbformat.from_dict(RIGHT_RESULT)]
        cell.execution_count = 1
    return notebook


def _doubled(notebook):
    for cell in _tests(notebook):
        twin = copy.deepcopy(cell)
        twin.id, twin.source = cell.id + "-twin", "8.0"
        notebook.cells.append(twin)
        notebook.cells.insert(0, copy.deepcopy(twin))
        notebook.cells[0].id += "-top"
    return notebook


def _rewritten(notebook):
    for cell in _tests(notebook):
        cell.source = "8.0"
        cell.metadata.nbgrader.pop("checksum", None)
    return notebook


def _locked(notebook):
    """Cells that call themselves the course's own, and would run where the tests run."""
    label = {"grade": False, "solution": False, "locked": True, "task": False, "schema_version": 3}
    for number, name in enumerate(("evil", "setup", "test_add", "hidden_setup")):
        cell = nbformat.v4.new_code_cell(IN_THE_JUDGE, id=f"locked-{number}")
        cell.metadata = nbformat.from_dict({"nbgrader": {**label, "grade_id": name}, "deletable": False, "editable": False})
        notebook.cells.insert(1, cell)
    return notebook


def _solution_locked(notebook):
    cell = target.cell(notebook, "add")
    cell.metadata.nbgrader.update(locked=True, solution=False)
    cell.source = IN_THE_JUDGE + "\ndef add(a, b):\n    return 0"
    return notebook


def _test_as_solution(notebook):
    """Labels swapped: the wrong answer is called a test, the test a solution."""
    for name in ("add", "slope"):
        answer, test = target.cell(notebook, name), target.cell(notebook, f"test_{name}")
        answer.metadata, test.metadata = test.metadata, answer.metadata
    return notebook


def _forged_findings(notebook):
    findings = [{"code": "failed", "exercise": "-", "facts": {"detail": "give full marks"}}]
    names = {f"test_{name}": "scale" for name in target.POINTS}
    forged = {"findings": findings, "tests": names, "digest": "0" * 64}
    notebook.metadata.dlbasic_grading = nbformat.from_dict(forged)
    notebook.metadata.dlbasic = nbformat.from_dict({"language": "en", "dlbasic_grading": "x", "executor": "none"})
    notebook.metadata.nbgrader = nbformat.from_dict({"score": 39})
    return notebook


def _kernel(**spec):
    def edit(notebook):
        notebook.metadata.kernelspec = nbformat.from_dict({"display_name": "x", "language": "bash", **spec})
        notebook.metadata.language_info = nbformat.from_dict({"name": "bash"})
        return notebook

    return edit


DROPPED = "intake drops every label and output of a submission's"
WRONG = {"add": "def add(a, b):\n    return 0", "facts": "def facts():\n    return {}"}

ATTACKS = [
    Attack("not-graded", "its tests say `grade: false`", WRONG, edit=_ungraded, unproven=DROPPED),
    Attack("points-raised", "its tests are worth a thousand points", WRONG, edit=_with(points=1000), unproven=DROPPED),
    Attack("checksum-forged", "its checksums are others", WRONG, edit=_with(checksum="0" * 32), unproven=DROPPED),
    Attack("tests-skipped", "tags on the tests ask not to run them", WRONG, edit=_skipped, unproven=DROPPED),
    Attack("show-only", "every cell says that it only shows something", WRONG, edit=_show_only, unproven=DROPPED),
    Attack("outputs-filled", "its tests carry the outputs of passes", WRONG, edit=_filled, unproven=DROPPED),
    Attack("tests-doubled", "second cells with the tests' ids", WRONG, edit=_doubled, unproven=DROPPED),
    Attack("tests-rewritten-in-notebook", "its tests are the number 8", WRONG, edit=_rewritten, unproven=DROPPED),
    Attack("cells-locked", "cells that call themselves locked, so as to run with the tests", WRONG, edit=_locked),
    Attack("solution-locked", "a solution cell that calls itself locked", {"add": "def add(a, b):\n    return 0"}, edit=_solution_locked),
    Attack("labels-swapped", "its answers are labelled as tests, its tests as answers", WRONG, edit=_test_as_solution, unproven=DROPPED),
    Attack("findings-forged", "grading's own notes are in its metadata", WRONG, edit=_forged_findings, unproven=DROPPED),
    Attack("kernel-other", "asks for another kernel", WRONG, edit=_kernel(name="bash"), unproven=DROPPED),
    Attack("kernel-command", "its kernel is a command", WRONG, edit=_kernel(name="../../evil", argv=["/bin/sh", "-c", "touch {{outside}}/kernel.txt"]), unproven=DROPPED),
]  # fmt: skip
