"""Turns a source notebook into the learner's with nbgrader's own GenerateAssignment, the same bytes every time."""

from __future__ import annotations

import contextlib
import io
import json
import logging
import tempfile
from pathlib import Path

import nbformat
from nbgrader.converters import GenerateAssignment
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import SaveCells
from traitlets.config import Config

from dlbasic.cells import fingerprints


class ReleaseFailed(Exception):
    """nbgrader refused the notebook; the message holds what it said."""


def learner_notebook(source: nbformat.NotebookNode, chapter: str) -> nbformat.NotebookNode:
    """The notebook without solutions and hidden tests. Raises ReleaseFailed with nbgrader's own words."""
    with tempfile.TemporaryDirectory(prefix="dlbasic-release-") as folder:
        root = Path(folder)
        place = root / "source" / chapter
        place.mkdir(parents=True)
        nbformat.write(source, place / f"{chapter}.ipynb")
        said = io.StringIO()
        try:
            _generate(root, chapter, said)
        except (Exception, SystemExit) as error:
            raise ReleaseFailed(f"nbgrader could not release {chapter}: {error}\n{said.getvalue()}") from error
        made = nbformat.read(root / "release" / chapter / f"{chapter}.ipynb", as_version=4)
    # Lets `dlbasic update` tell what a learner has changed from what the course has changed since.
    made.metadata.setdefault("dlbasic", {})["cells"] = fingerprints(made)
    return made


def _generate(root: Path, chapter: str, said: io.StringIO) -> None:
    config = Config()
    config.CourseDirectory.root = str(root)
    config.CourseDirectory.assignment_id = chapter
    # A release needs no gradebook (a class directory's own is made by `init`), so nothing is saved to one.
    config.GenerateAssignment.no_database = True
    steps = GenerateAssignment.class_traits()["preprocessors"].default()
    config.GenerateAssignment.preprocessors = [step for step in steps if step is not SaveCells]
    converter = GenerateAssignment(coursedir=CourseDirectory(config=config), config=config)
    handler = logging.StreamHandler(said)
    converter.log.addHandler(handler)
    try:
        with contextlib.redirect_stderr(said):
            converter.start()
    finally:
        converter.log.removeHandler(handler)


def to_bytes(notebook: nbformat.NotebookNode) -> bytes:
    """The notebook as the bytes that are committed: sorted keys, one space of indent, a final newline."""
    data = json.loads(nbformat.writes(notebook, version=4))
    return (json.dumps(data, indent=1, sort_keys=True, ensure_ascii=False) + "\n").encode()
