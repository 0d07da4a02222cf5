"""Cells and notebooks as nbformat 4.5 has them, made without its validation: a schema check for every cell of every
submission takes longer than all repairs. What is made here is valid by its construction; `stage` checks the end result.
"""

from __future__ import annotations

from nbformat import NotebookNode


def new_cell(kind: str, source: str, id: str = "", metadata: NotebookNode | None = None) -> NotebookNode:
    """kind : "code", "markdown" or "raw"; id : to be filled in by the caller where it is empty"""
    cell = NotebookNode(cell_type=kind, id=id, metadata=metadata or NotebookNode(), source=source)
    if kind == "code":
        cell.execution_count, cell.outputs = None, []
    return cell


def new_notebook(cells: list[NotebookNode], metadata: NotebookNode | None = None) -> NotebookNode:
    return NotebookNode(cells=cells, metadata=metadata or NotebookNode(), nbformat=4, nbformat_minor=5)
