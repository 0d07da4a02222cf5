"""Submissions that are broken but honest, as data, each with the outcome that a fair human would give.

The chapter is the toy course's `numbers`: `add` (1 point) and `mul` (2 points), whose tests need the imported `shout`.
"""

from __future__ import annotations

import copy
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from importlib import import_module
from pathlib import Path
from typing import Any

import nbformat
import toy
from nbformat.v4 import new_code_cell

FULL = {"add": 1.0, "mul": 2.0}
NOTHING = {"add": 0.0, "mul": 0.0}
FLAG = "flag:*"  # any flag on the exercise or on the whole submission


def flagged(code: str = "*") -> dict[str, str]:
    """A submission of which nothing can be scored: both exercises wait for a person, for that reason."""
    return dict.fromkeys(FULL, f"flag:{code}")


@dataclass(frozen=True)
class Special:
    """What is no regular file: a `link` to text, a `fifo`, a `folder`, a `sparse` file of so many bytes."""

    kind: str
    text: str = ""


@dataclass(frozen=True)
class Broken:
    """One submission.

    make : released notebook → what is handed in: a notebook, bytes, or {file name: either, text or Special}
    fair : exercise → points, or `flag:<code>` for what a person must decide; a tuple where either is fair
    why : why that is fair, where it needs saying
    """

    name: str
    make: Callable[[Any], Any]
    fair: Mapping[str, Any] = field(default_factory=lambda: FULL)
    why: str = ""
    student: str = ""
    stalls: bool = False
    mode: int | None = None
    family: str = ""

    def hand_in(self, root: Path, released) -> None:
        """Put the submission into the class."""
        folder = root / "submitted" / self.student / "numbers"
        folder.mkdir(parents=True)
        made = self.make(copy.deepcopy(released))
        for name, content in (made if _is_folder(made) else {"numbers.ipynb": made}).items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            _put(path, content)
            if self.mode is not None:
                path.chmod(self.mode)


def _is_folder(made: Any) -> bool:
    return isinstance(made, dict) and not isinstance(made, nbformat.NotebookNode) and "cells" not in made


def _put(path: Path, content: Any) -> None:
    if isinstance(content, Special):
        if content.kind == "link":
            path.symlink_to(content.text)
        elif content.kind == "fifo":
            os.mkfifo(path)
        elif content.kind == "folder":
            path.mkdir()
        else:
            with open(path, "wb") as file:
                file.truncate(int(content.text))
    elif isinstance(content, bytes):
        path.write_bytes(content)
    elif isinstance(content, str):
        path.write_text(content, encoding="utf-8")
    else:
        path.write_bytes(toy.raw(content))


def everything() -> list[Broken]:
    """All submissions of the corpus; a student is named after hers unless the name is what is broken."""
    found = []
    for path in sorted(Path(__file__).parent.glob("[a-z]*.py")):
        for one in import_module(f"corpus.{path.stem}").CORPUS:
            found.append(replace(one, family=path.stem, student=one.student or f"{path.stem}-{one.name}"))
    return found


# How submissions are made


def right(released):
    return toy.answered(released)


def with_cell(text: str, after: str = "test_add", **facts) -> Callable:
    """A right submission with one more cell, below the labelled cell `after` (`top` and `end` work too)."""

    def make(released):
        notebook = right(released)
        where = {"top": 1, "end": len(notebook.cells)}.get(after)
        where = toy.index(notebook, after) + 1 if where is None else where
        notebook.cells.insert(where, new_code_cell(text, id="more"))
        return notebook

    return make


def with_answer(add: str | None = toy.RIGHT_ADD, mul: str | None = toy.RIGHT_MUL) -> Callable:
    return lambda released: toy.answered(released, add=add, mul=mul)


def edited(change: Callable[[Any], Any]) -> Callable:
    """A right submission after `change(notebook)`, which works in place or gives back what is handed in."""

    def make(released):
        notebook = right(released)
        changed = change(notebook)
        return notebook if changed is None else changed

    return make
