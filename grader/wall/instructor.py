"""What the instructor's own notebook says: imports that the judge makes itself, and cells that only show something."""

from __future__ import annotations

import ast
import functools
import json
import re
from dataclasses import dataclass
from pathlib import Path

SHOW_ONLY = "show-only"  # the tag of a cell that no score needs


@dataclass(frozen=True)
class Instructor:
    """Facts of one notebook.

    imports : global name → the statement that binds it; stars : `from … import *`
    own : other names that its cells bind, so that a test means them and not a builtin of the same name
    shown : sources of the cells that only show something, white space left out
    """

    imports: dict[str, str]
    stars: tuple[str, ...] = ()
    own: frozenset[str] = frozenset()
    shown: frozenset[str] = frozenset()

    def only_shows(self, source: str) -> bool:
        return squeezed(source) in self.shown


def squeezed(source: str) -> str:
    return re.sub(r"\s+", "", source)


NOBODY = Instructor({})


def instructor(path: Path) -> Instructor:
    """What the notebook at `path` says; nothing when there is none."""
    try:
        stat = path.stat()
    except OSError:
        return NOBODY
    return _read(path, stat.st_mtime_ns, stat.st_size)


@functools.lru_cache(maxsize=32)
def _read(path: Path, mtime: int, size: int) -> Instructor:
    try:
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    except (OSError, ValueError, KeyError):
        return NOBODY
    return from_cells(cells)


def from_cells(cells: list[dict]) -> Instructor:
    imports: dict[str, str] = {}
    stars: list[str] = []
    own: set[str] = set()
    shown: set[str] = set()
    for cell in cells:
        if cell.get("cell_type") != "code":
            continue
        source = cell["source"] if isinstance(cell["source"], str) else "".join(cell["source"])
        if SHOW_ONLY in cell.get("metadata", {}).get("tags", ()):
            shown.add(squeezed(source))
        try:
            tree = ast.parse(re.sub(r"(?m)^(\s*)[%!].*$", r"\1pass", source))
        except SyntaxError:
            continue
        for node in tree.body:
            if isinstance(node, (ast.Import, ast.ImportFrom)):
                _import(node, imports, stars)
            else:
                own |= _bound(node)
    return Instructor(imports, tuple(stars), frozenset(own), frozenset(shown))


def _import(node: ast.Import | ast.ImportFrom, imports: dict[str, str], stars: list[str]) -> None:
    for alias in node.names:
        if alias.name == "*":
            stars.append(ast.unparse(node))
            continue
        one = ast.Import([alias]) if isinstance(node, ast.Import) else ast.ImportFrom(node.module, [alias], node.level)
        imports.setdefault(alias.asname or alias.name.split(".")[0], ast.unparse(one))


def _bound(node: ast.stmt) -> set[str]:
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        return {node.name}
    return {part.id for part in ast.walk(node) if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store)}
