"""What the cells of a learner's notebook are: exercises, tests, hers. Reads plain notebook data, changes nothing."""

from __future__ import annotations

import hashlib


def source(cell: dict) -> str:
    text = cell.get("source", "")
    return "".join(text) if isinstance(text, list) else str(text)


def grading(cell: dict) -> dict:
    """nbgrader's metadata of a cell; empty for a cell that nbgrader knows nothing of."""
    data = cell.get("metadata")
    data = data.get("nbgrader") if isinstance(data, dict) else None
    return data if isinstance(data, dict) and data.get("grade_id") else {}


def exercises(notebook: dict) -> dict[str, dict]:
    """Exercise → its solution cell, in the notebook's order; the first one where a cell was copied."""
    return _first(cell for cell in notebook["cells"] if grading(cell).get("solution"))


def tests(notebook: dict) -> dict[str, dict]:
    """Exercise → its test cell (grade id `test_` + exercise)."""
    graded = (cell for cell in notebook["cells"] if grading(cell).get("grade"))
    found = _first(cell for cell in graded if not grading(cell).get("solution"))
    return {grade_id.removeprefix("test_"): cell for grade_id, cell in found.items()}


def _first(cells) -> dict[str, dict]:
    found: dict[str, dict] = {}
    for cell in cells:
        found.setdefault(grading(cell)["grade_id"], cell)
    return found


def work_in(notebook: dict) -> list[str]:
    """The exercises whose cell is no longer the stub that was released."""
    return [name for name, cell in exercises(notebook).items() if not is_untouched(cell)]


def is_untouched(cell: dict) -> bool:
    """Whether a graded cell is still as released: nbgrader writes the checksum of every one it releases."""
    return grading(cell).get("checksum") == checksum(cell)


def checksum(cell: dict) -> str:
    """What `nbgrader.utils.compute_checksum`, slow to import, says of a cell (the tests compare the two)."""
    data = grading(cell)
    grade, solution = bool(data.get("grade")), bool(data.get("solution"))
    locked = not solution and (grade or bool(data.get("locked")))
    parts = [source(cell), cell.get("cell_type", "code"), str(grade), str(solution), str(locked)]
    parts.append(data.get("grade_id", ""))
    if grade:
        parts.append(str(float(data.get("points", 0))))
    return hashlib.md5("".join(parts).encode(), usedforsecurity=False).hexdigest()


def fingerprint(cell: dict) -> str:
    """A short hash of a cell's text."""
    return hashlib.sha256(source(cell).encode()).hexdigest()[:16]


def fingerprints(notebook: dict) -> dict[str, str]:
    """Cell id → fingerprint of every cell: what a release writes into `metadata.dlbasic.cells`, so that an update can
    tell a cell that the learner added or changed from one that the course has changed since."""
    return {cell["id"]: fingerprint(cell) for cell in notebook["cells"]}


def released(notebook: dict) -> dict[str, str]:
    """The fingerprints that the release wrote; empty in a notebook that has none."""
    metadata = notebook.get("metadata")
    own = metadata.get("dlbasic") if isinstance(metadata, dict) else None
    cells = own.get("cells") if isinstance(own, dict) else None
    return cells if isinstance(cells, dict) else {}
