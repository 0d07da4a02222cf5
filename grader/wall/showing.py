"""For nbconvert where an instructor reads a submission, as nbgrader's formgrader does: nothing that a learner wrote or
displayed acts or loads. In nbgrader_config.py:

    c.HTMLExporter.preprocessors = ["grader.wall.showing.SafePage"]
    c.HTMLExporter.filters = {"markdown2html": "grader.wall.showing.markdown2html"}
"""

from __future__ import annotations

import html

from jinja2 import pass_context
from nbconvert.exporters.exporter import ResourcesDict
from nbconvert.preprocessors import Preprocessor
from nbformat import NotebookNode
from traitlets import List, Unicode

from .markup import prose
from .outputs import safe

NAMES = ("student", "first_name", "last_name", "notebook_path")  # the formgrader's page prints these as they are


class SafePage(Preprocessor):
    """Readies a notebook for one page: outputs, whoever has run it, raw cells, and what templates print unescaped."""

    keep = List(Unicode(), help="MIME types of outputs that are kept as they are").tag(config=True)

    def preprocess(self, nb: NotebookNode, resources: ResourcesDict) -> tuple[NotebookNode, ResourcesDict]:
        safe(nb, keep=self.keep)
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


@pass_context
def markdown2html(context, source: str) -> str:
    """The filter of that name, for the templates: Markdown as HTML without anything active."""
    return prose(source, (context.get("cell") or {}).get("attachments"))
