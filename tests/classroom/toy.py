"""A tiny course of two exercises, `add` and `mul`, and what learners make of its notebook."""

from __future__ import annotations

import copy
import json

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

ADD = '''def add(a, b):
    """The sum of two numbers."""
    ### BEGIN SOLUTION
    total = a + b
    return total
    ### END SOLUTION'''

MUL = '''def mul(a, b):
    """The product of two numbers."""
    ### BEGIN SOLUTION
    return a * b
    ### END SOLUTION'''

TEST_ADD = """assert add(1, 1) == 2, "1 + 1"
### BEGIN HIDDEN TESTS
assert add(20, 22) == 42, "larger numbers"
### END HIDDEN TESTS"""

TEST_MUL = """shout("mul")
assert mul(1, 1) == 1, "1 * 1"
### BEGIN HIDDEN TESTS
assert mul(6, 7) == 42, "larger numbers"
### END HIDDEN TESTS"""

SETUP = "from builtins import print as shout"

RIGHT_ADD = '''def add(a, b):
    """The sum of two numbers."""
    total = a + b
    return total'''
WRONG_ADD = '''def add(a, b):
    """The sum of two numbers."""
    return 2'''
RIGHT_MUL = '''def mul(a, b):
    """The product of two numbers."""
    return a * b'''


def label(grade_id: str, **kinds) -> dict:
    kinds = {"grade": False, "solution": False, "locked": False, "task": False, **kinds}
    return {"nbgrader": {"grade_id": grade_id, "schema_version": 3, **kinds}}


def source(language: str = "en", test_mul: str = TEST_MUL) -> nbformat.NotebookNode:
    """The source notebook: solutions and hidden tests in it."""
    prose = {"en": "# Numbers\n\nWrite $a + b$ and $a b$.", "ko": "# 수\n\n$a + b$와 $a b$를 쓰세요."}[language]
    cells = [
        new_markdown_cell(prose, id="prose-0"),
        new_code_cell(SETUP, id="code-1"),
        new_code_cell(ADD, id="add", metadata=label("add", solution=True)),
        new_code_cell(TEST_ADD, id="test_add", metadata=label("test_add", grade=True, locked=True, points=1)),
        new_markdown_cell("## Products", id="prose-4"),
        new_code_cell(MUL, id="mul", metadata=label("mul", solution=True)),
        new_code_cell(test_mul, id="test_mul", metadata=label("test_mul", grade=True, locked=True, points=2)),
    ]
    notebook = new_notebook(cells=cells)
    notebook.metadata = nbformat.from_dict(
        {
            "dlbasic": {"language": language},
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        }
    )
    return notebook


def cell(notebook, grade_id: str):
    """The first cell with this grade id."""
    return next(c for c in notebook.cells if c.metadata.get("nbgrader", {}).get("grade_id") == grade_id)


def index(notebook, grade_id: str) -> int:
    return next(i for i, c in enumerate(notebook.cells) if c.metadata.get("nbgrader", {}).get("grade_id") == grade_id)


def labelled(notebook, grade_id: str) -> list:
    return [c for c in notebook.cells if c.metadata.get("nbgrader", {}).get("grade_id") == grade_id]


def answered(released, add: str | None = RIGHT_ADD, mul: str | None = RIGHT_MUL):
    """A submission: the released notebook with these answers; None leaves the stub."""
    notebook = copy.deepcopy(released)
    for name, text in (("add", add), ("mul", mul)):
        if text is not None:
            cell(notebook, name).source = text
    return notebook


def hand_in(course, student: str, content, name: str = "numbers.ipynb", chapter: str = "numbers"):
    """Put a submission into the class's `submitted`; `content` is a notebook, text or bytes."""
    folder = course / "submitted" / student / chapter
    folder.mkdir(parents=True, exist_ok=True)
    if isinstance(content, nbformat.NotebookNode):
        content = nbformat.writes(content)
    (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def scores(notebook) -> dict[str, float]:
    """What the test cells say when all cells are run in plain Python: an oracle without nbgrader."""
    space: dict = {}
    earned = {}
    for one in notebook.cells:
        if one.cell_type != "code":
            continue
        data = one.metadata.get("nbgrader", {})
        try:
            exec(compile(one.source, "cell", "exec"), space)
            passed = True
        except BaseException:
            passed = False
        if data.get("grade"):
            earned[data["grade_id"]] = data["points"] if passed else 0.0
    return earned


def raw(notebook) -> bytes:
    """The notebook's JSON as it is, faults included."""
    return json.dumps(notebook).encode()


LOUD = "import sys\ndef mul(a, b):\n    print('careful', file=sys.stderr)\n    return a * b"
DEADLY = "import os\ndef mul(a, b):\n    os._exit(1)"
ENDLESS = "def mul(a, b):\n    while True:\n        pass"


def copied_cell(released) -> bytes:
    notebook = answered(released)
    notebook.cells.insert(2, copy.deepcopy(cell(notebook, "add")))
    return raw(notebook)


def without(released, name: str):
    notebook = answered(released)
    del notebook.cells[index(notebook, name)]
    return notebook


def settings(root, text: str) -> None:
    """Add a line to the class's settings, as an instructor would."""
    with open(root / "nbgrader_config.py", "a", encoding="utf-8") as file:
        file.write(text)


def snapshot(folder) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def in_korean(notebook):
    notebook.metadata.dlbasic.language = "ko"
    return notebook


MARKUP = "<script>alert('x')</script><img src=x onerror=alert(1)>"


def with_scripts(notebook):
    """Markup wherever a learner can put it: prose, links, outputs, tracebacks, her answer."""
    show = "from IPython.display import HTML, SVG, Javascript, Markdown, display"
    notebook.cells += [
        new_markdown_cell(f"{MARKUP}\n\n[here](javascript:alert(1)) **bold** $a<b$", id="m1"),
        new_code_cell(f"{show}\ndisplay(HTML({MARKUP!r}), Javascript('alert(2)'), Markdown({MARKUP!r}))", id="c1"),
        new_code_cell(f"print({MARKUP!r})", id="c2"),
        new_code_cell(f"raise ValueError({MARKUP!r})", id="c3"),
    ]
    cell(notebook, "add").source += f"\n# {MARKUP}"
    return notebook


def peeking(notebook):
    """A cell at the end that prints the sources of all cells that have run, hidden tests included."""
    notebook.cells.append(new_code_cell("print('\\n'.join(In))\nIn", id="peek"))
    return notebook
