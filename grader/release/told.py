"""A leak gate for answers that are facts: their pairs, told where a learner can look, in code or in words.

The line gate (`leaks.py`) finds solutions by their code. A table of years is no code: it would come back as the data of
a figure, or in its alternative text. One pair or two may be an example; half of them give the answer away.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import nbformat

from dlbasic.authoring import Place
from grader.release.chapter import Chapter
from grader.release.gates import Finding

TOO_MANY = 0.5


def secret_pairs(chapter: Chapter) -> Iterator[tuple[str, dict[str, str | int]]]:
    """Every exercise whose answer is secret and made of pairs: those of a dict, or (first, last) of a table's rows."""
    for name, probes in chapter.bank.probes.items():
        if not probes.secret:
            continue
        answer = chapter.functions[name]()
        if isinstance(answer, dict):
            yield name, answer
        elif isinstance(answer, list):
            yield name, {row[0]: row[-1] for row in answer}


def told_in_notebook(chapter: Chapter, notebook: nbformat.NotebookNode, name: str) -> Iterator[Finding]:
    """Secret answers told by a released notebook, alternative texts included."""
    words = "\n".join(cell.source for cell in notebook.cells)
    for exercise, answer in secret_pairs(chapter):
        yield from _judged(exercise, answer, in_words(answer, words), Place(name, 1))


def told_in_package(chapter: Chapter, package: Path) -> Iterator[Finding]:
    """Secret answers told by the data or the texts of the learner's package."""
    for exercise, answer in secret_pairs(chapter):
        for path in sorted(package.rglob("*.py")):
            text = path.read_text(encoding="utf-8")
            told = in_code(answer, text) | in_words(answer, text)
            yield from _judged(exercise, answer, told, Place(str(path.relative_to(package.parent)), 1))


def in_code(answer: dict[str, str | int], text: str) -> set[str]:
    """Keys whose value stands with them in one call, tuple, list or dict entry of this Python source."""
    groups = []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Dict):
            entries = zip(node.keys, node.values, strict=True)
            groups += [_literals(key) + _literals(value) for key, value in entries if key]
        elif isinstance(node, ast.Call | ast.Tuple | ast.List):
            groups.append(_literals(node))
    # What stands first is what the group speaks of: a list of all keys and all values tells no pair.
    heads = [(next((one for one in group if one in answer), None), group) for group in groups]
    return {key for key, group in heads if key is not None and answer[key] in group}


def in_words(answer: dict[str, str | int], text: str) -> set[str]:
    """Keys that are directly followed by their value, as in "GAN (2014)" or "GAN: 2014"."""
    return {
        key for key, value in answer.items() if re.search(rf"{re.escape(key)}\W{{1,4}}{re.escape(str(value))}\b", text)
    }


def _literals(node: ast.AST) -> list[str | int]:
    found = [one for one in ast.walk(node) if isinstance(one, ast.Constant) and isinstance(one.value, str | int)]
    return [one.value for one in sorted(found, key=lambda one: (one.lineno, one.col_offset))]


def _judged(exercise: str, answer: dict, told: set[str], place: Place) -> Iterator[Finding]:
    if len(told) >= TOO_MANY * len(answer):
        yield Finding(place, f"tells {len(told)} of the {len(answer)} pairs that {exercise!r} asks for: {sorted(told)}")
