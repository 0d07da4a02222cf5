"""A chapter's claims, facts and prose, as the tests of both need them."""

from __future__ import annotations

import importlib.util
import sys
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import jupytext
import numpy as np

SOLUTIONS = Path(__file__).resolve().parents[2] / "solutions"
LANGUAGES = ("en", "ko")


@dataclass(frozen=True)
class Evidence:
    """What stands in one folder of `solutions/`."""

    folder: Path

    @property
    def name(self) -> str:
        return self.folder.name

    def load(self, part: str):
        spec = importlib.util.spec_from_file_location(f"{part}_of_{self.name}_tested", self.folder / f"{part}.py")
        module = importlib.util.module_from_spec(spec)
        sys.modules[spec.name] = module  # a dataclass looks its own module up by name
        spec.loader.exec_module(module)
        return module

    @cached_property
    def claims(self) -> list:
        return self.load("claims").CLAIMS

    @cached_property
    def facts(self):
        return self.load("facts") if (self.folder / "facts.py").is_file() else None

    @property
    def papers(self) -> tuple:
        return getattr(self.facts, "PAPERS", ())

    @property
    def numbers(self) -> tuple:
        return getattr(self.facts, "NUMBERS", ())

    @cached_property
    def cells(self) -> list:
        return jupytext.reads((self.folder / "notebook.py").read_text(encoding="utf-8"), "py:percent").cells

    @cached_property
    def prose(self) -> dict[str, str]:
        return {
            language: "\n".join(cell.source for cell in self.cells if cell.metadata.get("lang") == language)
            for language in LANGUAGES
        }

    @cached_property
    def functions(self) -> dict:
        names = {"np": np}
        for cell in self.cells:
            if "exercise" in cell.metadata:
                exec(cell.source, names)
        return names

    def answer(self, exercise: str):
        return self.functions[exercise]()


CHAPTERS = [Evidence(path.parent) for path in sorted(SOLUTIONS.glob("*/claims.py"))]


def of(name: str) -> Evidence:
    (found,) = [chapter for chapter in CHAPTERS if chapter.name == name]
    return found
