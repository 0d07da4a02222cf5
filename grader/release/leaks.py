"""The leak gate: searches everything that a learner gets for lines of solutions, hidden tests and their markers."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

import nbformat

from dlbasic.authoring import Place
from grader.release.chapter import BEGIN_HIDDEN, BEGIN_SOLUTION, END_HIDDEN, END_SOLUTION, Chapter
from grader.release.gates import Finding

# Shorter lines (`return w, b`, `n = len(x)`) are anybody's.
MIN_TOKENS = 8
FORBIDDEN = ("BEGIN SOLUTION", "END SOLUTION", "HIDDEN TESTS", "grader.hidden", "verify(")


def secret_lines(chapter: Chapter) -> dict[str, Place]:
    """The solution's and hidden test's lines as normalised code, each with where it stands."""
    found: dict[str, Place] = {}
    for cell in chapter.cells:
        inside = False
        for offset, line in enumerate(cell.source.splitlines()):
            text = line.strip()
            if text in (BEGIN_SOLUTION, BEGIN_HIDDEN):
                inside = True
            elif text in (END_SOLUTION, END_HIDDEN):
                inside = False
            elif inside:
                # What is returned is the secret, whatever a leak would do with it.
                code, size = normalised(text.removeprefix("return "))
                if size >= MIN_TOKENS:
                    found.setdefault(code, Place(cell.place.file, cell.place.line + offset))
    return found


def normalised(line: str) -> tuple[str, int]:
    """A line of code without spaces and comments, and how many tokens it has."""
    try:
        tokens = [
            token.string
            for token in tokenize.generate_tokens(io.StringIO(line).readline)
            if token.type in (tokenize.NAME, tokenize.OP, tokenize.NUMBER, tokenize.STRING)
        ]
    except (tokenize.TokenError, IndentationError):
        tokens = re.findall(r"\w+|[^\w\s]", line)
    return " ".join(tokens), len(tokens)


def leaks(chapter: Chapter, notebook: nbformat.NotebookNode, name: str) -> Iterator[Finding]:
    """Solution lines and markers in a released notebook, prose and code alike."""
    secrets = secret_lines(chapter)
    for number, cell in enumerate(notebook.cells):
        for line in cell.source.splitlines():
            yield from _in_line(secrets, line, Place(f"{name}[cell {number}]", 1))


def leaks_in_package(chapter: Chapter, package: Path) -> Iterator[Finding]:
    """Solution lines in the learner's package, and functions there that bear an exercise's name."""
    secrets = secret_lines(chapter)
    for path in sorted(package.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        where = str(path.relative_to(package.parent))
        for number, line in enumerate(text.splitlines(), 1):
            # The judge's own modules may speak of `verify` and markers; what must not be there is a solution.
            yield from _in_line(secrets, line, Place(where, number), forbidden=())
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef) and node.name in chapter.exercises and node.name != "slips":
                yield Finding(Place(where, node.lineno), f"defines {node.name!r}, which is an exercise")


def leaks_in_hints(chapter: Chapter) -> Iterator[Finding]:
    """Solution lines in hints and in the sentences that name mistakes: both travel in the check table."""
    secrets = secret_lines(chapter)
    for hints in chapter.bank.hints.values():
        for rung in (*hints.en, *hints.ko):
            yield from _in_line(secrets, rung, hints.place)
    for group in chapter.bank.mistakes.values():
        for answer in group:
            for text in answer.text.values():
                yield from _in_line(secrets, text, answer.place)


def _in_line(
    secrets: dict[str, Place], line: str, place: Place, forbidden: tuple[str, ...] = FORBIDDEN
) -> Iterator[Finding]:
    code, _ = normalised(line)
    for secret, origin in secrets.items():
        if secret in code:
            yield Finding(place, f"holds the line of {origin}: {secret}")
    for word in forbidden:
        if word in line:
            yield Finding(place, f"holds {word!r}")
