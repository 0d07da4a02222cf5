"""Small notebooks run behind the wall: `run_cells("x = 1", T("assert x == 1"))`."""

from __future__ import annotations

import tempfile

import nbformat
from nbformat.v4 import new_code_cell, new_notebook
from traitlets.config import Config

from grader.wall.execute import ExecuteBehindWall

FAST = {"timeout": 3.0, "budget": 60.0}


class T(str):
    """The source of a test cell."""


class Locked(str):
    """The source of a read-only cell."""


def labelled(number: int, source: str) -> nbformat.NotebookNode:
    cell = new_code_cell(str(source))
    if isinstance(source, (T, Locked)):
        label = {"grade": isinstance(source, T), "locked": True, "solution": False, "task": False, "points": 1}
        cell.metadata["nbgrader"] = {"grade_id": f"cell-{number}", "schema_version": 3, **label}
    return cell


class Ran:
    """What came of each cell."""

    def __init__(self, notebook: nbformat.NotebookNode, told: list) -> None:
        self.cells, self.incidents = notebook.cells, told

    def passed(self, number: int) -> bool:
        return not any(output.output_type == "error" for output in self.cells[number].outputs)

    def error(self, number: int) -> str:
        """`Name: message` of the error that the cell shows; empty when there is none."""
        errors = [output for output in self.cells[number].outputs if output.output_type == "error"]
        return f"{errors[-1].ename}: {errors[-1].evalue}" if errors else ""

    def traceback(self, number: int) -> str:
        return "\n".join(line for o in self.cells[number].outputs if o.output_type == "error" for line in o.traceback)

    def text(self, number: int) -> str:
        return "".join(
            output.get("text") or output.get("data", {}).get("text/plain", "") for output in self.cells[number].outputs
        )


def run_cells(*sources: str, source: list[str] | None = None, **settings) -> Ran:
    """Run a notebook of these cells. `source`: the cells of the instructor's own notebook, where there is one."""
    config = Config({"ExecuteBehindWall": {**FAST, **settings}})
    told = []

    class Told(ExecuteBehindWall):
        def tell(self, nb, incident):
            told.append((incident.cell, incident.why))

    config.Told = config.ExecuteBehindWall
    notebook = new_notebook(cells=[labelled(number, text) for number, text in enumerate(sources)])
    with tempfile.TemporaryDirectory() as place:
        resources = {"metadata": {"path": place}}
        if source is not None:
            config.CourseDirectory.root = place
            resources["nbgrader"] = {"assignment": "a", "notebook": "n"}
            _write_source(place, source)
        notebook, _ = Told(config=config).preprocess(notebook, resources)
    return Ran(notebook, told)


def _write_source(place: str, cells: list[str]) -> None:
    from pathlib import Path

    folder = Path(place, "source", "a")
    folder.mkdir(parents=True)
    made = []
    for text in cells:
        shown = text.startswith("# show")
        made.append(new_code_cell(text, metadata={"tags": ["show-only"]} if shown else {}))
    nbformat.write(new_notebook(cells=made), folder / "n.ipynb")
