"""Cells copied, deleted, retyped, split, merged, moved; labels stripped, swapped, edited."""
# ruff: noqa: E501  (learners' code, which stands as it is handed in)

import copy

import toy
from nbformat.v4 import new_code_cell, new_markdown_cell

from corpus import FLAG, NOTHING, Broken, edited, right


def _copied(name, text=None, where=None):
    def change(notebook):
        twin = copy.deepcopy(toy.cell(notebook, name))
        twin.source = twin.source if text is None else text
        notebook.cells.insert(toy.index(notebook, name) + 1 if where is None else where, twin)

    return edited(change)


def _without(*names):
    def change(notebook):
        for name in names:
            del notebook.cells[toy.index(notebook, name)]

    return edited(change)


def _retyped(name, kind):
    def change(notebook):
        cell = toy.cell(notebook, name)
        cell.cell_type = kind
        for key in ("outputs", "execution_count"):
            cell.pop(key, None)

    return edited(change)


def _fenced(notebook):
    where = toy.index(notebook, "add")
    metadata = notebook.cells[where].metadata
    notebook.cells[where] = new_markdown_cell(f"```python\n{toy.RIGHT_ADD}\n```", metadata=metadata, id="add")


def _split(cuts, *, labels=True):
    def change(notebook):
        where = toy.index(notebook, "add")
        lines, whole = toy.RIGHT_ADD.split("\n"), notebook.cells[where]
        places = [0, *cuts, len(lines)]
        parts = []
        for number, (start, end) in enumerate(zip(places, places[1:], strict=False)):
            part = copy.deepcopy(whole) if labels or not number else new_code_cell()
            part.source, part.id = "\n".join(lines[start:end]), f"part-{number}"
            parts.append(part)
        notebook.cells[where : where + 1] = parts

    return edited(change)


def _merged(notebook):
    toy.cell(notebook, "add").source += "\n\n" + toy.RIGHT_MUL
    del notebook.cells[toy.index(notebook, "mul")]


def _all_in_one(notebook):
    text = "\n\n".join(cell.source for cell in notebook.cells if cell.cell_type == "code")
    notebook.cells = [new_code_cell(text, id="all")]


def _merged_with_test(notebook):
    toy.cell(notebook, "add").source += "\n\n" + toy.cell(notebook, "test_add").source
    del notebook.cells[toy.index(notebook, "test_add")]


def _moved(order):
    def change(notebook):
        notebook.cells = order(notebook.cells)

    return edited(change)


def _in_test(notebook):
    toy.cell(notebook, "test_add").source = toy.RIGHT_ADD + "\n" + toy.cell(notebook, "test_add").source
    toy.cell(notebook, "add").source = "def add(a, b):\n    # YOUR CODE HERE\n    raise NotImplementedError()"


def _new_cell(where, keep_stub=True):
    def make(released):
        notebook = toy.answered(released, add=None)
        at = {"above": toy.index(notebook, "add"), "below": toy.index(notebook, "add") + 1, "end": len(notebook.cells)}
        notebook.cells.insert(at[where], new_code_cell(toy.RIGHT_ADD, id="mine"))
        if not keep_stub:
            del notebook.cells[toy.index(notebook, "add")]
        return notebook

    return make


def _two_cells(notebook):
    toy.cell(notebook, "add").source = "def add(a, b):\n    return helper(a, b)"
    notebook.cells.insert(toy.index(notebook, "add"), new_code_cell("def helper(a, b):\n    return a + b", id="h"))


def _labels(change):
    def each(notebook):
        for number, cell in enumerate(notebook.cells):
            change(cell, number)

    return edited(each)


def _swapped(notebook):
    add, mul = toy.cell(notebook, "add"), toy.cell(notebook, "mul")
    add.metadata, mul.metadata = mul.metadata, add.metadata


def _test(text):
    return edited(lambda notebook: toy.cell(notebook, "test_add").update(source=text))


def _cleared(notebook):
    for cell in notebook.cells:
        cell.source = ""


def _setup(text):
    return edited(lambda notebook: notebook.cells[1].update(source=text))


CORPUS = [
    Broken("untouched-stubs", lambda released: released, NOTHING, "nothing was done, and nothing is wrong"),
    Broken("copied-solution", _copied("add")),
    Broken("copied-solution-differs", _copied("add", toy.WRONG_ADD, where=1), why="the last answer counts"),
    Broken("copied-stub-below-answer", lambda released: _stub_below(released)),
    Broken("copied-test", _copied("test_add")),
    Broken("copied-everything", _moved(lambda cells: cells + copy.deepcopy(cells))),
    Broken("deleted-solution", _without("add"), {"add": "flag:solution_deleted", "mul": 2}),
    Broken("deleted-test", _without("test_mul")),
    Broken("deleted-all-tests", _without("test_add", "test_mul")),
    Broken("deleted-imports", _moved(lambda cells: [cells[0], *cells[2:]])),
    Broken("deleted-prose", _moved(lambda cells: [cell for cell in cells if cell.cell_type == "code"])),
    Broken("deleted-exercise", _without("add", "test_add"), {"add": "flag:solution_deleted", "mul": 2}),
    Broken("emptied-cells", edited(_cleared), {"add": (0, FLAG), "mul": (0, FLAG)}, "there is nothing to grade"),
    Broken("solution-as-markdown", _retyped("add", "markdown")),
    Broken("solution-as-raw", _retyped("add", "raw")),
    Broken("solution-in-code-fence", edited(_fenced), {"add": (1, FLAG), "mul": 2}, "the answer is there to be read"),
    Broken("test-as-markdown", _retyped("test_mul", "markdown")),
    Broken("test-as-raw", _retyped("test_add", "raw")),
    Broken("imports-as-markdown", edited(lambda notebook: _as_markdown(notebook.cells, 1))),
    Broken("split-in-two", _split([2])),
    Broken("split-in-three", _split([1, 3])),
    Broken("split-second-half-unlabelled", _split([2], labels=False)),
    Broken("merged-solutions", edited(_merged)),
    Broken("merged-with-test", edited(_merged_with_test)),
    Broken("everything-in-one-cell", edited(_all_in_one), {"add": (1, FLAG), "mul": (2, FLAG)}),
    Broken("reversed", _moved(lambda cells: cells[::-1])),
    Broken("tests-above-solutions", _moved(lambda cells: [cells[i] for i in (0, 1, 3, 6, 2, 4, 5)])),
    Broken("exercises-swapped", _moved(lambda cells: [cells[i] for i in (0, 1, 5, 6, 4, 2, 3)])),
    Broken("imports-last", _moved(lambda cells: [cells[0], *cells[2:], cells[1]])),
    Broken("answer-in-test-cell", edited(_in_test)),
    Broken("answer-above-stub", _new_cell("above")),
    Broken("answer-below-stub", _new_cell("below")),
    Broken("answer-at-end", _new_cell("end")),
    Broken("answer-in-new-cell-instead", _new_cell("below", keep_stub=False)),
    Broken("answer-in-two-cells", edited(_two_cells)),
    Broken("labels-stripped", _labels(lambda cell, n: cell.metadata.pop("nbgrader", None))),
    Broken("metadata-stripped", _labels(lambda cell, n: cell.update(metadata={}))),
    Broken("metadata-missing", _labels(lambda cell, n: cell.pop("metadata"))),
    Broken("metadata-null", _labels(lambda cell, n: cell.update(metadata=None))),
    Broken("labels-of-an-old-schema", _labels(lambda cell, n: cell.metadata.get("nbgrader", {}).update(schema_version=1))),
    Broken("labels-emptied", _labels(lambda cell, n: cell.metadata.update(nbgrader={}))),
    Broken("labels-as-text", _labels(lambda cell, n: cell.metadata.update(nbgrader="add"))),
    Broken("labels-swapped", edited(_swapped)),
    Broken("label-of-another-release", edited(lambda n: n.cells.append(_of_another_release()))),
    Broken("ids-missing", _labels(lambda cell, n: cell.pop("id", None))),
    Broken("ids-the-same", _labels(lambda cell, n: cell.update(id="cell"))),
    Broken("ids-that-are-none", _labels(lambda cell, n: cell.update(id=[None, 7, "a b", "x" * 200][n % 4]))),
    Broken("test-edited", _test("assert add(1, 1) == 2\nprint('mine')")),
    Broken("test-emptied", _test("")),
    Broken("test-commented-out", _test("# assert add(1, 1) == 2")),
    Broken("test-edited-answer-wrong", lambda released: _easier(released), {"add": 0, "mul": 2}),
    Broken("imports-replaced", _setup("import numpy as np")),
    Broken("imports-broken", _setup("from builtins import prnt as shout")),
    Broken("imports-star", _setup("from builtins import *\nshout = print")),
    Broken("kinds-unknown", _labels(lambda cell, n: cell.update(cell_type="heading") if n == 0 else None)),
    Broken("sources-as-lists", _labels(lambda cell, n: cell.update(source=cell.source.splitlines(keepends=True)))),
    Broken("outputs-that-are-none", _labels(lambda cell, n: cell.update(outputs=[None, 3, {"output_type": "odd"}]))),
    Broken("cells-that-are-none", edited(lambda notebook: {**notebook, "cells": [None, 7, *notebook.cells, "text", []]})),
]  # fmt: skip


def _as_markdown(cells, number):
    cells[number] = new_markdown_cell(cells[number].source, id=cells[number].id)


def _stub_below(released):
    notebook = right(released)
    notebook.cells.insert(toy.index(notebook, "add") + 1, copy.deepcopy(toy.cell(released, "add")))
    return notebook


def _easier(released):
    notebook = toy.answered(released, add=toy.WRONG_ADD)
    toy.cell(notebook, "test_add").source = "assert add(1, 1) == 2"
    return notebook


def _of_another_release():
    cell = new_code_cell("def sub(a, b):\n    return a - b", id="sub")
    cell.metadata = toy.label("sub", solution=True)
    return cell

