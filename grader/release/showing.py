"""The gate for cells marked `show="only"`: not running them must change no score.

A score is what a test says of a function that stands in an exercise's cell. A cell that is not run can change that in
two ways only: a cell that is run needs a name that it binds, or it changes something that is not its own. Both are read
off the source here, so that the answer holds whatever stands in the exercises: the reference, the stub, any mistake.
(The tests run every such cell as well, and look at the process before and after.)
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from dlbasic.authoring import Place
from grader.release.chapter import Cell, Chapter
from grader.release.gates import Finding
from grader.wall.showing import binds, uses

# What changes more than a notebook's own names. A generator of one's own is fine.
REACHES_OUT = re.compile(
    r"(random|warnings|os|sys|builtins|importlib)\..+"
    r"|(np|numpy)\.(random\.(?!default_rng|Generator|SeedSequence).+|set\w+)"
    r"|(plt|matplotlib)\.rc\w*"
    r"|setattr|delattr|exec|eval|globals|locals|vars|__import__|get_ipython|chapter"
)


def needless(chapter: Chapter) -> Iterator[Finding]:
    """Cells that are marked as showing only, and do more."""
    marked = [cell for cell in chapter.cells if cell.shows]
    run = [cell for cell in chapter.cells if cell.role != "prose" and not cell.shows]
    needed = {name for cell in run for name in uses(cell.source)}
    own = {name for cell in marked for name in binds(cell.source)}
    first = next((cell for cell in chapter.cells if cell.role == "code"), None)
    for cell in marked:
        if cell is first:
            yield Finding(cell.place, "the first code cell sets the chapter up: it cannot be marked as showing only")
        for name in sorted(binds(cell.source) & needed):
            yield Finding(cell.place, f"marked as showing only, but a cell without this mark uses {name!r} from here")
        for line, what in sorted(set(_reaching_out(cell, own))):
            place = Place(cell.place.file, cell.place.line + line - 1)
            yield Finding(place, f"marked as showing only, but {what}")


def _reaching_out(cell: Cell, own: set[str]) -> Iterator[tuple[int, str]]:
    """What a cell does to things that are neither its own nor its like's, with the line of the cell."""
    try:
        tree = ast.parse(cell.source)
    except SyntaxError:
        yield 1, "it is no plain Python"
        return
    own = own | {node.arg for node in ast.walk(tree) if isinstance(node, ast.arg)}
    own |= {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    for node in ast.walk(tree):
        if isinstance(node, (ast.Name, ast.Attribute)) and REACHES_OUT.fullmatch(ast.unparse(node)):
            yield node.lineno, f"{ast.unparse(node)} reaches beyond the notebook"
        if isinstance(node, (ast.Attribute, ast.Subscript)) and not isinstance(node.ctx, ast.Load):
            root = _root(node)
            if root not in own:
                yield node.lineno, f"it changes {root!r}, which another cell has made"


def _root(node: ast.AST) -> str:
    while isinstance(node, (ast.Attribute, ast.Subscript, ast.Call)):
        node = node.func if isinstance(node, ast.Call) else node.value
    return ast.unparse(node)
