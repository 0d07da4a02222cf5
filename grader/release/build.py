"""Builds the nbgrader source notebook of a chapter in one language: nothing cleared yet, nothing checked."""

from __future__ import annotations

import base64
import html
import json
import re
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

import dlbasic
from dlbasic.authoring import AuthoringError
from grader.release.chapter import ROOT, Cell, Chapter, load_chapter

FIGURES = ROOT / "assets" / "figures"
_FIGURE = re.compile(r"!\[(?P<alt>[^\]]*)\]\(figure:(?P<name>[\w-]+)\)")
_CLAIMS = "{{claims}}"
SHOWN_WIDTH = 640
SETUP = "setup"
SHOW_ONLY = "show-only"  # the tag by which grading knows a cell that no score needs


def source_notebook(chapter: str | Chapter, language: str) -> nbformat.NotebookNode:
    """The chapter as nbgrader's source notebook: solutions and hidden tests in it, the other language's prose left out.

    Cell ids, order and metadata depend on the text alone. Raises AuthoringError for a missing figure or claim list.
    """
    loaded = load_chapter(chapter) if isinstance(chapter, str) else chapter
    cells = [
        _convert(loaded, cell, language, number)
        for number, cell in enumerate(_of_language(loaded.cells, language))
    ]
    _lock_setup(cells)
    notebook = new_notebook(cells=cells)
    notebook.metadata = nbformat.from_dict(
        {
            "dlbasic": {"chapter": loaded.name, "language": language, "version": dlbasic.__version__},
            "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        }
    )
    return notebook


def _of_language(cells: list[Cell], language: str) -> list[Cell]:
    return [cell for cell in cells if cell.language in (None, language)]


def _convert(chapter: Chapter, cell: Cell, language: str, number: int) -> nbformat.NotebookNode:
    if cell.role == "prose":
        made = new_markdown_cell(_with_claims(chapter, cell, language))
        _attach_figures(made, cell, language)
        made.id = f"prose-{number:03d}"
        return made
    made = new_code_cell(cell.source)
    if cell.role == "exercise":
        made.metadata.nbgrader = _nbgrader(cell.name, solution=True)
    elif cell.role == "test":
        made.metadata.nbgrader = _nbgrader(f"test_{cell.name}", grade=True, locked=True, points=cell.points)
    if cell.shows:
        made.metadata.tags = [SHOW_ONLY]
    made.id = {"exercise": cell.name, "test": f"test_{cell.name}"}.get(cell.role, f"code-{number:03d}")
    return made


def _nbgrader(grade_id: str, points: float | None = None, **kinds: bool) -> nbformat.NotebookNode:
    kinds = {"grade": False, "solution": False, "locked": False, "task": False, **kinds}
    data = {"grade_id": grade_id, "schema_version": 3, **kinds}
    if points is not None:
        data["points"] = int(points) if points == int(points) else points
    return nbformat.from_dict(data)


def _lock_setup(cells: list[nbformat.NotebookNode]) -> None:
    """The first code cell imports what every test needs: locked, so that grading finds it whatever became of it."""
    first = next((cell for cell in cells if cell.cell_type == "code"), None)
    if first is not None and "nbgrader" not in first.metadata:
        first.metadata.nbgrader = _nbgrader(SETUP, locked=True)
        first.id = SETUP


def _with_claims(chapter: Chapter, cell: Cell, language: str) -> str:
    if _CLAIMS not in cell.source:
        return cell.source
    if not chapter.claims:
        raise AuthoringError(f"{cell.place}: {_CLAIMS} needs a list CLAIMS in {chapter.folder.name}/claims.py")
    listed = "\n".join(f"{claim.id}. {getattr(claim, language)}" for claim in chapter.claims)
    return cell.source.replace(_CLAIMS, listed)


def _attach_figures(made: nbformat.NotebookNode, cell: Cell, language: str) -> None:
    """Put the figures that the prose names into the cell itself, so that one file works alone."""
    attachments = {}

    def attach(found: re.Match) -> str:
        path = figure_path(found["name"], language)
        if not path.is_file():
            raise AuthoringError(f"{cell.place}: there is no figure {found['name']!r} ({path.relative_to(ROOT)})")
        attachments[path.name] = {"image/png": base64.b64encode(path.read_bytes()).decode()}
        alt = html.escape(found["alt"] or _alternative_text(found["name"], language))
        # Drawn at twice the size that it is shown at, for sharp screens; Markdown's own form knows no width.
        return f'<img src="attachment:{path.name}" alt="{alt}" width="{SHOWN_WIDTH}">'

    made.source = _FIGURE.sub(attach, made.source)
    if attachments:
        made.attachments = attachments


def _alternative_text(name: str, language: str) -> str:
    """What the script that drew the figure says of it, with the numbers that it computed."""
    return json.loads((FIGURES / "alt.json").read_text(encoding="utf-8"))[name][language]


def figure_path(name: str, language: str) -> Path:
    return FIGURES / f"{name}.{language}.png"
