"""`flagged.tsv`: what a person must decide, one line each: student, chapter, exercise or `-`, reason."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

Row = tuple[str, str, str, str]
_ESCAPES = {"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"}


def update(path: Path, rows: list[Row], covered: set[tuple[str, str]]) -> None:
    """Rewrite the file: `rows` for the (student, chapter) pairs in `covered`, what it said before for all others."""
    kept = [row for row in read(path) if (row[0], row[1]) not in covered]
    lines = ["\t".join(map(_escaped, row)) for row in sorted({*kept, *rows})]
    write_beside(path, "".join(line + "\n" for line in lines))


def read(path: Path) -> list[Row]:
    """The rows of the file; none when there is no file. Lines that are no row are left out."""
    if not path.is_file():
        return []
    lines = path.read_text(encoding="utf-8", errors="replace").split("\n")
    cells = [line.split("\t") for line in lines if line.strip()]
    return [tuple(_plain(cell) for cell in row) for row in cells if len(row) == 4]


def write_beside(path: Path, content: str | bytes) -> None:
    """Write a file so that nobody ever sees half of it: beside, then renamed."""
    data = content.encode("utf-8") if isinstance(content, str) else content
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, part = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        os.chmod(part, 0o644)
        os.replace(part, path)
    except BaseException:
        Path(part).unlink(missing_ok=True)
        raise


def _escaped(text: str) -> str:
    return "".join(_ESCAPES.get(char, char) for char in text)


def _plain(text: str) -> str:
    plain, rest = "", iter(text)
    back = {after[1]: before for before, after in _ESCAPES.items()}
    for char in rest:
        plain += back.get(next(rest, ""), "") if char == "\\" else char
    return plain
