"""For nbconvert where an instructor reads a submission, as nbgrader's formgrader does: nothing that a learner wrote or
displayed acts or loads. In nbgrader_config.py:

    c.HTMLExporter.preprocessors = ["grader.wall.page.SafePage"]
    c.HTMLExporter.filters = {"markdown2html": "grader.wall.page.markdown2html"}
"""

from __future__ import annotations

import html

from jinja2 import pass_context
from nbconvert.exporters.exporter import ResourcesDict
from nbconvert.preprocessors import Preprocessor
from nbformat import NotebookNode
from traitlets import List, Unicode

from .markup import prose, without_pictures
from .outputs import ENGLISH, safe
from .room import Notes
from .texts import LEAST_ROOM, shortened

NAMES = ("student", "first_name", "last_name", "notebook_path")  # the formgrader's page prints these as they are
MOST_SOURCE = 200_000  # characters of all cells together; the longest chapters of a course have a quarter of it


class SafePage(Preprocessor):
    """Readies a notebook for one page: outputs, whoever has run it, raw cells, and what templates print unescaped."""

    keep = List(Unicode(), help="MIME types of outputs that are kept as they are").tag(config=True)

    def preprocess(self, nb: NotebookNode, resources: ResourcesDict) -> tuple[NotebookNode, ResourcesDict]:
        safe(nb, keep=self.keep)
        fit_sources(nb)
        for cell in nb.cells:
            cell.metadata = NotebookNode(
                {key: value for key, value in cell.metadata.items() if key in ("nbgrader", "magics_language")}
            )
            facts = cell.metadata.get("nbgrader")
            if isinstance(facts, dict) and "grade_id" in facts:
                facts["grade_id"] = html.escape(str(facts["grade_id"]))
            if cell.cell_type == "raw":
                cell.cell_type, cell.source = "markdown", f"<pre>{html.escape(cell.source)}</pre>"
        for name in NAMES:
            if isinstance(resources.get(name), str):
                resources[name] = html.escape(resources[name])
        return nb, resources


def fit_sources(nb: NotebookNode, notes: Notes = ENGLISH) -> None:
    """Cut what a page has no room for of the cells' own texts: for a notebook that is to be shown, not kept."""
    left = MOST_SOURCE
    for cell in nb.cells:
        short = without_pictures(cell.source)[0]
        if len(short) > left:
            cell.source = shortened(short, max(left, LEAST_ROOM), notes.text) or ""
        left -= min(len(short), left)


@pass_context
def markdown2html(context, source: str) -> str:
    """The filter of that name, for the templates: Markdown as HTML without anything active."""
    return prose(source, (context.get("cell") or {}).get("attachments"))
