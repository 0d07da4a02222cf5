"""The chapter `room` that the attacks are made on: seven small exercises, tested in every way that a course tests."""

from __future__ import annotations

import copy

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

CHAPTER = "room"
POINTS = {"add": 1, "scale": 2, "slope": 4, "facts": 8, "parity": 5, "mse": 6, "slips": 3}

SETUP = """import numpy as np
from dlbasic import chapter, check

chapter("02_mlp")"""

RIGHT = {
    "add": '''def add(a, b):
    """The sum of two numbers."""
    return a + b''',
    "scale": '''def scale(x, factor):
    """The array times a number."""
    return x * factor''',
    "slope": '''def slope(f, x):
    """The derivative of f at x by central differences."""
    return (f(x + 1e-5) - f(x - 1e-5)) / 2e-5''',
    "facts": '''def facts():
    """The years of four ideas."""
    return {"ResNet": 2015, "Adam": 2014, "GAN": 2014, "BERT": 2018}''',
    "parity": '''def parity(n):
    """0 for an even number, 1 for an odd one."""
    return n % 2''',
    "mse": '''def mse(y, y_hat):
    """The mean squared error."""
    return float(np.mean((np.asarray(y) - np.asarray(y_hat)) ** 2))''',
    "slips": '''def slips():
    """The false ones of chapter 2's eight claims."""
    return {"1", "3", "4", "6", "8"}''',
}

# `key` is put together only when the test runs: whoever shows it whole has looked into a running test or its source.
TESTS = {
    "add": """assert add(1, 1) == 2, "1 + 1"
### BEGIN HIDDEN TESTS
key = "".join(["planted-hidden-", "{hidden}"])
want = 42
assert add(20, 22) == want, "larger numbers"
assert isinstance(add(2, 3), int), "a whole number"
assert abs(add(-5, 3) + 2) < 1e-9, "negative numbers"
### END HIDDEN TESTS""",
    "scale": """np.testing.assert_allclose(scale(np.arange(6.0).reshape(2, 3), 3), [[0, 3, 6], [9, 12, 15]])
### BEGIN HIDDEN TESTS
y = np.linspace(-1, 1, 8)
before = y.copy()
np.testing.assert_allclose(scale(y, 2.5), 2.5 * y)
np.testing.assert_array_equal(y, before)
### END HIDDEN TESTS""",
    "slope": """np.testing.assert_allclose(slope(lambda t: t * t, 3.0), 6.0, rtol=1e-4)
### BEGIN HIDDEN TESTS
desired = np.cos(0.5)
np.testing.assert_allclose(slope(lambda t: np.sin(t), 0.5), desired, rtol=1e-4)
assert np.allclose(slope(lambda t: t**3, 2.0), 12.0)
### END HIDDEN TESTS""",
    # The last value is the points: nbgrader's partial credit.
    "facts": """said = facts()
assert isinstance(said, dict), "a dict of years"
### BEGIN HIDDEN TESTS
truth = {{"ResNet": 2015, "Adam": 2014, "GAN": 2014, "BERT": 2018}}
points = 8 * sum(said.get(name) == year for name, year in truth.items()) / len(truth)
points
### END HIDDEN TESTS""",
    "parity": """assert parity(2) == 0
### BEGIN HIDDEN TESTS
assert all(map(lambda n: parity(n) == n % 2, range(3, 9)))
### END HIDDEN TESTS""",
    "mse": """check(mse)
### BEGIN HIDDEN TESTS
from grader.hidden import verify
verify(mse, "02_mlp")
### END HIDDEN TESTS""",
    "slips": """check(slips)
### BEGIN HIDDEN TESTS
from grader.hidden import verify
verify(slips, "02_mlp")
### END HIDDEN TESTS""",
}


def source(hidden: str = "0" * 16, remark: str = "") -> nbformat.NotebookNode:
    """The source notebook. hidden : the hidden key's digits; remark : a comment in a solution that nobody may see"""
    cells = [new_markdown_cell("# A room\n\nSeven exercises.", id="prose"), _labelled(SETUP, "setup", locked=True)]
    for name, answer in RIGHT.items():
        head, doc, *body = answer.split("\n")
        kept = "\n".join([head, doc, "    ### BEGIN SOLUTION", f"    # {remark}", *body, "    ### END SOLUTION"])
        cells.append(_labelled(kept, name, solution=True))
        test = TESTS[name].format(hidden=hidden)
        cells.append(_labelled(test, f"test_{name}", grade=True, locked=True, points=POINTS[name]))
    notebook = new_notebook(cells=cells)
    notebook.metadata = nbformat.from_dict(
        {
            "dlbasic": {"language": "en"},
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        }
    )
    return notebook


def _labelled(text: str, grade_id: str, **kinds) -> nbformat.NotebookNode:
    kinds = {"grade": False, "solution": False, "locked": False, "task": False, **kinds}
    return new_code_cell(
        text, id=grade_id, metadata={"nbgrader": {"grade_id": grade_id, "schema_version": 3, **kinds}}
    )


def cell(notebook, grade_id: str):
    """The first cell with this grade id."""
    return notebook.cells[index(notebook, grade_id)]


def index(notebook, grade_id: str) -> int:
    return next(i for i, c in enumerate(notebook.cells) if c.metadata.get("nbgrader", {}).get("grade_id") == grade_id)


def answered(released, answers: dict[str, str]):
    """A submission: the released notebook with these answers; exercises that are not named keep their stubs."""
    notebook = copy.deepcopy(released)
    for name, text in answers.items():
        cell(notebook, name).source = text
    return notebook
