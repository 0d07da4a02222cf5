"""A class of mixed quality to measure with: right answers, other right answers, known mistakes and stubs."""

from __future__ import annotations

import copy
import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat

from grader.release.as_cell import answer_cell, solution_cell
from grader.release.chapter import Chapter, load_chapter

STOCK = """\
c = get_config()
c.CourseDirectory.root = {root!r}
c.CourseDirectory.course_id = "dlbasic"
c.Execute.timeout = 180
"""


def make_class(root: Path, chapter: str, count: int, seed: int = 0) -> None:
    """A class directory with `count` submissions, no two alike."""
    command("-m", "grader", "init", str(root), chapter)
    released = nbformat.read(root / "release" / chapter / f"{chapter}.ipynb", as_version=4)
    loaded, rng = load_chapter(chapter), random.Random(seed)
    cells = _cells(loaded)
    for number in range(count):
        notebook = copy.deepcopy(released)
        for cell in notebook.cells:
            name = (cell.metadata.get("nbgrader") or {}).get("grade_id")
            if name in cells:
                cell.source = _answer(cells[name], cell.source, rng)
        folder = root / "submitted" / f"student{number:04d}" / chapter
        folder.mkdir(parents=True)
        nbformat.write(notebook, folder / f"{chapter}.ipynb")


def _cells(loaded: Chapter) -> dict[str, dict[str, list[str]]]:
    """Exercise → cell sources of right and of mistaken answers."""
    kinds = {}
    for name in loaded.exercises:
        others = [answer_cell(loaded, answer) for answer in loaded.bank.equivalents.get(name, ())]
        mistakes = [answer_cell(loaded, answer) for answer in loaded.bank.mistakes.get(name, ())]
        kinds[name] = {"right": [solution_cell(loaded, name), *others], "mistaken": mistakes}
    return kinds


def _answer(kinds: dict[str, list[str]], stub: str, rng: random.Random) -> str:
    dice = rng.random()
    if dice < 0.1:
        return stub
    return rng.choice(kinds["mistaken"] if dice < 0.3 and kinds["mistaken"] else kinds["right"])


def as_stock(root: Path, target: Path, students: list[str]) -> None:
    """The same class for stock nbgrader: its own settings, the same tests, these students only."""
    target.mkdir()
    for name in ("source", "release", "gradebook.db"):
        copy_ = shutil.copytree if (root / name).is_dir() else shutil.copy2
        copy_(root / name, target / name)
    for student in students:
        shutil.copytree(root / "submitted" / student, target / "submitted" / student)
    (target / "nbgrader_config.py").write_text(STOCK.format(root=str(target)))


def command(*arguments: str, cwd: Path | None = None) -> None:
    """Run Python with these arguments, quietly. The tests in stock kernels judge as ours do."""
    env = {**os.environ, "DLBASIC_EXAMINER": "grader.hidden", "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    done = subprocess.run([sys.executable, *arguments], cwd=cwd, env=env, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"{' '.join(arguments)}: exit {done.returncode}\n{done.stderr[-3000:]}")
