"""A course of one small chapter, made by hand, for the tests of the learner's command line."""

from __future__ import annotations

import json
from pathlib import Path

from dlbasic.cells import fingerprints

CHAPTER = "02_toy"
STUB = 'def {name}(x):\n    """Twice x."""\n    raise NotImplementedError()'
SAY = (
    "from IPython.display import display\n"
    "display({{'text/plain': 'v', 'application/vnd.dlbasic.verdict+json': "
    "{{'exercise': '{name}', 'kind': '{kind}', 'message': '{message}'}}}}, raw=True)\n"
)


def prose(identity: str, text: str) -> dict:
    return {"cell_type": "markdown", "id": identity, "metadata": {}, "source": text}


def code(identity: str, text: str, **metadata) -> dict:
    cell = {"cell_type": "code", "id": identity, "metadata": metadata, "source": text}
    return {**cell, "outputs": [], "execution_count": None}


def graded(name: str, text: str, *, solution: bool, points: float = 1) -> dict:
    """A released exercise or test cell, its checksum computed by nbgrader itself."""
    from nbformat import from_dict
    from nbgrader.utils import compute_checksum

    data = {"grade_id": name, "grade": not solution, "solution": solution, "locked": not solution, "task": False}
    data |= {"schema_version": 3, "cell_type": "code"} | ({} if solution else {"points": points})
    cell = code(name, text, nbgrader=data)
    data["checksum"] = compute_checksum(from_dict(cell))
    return cell


def exercise(name: str) -> dict:
    return graded(name, STUB.format(name=name), solution=True)


def verdict(name: str, kind: str, message: str = "", then: str = "") -> dict:
    return graded(f"test_{name}", SAY.format(name=name, kind=kind, message=message) + then, solution=False)


def notebook(*cells: dict, version: str = "0.1.0") -> dict:
    made = {"cells": list(cells), "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    made["metadata"]["dlbasic"] = {"version": version, "cells": fingerprints(made)}
    return made


def write(notebook: dict, path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(notebook), encoding="utf-8")
    return path


def read(path: Path) -> dict:
    return json.loads(path.read_text(encoding="utf-8"))


def released(version: str = "0.1.0") -> dict:
    return notebook(
        prose("prose-000", "# A toy"),
        code("code-001", "lr = 0.1"),
        exercise("double"),
        verdict("double", "passed", "✓ double: right"),
        prose("prose-004", "Now halve."),
        exercise("halve"),
        verdict("halve", "todo", "· halve: nothing here yet", "raise NotImplementedError"),
        version=version,
    )


def make(root: Path, languages: tuple[str, ...] = ("en", "ko"), version: str = "0.1.0") -> Path:
    """A course folder at `root/course`."""
    course = root / "course"
    (course / "dlbasic").mkdir(parents=True)
    (course / "dlbasic" / "__init__.py").write_text(f'__version__ = "{version}"\n', encoding="utf-8")
    for language in languages:
        write(released(version), path(course, language))
    return course


def path(course: Path, language: str = "en") -> Path:
    return course / language / CHAPTER / f"{CHAPTER}.ipynb"


def work_on(path: Path, name: str = "double", text: str = "def double(x):\n    return 2 * x") -> None:
    """Write an answer into the notebook as JupyterLab would: the source changes, the metadata stays."""
    data = read(path)
    next(cell for cell in data["cells"] if cell["id"] == name)["source"] = text
    write(data, path)
