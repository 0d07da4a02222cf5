"""The gate between the two languages: same cells in the same order, same formulas, code, numbers, links and figures."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from grader.release.chapter import Cell, Chapter
from grader.release.gates import Finding

_BLOCK = re.compile(r"\$\$.+?\$\$", re.DOTALL)
_PATTERNS = {
    "formulas": re.compile(r"\$[^$\n]+\$"),
    "code": re.compile(r"`[^`\n]+`"),
    "links": re.compile(r"\]\(([^)\s]+)\)"),
    "headings": re.compile(r"^#{1,6}(?= )", re.MULTILINE),
    "numbers": re.compile(r"(?<![\w.])\d+(?:[.,]\d+)*"),
}


def twins(chapter: Chapter) -> Iterator[Finding]:
    """Every English prose cell is directly followed by its Korean twin, and the two say the same in signs."""
    waiting: Cell | None = None
    for cell in chapter.cells:
        if cell.language == "en":
            if waiting:
                yield Finding(waiting.place, "this English cell has no Korean twin directly after it")
            waiting = cell
        elif cell.language == "ko":
            if waiting is None:
                yield Finding(cell.place, "this Korean cell has no English twin directly before it")
            else:
                yield from _compare(waiting, cell)
            waiting = None
        elif waiting:
            yield Finding(waiting.place, "this English cell has no Korean twin directly after it")
            waiting = None
    if waiting:
        yield Finding(waiting.place, "this English cell has no Korean twin directly after it")


def signs(text: str) -> dict[str, Counter]:
    """What two languages have in common: formulas, inline code, links, heading levels and numbers, counted."""
    found = {"displayed formulas": Counter(_BLOCK.findall(text))}
    rest = _BLOCK.sub(" ", text)
    for kind, pattern in _PATTERNS.items():
        found[kind] = Counter(pattern.findall(rest))
        if kind in ("formulas", "code", "links"):
            rest = pattern.sub(" ", rest)
    return found


def _compare(english: Cell, korean: Cell) -> Iterator[Finding]:
    one, other = signs(english.source), signs(korean.source)
    for kind in one:
        if one[kind] != other[kind]:
            only = sorted((one[kind] - other[kind]).elements()), sorted((other[kind] - one[kind]).elements())
            said = f"{kind} differ from the English cell's: only there {only[0]}, only here {only[1]}"
            yield Finding(korean.place, said)
