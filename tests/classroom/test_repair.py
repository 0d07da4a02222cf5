"""Damaged submissions get the scores that their answers earn; every labelled cell is there once, in its place."""

from __future__ import annotations

import copy

import nbformat
import pytest
import toy
from nbformat.v4 import new_code_cell, new_markdown_cell
from nbgrader.nbgraderformat import MetadataValidator

from grader.classroom import findings as found
from grader.classroom.reading import read_notebook
from grader.classroom.repair import repair
from grader.classroom.skeleton import GradedCell, Skeleton

FULL = {"test_add": 1.0, "test_mul": 2.0}


def take_in(notebook, skeleton):
    """Read and repair; checks what must hold of every repaired notebook."""
    read = read_notebook(toy.raw(notebook))
    mended, findings = repair(read.notebook, skeleton)
    nbformat.validate(mended)
    MetadataValidator().validate_nb(mended)
    ids = [c.metadata.nbgrader.grade_id for c in mended.cells if "nbgrader" in c.metadata]
    assert sorted(ids) == sorted(cell.grade_id for cell in skeleton.cells)
    assert toy.index(mended, "add") < toy.index(mended, "test_add")
    assert toy.index(mended, "mul") < toy.index(mended, "test_mul")
    for name in ("test_add", "test_mul"):
        assert toy.cell(mended, name).source == skeleton[name].source
        assert "tags" not in toy.cell(mended, name).metadata
    return mended, findings


def codes(findings, exercise=None):
    return [f.code for f in findings if exercise in (None, f.exercise)]


def copied(cell, source=None):
    made = copy.deepcopy(cell)
    if source is not None:
        made.source = source
    return made


def test_an_undamaged_submission_is_left_as_it_is(released, skeleton):
    whole = toy.answered(released)
    mended, findings = take_in(whole, skeleton)
    assert findings == []
    assert [c.source for c in mended.cells if c.metadata.get("nbgrader", {}).get("grade") is not True] == [
        c.source for c in whole.cells if c.metadata.get("nbgrader", {}).get("grade") is not True
    ]
    assert toy.scores(mended) == FULL


def test_untouched_stubs_earn_nothing_and_are_no_damage(released, skeleton):
    mended, findings = take_in(released, skeleton)
    assert findings == [] and toy.scores(mended) == {"test_add": 0.0, "test_mul": 0.0}


def test_repairing_twice_changes_nothing_more(released, skeleton):
    damaged = toy.answered(released)
    damaged.cells.insert(0, copied(toy.cell(damaged, "mul")))
    del damaged.cells[toy.index(damaged, "test_add")]
    once, _ = take_in(damaged, skeleton)
    twice, findings = take_in(once, skeleton)
    assert findings == [] and twice.cells == once.cells


def test_identical_copies_of_a_solution_count_once(released, skeleton):
    damaged = toy.answered(released)
    damaged.cells.insert(2, copied(toy.cell(damaged, "add")))
    mended, findings = take_in(damaged, skeleton)
    assert toy.scores(mended) == FULL and codes(findings) == ["copies"]


def test_of_differing_copies_the_last_answer_counts_and_the_others_stay_as_code(released, skeleton):
    damaged = toy.answered(released, add=toy.WRONG_ADD)
    at = toy.index(damaged, "test_mul") + 1
    damaged.cells.insert(at, copied(toy.cell(damaged, "add"), toy.RIGHT_ADD))
    mended, findings = take_in(damaged, skeleton)
    assert toy.scores(mended) == FULL and codes(findings) == ["copies_differ", "test_moved"]
    kept = [c for c in mended.cells if c.source == toy.WRONG_ADD]
    assert len(kept) == 1 and "nbgrader" not in kept[0].metadata and kept[0].cell_type == "code"


def test_an_untouched_copy_below_the_answer_does_not_undo_it(released, skeleton):
    damaged = toy.answered(released)
    damaged.cells.insert(toy.index(damaged, "add") + 1, copied(toy.cell(released, "add")))
    mended, _ = take_in(damaged, skeleton)
    assert toy.scores(mended) == FULL


def test_a_copy_that_is_no_python_does_not_count(released, skeleton):
    damaged = toy.answered(released)
    damaged.cells.insert(toy.index(damaged, "add") + 1, copied(toy.cell(damaged, "add"), "def add(a, b:\n  return"))
    mended, _ = take_in(damaged, skeleton)
    assert toy.scores(mended) == FULL


def test_copied_test_cells_stay_as_ordinary_code(released, skeleton):
    damaged = toy.answered(released)
    damaged.cells.append(copied(toy.cell(damaged, "test_add")))
    mended, _ = take_in(damaged, skeleton)
    assert toy.scores(mended) == FULL


def test_deleted_test_cells_come_back_below_their_solutions(released, skeleton):
    damaged = toy.answered(released)
    damaged.cells = [c for c in damaged.cells if not c.metadata.get("nbgrader", {}).get("grade")]
    mended, findings = take_in(damaged, skeleton)
    assert toy.scores(mended) == FULL and codes(findings) == ["test_back", "test_back"]
    assert toy.index(mended, "test_add") == toy.index(mended, "add") + 1


def test_an_edited_test_cell_is_restored(released, skeleton):
    damaged = toy.answered(released, add=toy.WRONG_ADD)
    toy.cell(damaged, "test_add").source = "assert True"
    mended, findings = take_in(damaged, skeleton)
    assert toy.scores(mended) == {"test_add": 0.0, "test_mul": 2.0} and codes(findings) == ["test_restored"]


def test_white_space_in_a_test_cell_is_no_edit(released, skeleton):
    damaged = toy.answered(released)
    toy.cell(damaged, "test_add").source += "\n\n"
    assert take_in(damaged, skeleton)[1] == []


@pytest.mark.parametrize("kind", ["markdown", "raw"])
@pytest.mark.parametrize("name", ["add", "test_add"])
def test_a_retyped_cell_is_code_again(released, skeleton, kind, name):
    damaged = toy.answered(released)
    cell = toy.cell(damaged, name)
    cell.cell_type = kind
    for key in ("outputs", "execution_count"):
        cell.pop(key)
    mended, findings = take_in(damaged, skeleton)
    assert toy.scores(mended) == FULL and len(findings) == 1
    assert toy.cell(mended, name).cell_type == "code"


def test_a_deleted_solution_is_flagged_and_the_stub_put_back(released, skeleton):
    damaged = toy.answered(released)
    del damaged.cells[toy.index(damaged, "add")]
    mended, findings = take_in(damaged, skeleton)
    assert toy.scores(mended) == {"test_add": 0.0, "test_mul": 2.0}
    assert codes(found.flags(findings), "add") == ["solution_deleted"]
    assert toy.cell(mended, "add").source == skeleton["add"].source


def test_a_solution_rewritten_in_a_new_cell_is_found_by_its_function(released, skeleton):
    damaged = toy.answered(released)
    where = toy.index(damaged, "add")
    damaged.cells[where] = new_code_cell("# mine\n" + toy.RIGHT_ADD)
    mended, findings = take_in(damaged, skeleton)
    assert toy.scores(mended) == FULL and codes(findings) == ["elsewhere"]


@pytest.mark.parametrize("where", ["above", "below the test"])
def test_an_answer_beside_an_untouched_stub_counts(released, skeleton, where):
    damaged = toy.answered(released, add=None)
    at = toy.index(damaged, "add") if where == "above" else toy.index(damaged, "test_add") + 1
    damaged.cells.insert(at, new_code_cell(toy.RIGHT_ADD))
    mended, findings = take_in(damaged, skeleton)
    assert toy.scores(mended) == FULL and found.flags(findings) == []


@pytest.mark.parametrize("cut", [1, 2, 3])
@pytest.mark.parametrize("labels", ["both", "first"])
@pytest.mark.parametrize("between", [False, True])
def test_a_split_solution_is_joined(released, skeleton, cut, labels, between):
    damaged = toy.answered(released)
    where = toy.index(damaged, "add")
    lines = toy.RIGHT_ADD.split("\n")
    first, second = copied(damaged.cells[where], "\n".join(lines[:cut])), new_code_cell("\n".join(lines[cut:]))
    if labels == "both":
        second.metadata = copy.deepcopy(first.metadata)
    damaged.cells[where : where + 1] = [first, *([new_code_cell("")] if between else []), second]
    mended, findings = take_in(damaged, skeleton)
    assert toy.scores(mended) == FULL and codes(findings) == ["joined"]
    assert toy.cell(mended, "add").source == toy.RIGHT_ADD


def test_a_solution_split_in_three_is_joined(released, skeleton):
    damaged = toy.answered(released)
    where = toy.index(damaged, "add")
    lines = toy.RIGHT_ADD.split("\n")
    parts = ["\n".join(lines[:2]), lines[2], lines[3]]
    damaged.cells[where : where + 1] = [copied(damaged.cells[where], part) for part in parts]
    mended, _ = take_in(damaged, skeleton)
    assert toy.scores(mended) == FULL and toy.cell(mended, "add").source == toy.RIGHT_ADD


def test_a_solution_split_before_its_function_needs_no_joining(released, skeleton):
    damaged = toy.answered(released)
    where = toy.index(damaged, "add")
    whole = damaged.cells[where]
    damaged.cells[where : where + 1] = [copied(whole, "import math"), copied(whole, toy.RIGHT_ADD)]
    mended, _ = take_in(damaged, skeleton)
    assert toy.scores(mended) == FULL and toy.cell(mended, "add").source == toy.RIGHT_ADD


def test_scratch_cells_are_not_swallowed(released, skeleton):
    damaged = toy.answered(released, add="def add(a, b):\n    return a +")
    damaged.cells.insert(toy.index(damaged, "add") + 1, new_code_cell("add(1, 2)"))
    mended, findings = take_in(damaged, skeleton)
    assert findings == [] and toy.scores(mended) == {"test_add": 0.0, "test_mul": 2.0}


@pytest.mark.parametrize("order", ["add first", "mul first"])
@pytest.mark.parametrize("label", ["add", "mul", None])
def test_merged_solutions_are_taken_apart(released, skeleton, order, label):
    damaged = toy.answered(released)
    both = [toy.RIGHT_ADD, toy.RIGHT_MUL]
    merged = "\n\n".join(both if order == "add first" else both[::-1])
    where = toy.index(damaged, "add")
    metadata = copy.deepcopy(toy.cell(damaged, label).metadata) if label else {}
    damaged.cells[where] = new_code_cell(merged, metadata=metadata)
    del damaged.cells[toy.index(damaged, "mul") if label != "mul" else toy.index(damaged, "test_mul") - 1]
    mended, findings = take_in(damaged, skeleton)
    assert toy.scores(mended) == FULL and found.flags(findings) == []


def test_an_error_in_one_of_two_merged_exercises_does_not_cost_the_other(released, skeleton):
    damaged = toy.answered(released)
    merged = toy.WRONG_ADD + "\n" + toy.cell(released, "test_add").source + "\nassert False\n" + toy.RIGHT_MUL
    for name in ("test_add", "mul"):
        del damaged.cells[toy.index(damaged, name)]
    toy.cell(damaged, "add").source = merged
    mended, _ = take_in(damaged, skeleton)
    assert toy.scores(mended) == {"test_add": 0.0, "test_mul": 2.0}


def test_an_answer_typed_into_the_test_cell_counts(released, skeleton):
    damaged = toy.answered(released, add=None)
    test = toy.cell(damaged, "test_add")
    test.source = toy.RIGHT_ADD + "\n" + test.source
    mended, findings = take_in(damaged, skeleton)
    assert toy.scores(mended) == FULL and "rescued" in codes(findings, "add")


def test_a_test_cell_merged_with_the_next_solution_costs_neither(released, skeleton):
    damaged = toy.answered(released, add=toy.WRONG_ADD)
    test = toy.cell(damaged, "test_add")
    test.source += "\nassert False\n" + toy.RIGHT_MUL
    del damaged.cells[toy.index(damaged, "mul")]
    mended, findings = take_in(damaged, skeleton)
    assert toy.scores(mended) == {"test_add": 0.0, "test_mul": 2.0} and found.flags(findings) == []


def test_a_test_moved_above_its_solution_is_moved_below(released, skeleton):
    damaged = toy.answered(released)
    test = damaged.cells.pop(toy.index(damaged, "test_add"))
    damaged.cells.insert(0, test)
    mended, findings = take_in(damaged, skeleton)
    assert toy.scores(mended) == FULL and codes(findings) == ["test_moved"]


def test_exercises_in_another_order_are_graded(released, skeleton):
    damaged = toy.answered(released)
    damaged.cells = damaged.cells[:2] + damaged.cells[:1:-1]
    mended, _ = take_in(damaged, skeleton)
    assert toy.scores(mended) == FULL


@pytest.mark.parametrize(
    "metadata",
    [
        {},
        {"nbgrader": {}},
        {"nbgrader": None},
        {"nbgrader": []},
        {"nbgrader": "add"},
        {"nbgrader": {"grade_id": 7}},
        {"nbgrader": {"grade_id": ""}},
        {"nbgrader": {"schema_version": 99}},
        None,
        [],
        "none",
    ],
    ids=str,
)
def test_lost_metadata_of_every_cell_costs_nothing(released, skeleton, metadata):
    damaged = toy.answered(released)
    for cell in damaged.cells:
        cell.metadata = copy.deepcopy(metadata)
    mended, findings = take_in(damaged, skeleton)
    assert toy.scores(mended) == FULL and found.flags(findings) == []


@pytest.mark.parametrize(
    "change",
    [
        {"points": 1000},
        {"points": -1},
        {"points": "many"},
        {"schema_version": 1},
        {"schema_version": 4},
        {"schema_version": "x"},
        {"locked": False, "solution": True},
        {"grade": False},
        {"checksum": "0" * 32},
        {"extra": {"deep": [1]}},
        {"grade_id": "mul"},
    ],
    ids=str,
)
@pytest.mark.parametrize("name", ["add", "test_add"])
def test_edited_metadata_changes_no_score(released, skeleton, name, change):
    damaged = toy.answered(released)
    toy.cell(damaged, name).metadata.nbgrader.update(change)
    mended, findings = take_in(damaged, skeleton)
    assert toy.scores(mended) == FULL and found.flags(findings) == []


def test_swapped_labels_are_told_by_the_functions(released, skeleton):
    damaged = toy.answered(released)
    add, mul = toy.cell(damaged, "add"), toy.cell(damaged, "mul")
    add.metadata, mul.metadata = mul.metadata, add.metadata
    mended, findings = take_in(damaged, skeleton)
    assert toy.scores(mended) == FULL and found.flags(findings) == []
    assert toy.cell(mended, "add").source == toy.RIGHT_ADD


def test_a_tag_that_skips_the_test_is_dropped(released, skeleton):
    damaged = toy.answered(released, add=toy.WRONG_ADD)
    for cell in damaged.cells:
        cell.metadata["tags"] = ["skip-execution"]
    mended, _ = take_in(damaged, skeleton)
    assert toy.scores(mended)["test_add"] == 0.0


def test_grading_notes_of_a_learners_own_are_dropped(released, skeleton):
    damaged = toy.answered(released)
    damaged.metadata[found.METADATA] = {"digest": "x", "findings": [{"code": "failed", "exercise": "-", "facts": {}}]}
    mended, _ = take_in(damaged, skeleton)
    assert found.read(mended.metadata) == []


def test_cells_of_another_release_are_kept_as_ordinary_cells(released, skeleton):
    damaged = toy.answered(released)
    damaged.cells.append(new_code_cell("x = 1", metadata=toy.label("power", solution=True)))
    mended, findings = take_in(damaged, skeleton)
    assert toy.scores(mended) == FULL and codes(findings) == ["unknown"]
    assert mended.cells[-1].source == "x = 1"


def test_prose_is_never_touched(released, skeleton):
    damaged = toy.answered(released)
    damaged.cells[0].source = "# 수와 식"
    damaged.cells.insert(1, new_markdown_cell("my notes: $a < b$"))
    mended, findings = take_in(damaged, skeleton)
    assert findings == []
    assert [c.source for c in mended.cells[:2]] == ["# 수와 식", "my notes: $a < b$"]


def test_a_deleted_import_cell_comes_back(released, skeleton):
    damaged = toy.answered(released)
    del damaged.cells[1]
    mended, findings = take_in(damaged, skeleton)
    assert toy.scores(mended) == FULL and codes(findings) == ["setup_back"]


def test_an_import_of_the_learners_own_in_its_place_is_enough(released, skeleton):
    damaged = toy.answered(released)
    damaged.cells[1].source = "shout = print"
    assert take_in(damaged, skeleton)[1] == []


def test_magics_do_not_hide_an_answer(released, skeleton):
    damaged = toy.answered(released, add=None)
    damaged.cells.insert(2, new_code_cell("%matplotlib inline\n!ls\n" + toy.RIGHT_ADD))
    _, findings = take_in(damaged, skeleton)
    assert codes(findings) == ["elsewhere"]


def test_a_notebook_without_cells_is_flagged_exercise_by_exercise(released, skeleton):
    mended, findings = take_in(nbformat.v4.new_notebook(), skeleton)
    assert codes(found.flags(findings)) == ["solution_deleted", "solution_deleted"]
    assert toy.scores(mended) == {"test_add": 0.0, "test_mul": 0.0}


def locked_setup(released, skeleton):
    """The toy chapter with its import cell locked, as chapters of the course have it."""
    setup = GradedCell("setup", "locked", "code", toy.SETUP)
    notebook = toy.answered(released)
    notebook.cells[1].metadata = nbformat.from_dict(setup.metadata())
    return notebook, Skeleton((setup, *skeleton.cells))


def test_a_locked_import_cell_comes_back_on_top(released, skeleton):
    damaged, locked = locked_setup(released, skeleton)
    del damaged.cells[1]
    mended, findings = take_in(damaged, locked)
    assert toy.scores(mended) == FULL and codes(findings) == ["setup_back"] and toy.index(mended, "setup") == 0


def test_a_locked_import_cell_moved_down_is_moved_up(released, skeleton):
    damaged, locked = locked_setup(released, skeleton)
    damaged.cells.append(damaged.cells.pop(1))
    mended, findings = take_in(damaged, locked)
    assert toy.scores(mended) == FULL and codes(findings) == ["setup_back"]


def test_imports_that_a_learner_adds_to_the_locked_cell_are_kept(released, skeleton):
    damaged, locked = locked_setup(released, skeleton)
    toy.cell(damaged, "setup").source += "\nimport operator"
    toy.cell(damaged, "add").source = "def add(a, b):\n    return operator.add(a, b)"
    mended, _ = take_in(damaged, locked)
    assert toy.scores(mended) == FULL and toy.cell(mended, "setup").source == toy.SETUP
