"""The graded cells that a chapter's notebook must have: what intake compares a submission with.

Taken from the gradebook, where nbgrader keeps every graded cell as it was released (stubs for solutions, whole tests);
their order, and the import cell that tests need, from the released notebook beside it.
"""

from __future__ import annotations

import ast
import hashlib
import json
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from grader.classroom import code

if TYPE_CHECKING:  # a worker takes a skeleton from its job, and needs no gradebook
    from nbgrader.api import Gradebook

BEGIN_HIDDEN, END_HIDDEN = "BEGIN HIDDEN TESTS", "END HIDDEN TESTS"


@dataclass(frozen=True)
class GradedCell:
    """One labelled cell.

    role : "solution" (a learner writes it), "test" (grades it), "answer" (graded by hand), "task" or "locked"
    points : 0.0 where nothing is graded
    """

    grade_id: str
    role: str
    cell_type: str
    source: str
    points: float = 0.0
    checksum: str | None = None

    @cached_property
    def names(self) -> frozenset[str]:
        """What a solution cell must define: the function named as the cell is, else whatever its stub defines."""
        if self.role != "solution":
            return frozenset()
        found = code.defined(self.source)
        return found if found and self.grade_id not in found else frozenset({self.grade_id})

    def metadata(self) -> dict:
        """The cell's metadata exactly as nbgrader's format 3 wants it."""
        graded = self.role in ("test", "answer")
        kept = {
            "schema_version": 3,
            "grade_id": self.grade_id,
            "grade": graded,
            "solution": self.role in ("solution", "answer"),
            "locked": self.role in ("test", "locked", "task"),
            "task": self.role == "task",
            "cell_type": self.cell_type,
        }
        if graded or self.role == "task":
            kept["points"] = self.points
        if self.checksum:
            kept["checksum"] = self.checksum
        return (
            {"nbgrader": kept}
            if self.role in ("solution", "answer")
            else {"nbgrader": kept, "deletable": False, "editable": False}
        )


@dataclass(frozen=True)
class Skeleton:
    """A chapter's labelled cells in order, and the unlabelled cells that its tests cannot do without."""

    cells: tuple[GradedCell, ...]
    setup: tuple[str, ...] = ()

    def __getitem__(self, grade_id: str) -> GradedCell:
        return self._by_id[grade_id]

    def __contains__(self, grade_id: object) -> bool:
        return grade_id in self._by_id

    def exercise(self, grade_id: str) -> str:
        """The exercise a labelled cell belongs to: a test belongs to the last solution before it."""
        return self.exercises.get(grade_id, grade_id)

    def tests(self, exercise: str) -> tuple[GradedCell, ...]:
        return tuple(c for c in self.cells if c.role == "test" and self.exercise(c.grade_id) == exercise)

    @cached_property
    def exercises(self) -> dict[str, str]:
        """Test cell's grade id → exercise."""
        found, solution = {}, None
        for cell in self.cells:
            solution = cell.grade_id if cell.role == "solution" else solution
            if cell.role == "test":
                found[cell.grade_id] = solution or cell.grade_id
        return found

    @cached_property
    def _by_id(self) -> dict[str, GradedCell]:
        return {cell.grade_id: cell for cell in self.cells}

    def __reduce__(self):
        return type(self), (self.cells, self.setup)  # what is worked out from them stays behind

    @cached_property
    def fingerprint(self) -> str:
        """Changes whenever a graded cell does: what was graded by other tests is graded again."""
        facts = [[c.grade_id, c.role, c.cell_type, c.source, c.points] for c in self.cells]
        return hashlib.sha256(json.dumps([facts, self.setup]).encode()).hexdigest()


def from_gradebook(gradebook: Gradebook, chapter: str, notebook: str, released: Path | None = None) -> Skeleton:
    """The skeleton of one notebook. `released`: its released version, for the order of cells and the import cell."""
    known = gradebook.find_notebook(notebook, chapter)
    points = {cell.name: cell.max_score for cell in [*known.grade_cells, *known.task_cells]}
    graded = {cell.name for cell in known.grade_cells}
    solutions = {cell.name for cell in known.solution_cells}
    tasks = {cell.name for cell in known.task_cells}

    def role(name: str) -> str:
        if name in tasks:
            return "task"
        if name in graded:
            return "answer" if name in solutions else "test"
        return "solution" if name in solutions else "locked"

    cells = [
        GradedCell(c.name, role(c.name), c.cell_type, c.source or "", float(points.get(c.name, 0.0)), c.checksum)
        for c in known.source_cells
    ]
    order, setup = _released(released, cells)
    return Skeleton(tuple(sorted(cells, key=lambda cell: order.get(cell.grade_id, len(order)))), setup)


def without_hidden_tests(source: str) -> str:
    """A test cell as learners see it."""
    kept, hidden = [], False
    for line in source.split("\n"):
        if BEGIN_HIDDEN in line:
            hidden = True
        elif END_HIDDEN in line:
            hidden = False
        elif not hidden:
            kept.append(line)
    return "\n".join(kept)


def same_text(one: str, other: str) -> bool:
    """Equal but for white space: what editors change by themselves."""
    return _squeezed(one) == _squeezed(other)


@lru_cache(maxsize=4096)
def _squeezed(text: str) -> str:
    return "".join(text.split())


def _released(path: Path | None, cells: list[GradedCell]) -> tuple[dict[str, int], tuple[str, ...]]:
    if path is None or not path.is_file():
        return {}, ()
    order: dict[str, int] = {}
    needed = set().union(*(code.used(cell.source) for cell in cells if cell.role == "test"))
    setup = []
    for number, cell in enumerate(json.loads(path.read_text(encoding="utf-8")).get("cells", [])):
        source = cell["source"] if isinstance(cell["source"], str) else "".join(cell["source"])
        grade_id = cell["metadata"].get("nbgrader", {}).get("grade_id")
        if grade_id:
            order[grade_id] = number
        elif cell["cell_type"] == "code" and not order and _imports(source) & needed:
            setup.append(source)
    return order, tuple(setup)


def _imports(source: str) -> frozenset[str]:
    """Names that a cell imports: only imports are put back, since other cells may be the learner's to change."""
    tree = code.parse(source)
    found = [node for node in tree.body if isinstance(node, (ast.Import, ast.ImportFrom))] if tree else []
    return frozenset((alias.asname or alias.name).split(".")[0] for node in found for alias in node.names)
