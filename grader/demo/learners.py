"""Invented learners of one chapter: their notebooks, and the score that each of them must get."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import nbformat

from dlbasic.authoring import Answer
from dlbasic.examine import examine as examine_alone
from grader.hidden import earned_share
from grader.release.as_cell import answer_cell, solution_cell
from grader.release.chapter import Chapter
from grader.release.exams import hidden_exam

# How many of the class make mistakes. The release tries every known mistake; a demo shows what becomes of some.
MISTAKEN = 8

# What a learner writes in each solution cell, by exercise; an exercise that is left out keeps its stub.
Cells = dict[str, str]


@dataclass(frozen=True)
class Learner:
    """One invented learner.

    scores : what each exercise must earn; None where a person has to decide
    spoil : what becomes of the notebook's text on its way to the instructor
    """

    name: str
    language: str
    cells: Cells
    scores: dict[str, float | None]
    untidy: Callable | None = None
    spoil: Callable[[str], str] | None = None

    @property
    def total(self) -> float:
        return sum(score or 0.0 for score in self.scores.values())

    def notebook(self, released: nbformat.NotebookNode) -> nbformat.NotebookNode:
        """The released notebook as this learner hands it in."""
        made = copy.deepcopy(released)
        for cell in made.cells:
            name = cell.metadata.get("nbgrader", {}).get("grade_id")
            if name in self.cells:
                cell.source = self.cells[name]
        if self.untidy:
            self.untidy(made)
        return made


def classroom(chapter: Chapter) -> list[Learner]:
    """A dozen or so: right, empty, untidy and broken ones, and one for the n-th known mistake of every exercise."""
    right = {name: solution_cell(chapter, name) for name in chapter.exercises}
    full = {name: chapter.cell("test", name).points for name in chapter.exercises}
    learners = [
        Learner("perfect", "en", right, full),
        Learner("otherwise", "ko", right | _equivalents(chapter), full),
        Learner("empty", "en", {}, dict.fromkeys(full, 0.0)),
        Learner("untidy", "en", right, full, untidy=make_a_mess),
        Learner("broken", "en", right, dict.fromkeys(full), spoil=lambda text: text[: len(text) // 2]),
    ]
    learners += _mistaken(chapter, full)
    return learners


def _equivalents(chapter: Chapter) -> Cells:
    return {name: answer_cell(chapter, group[0]) for name, group in chapter.bank.equivalents.items()}


def _mistaken(chapter: Chapter, full: dict[str, float]) -> Iterator[Learner]:
    """The n-th learner makes the n-th known mistake of every exercise; one that has fewer keeps its stub."""
    bank = chapter.bank.mistakes
    for number in range(min(MISTAKEN, max(map(len, bank.values())))):
        made = {name: group[number] for name, group in bank.items() if number < len(group)}
        cells = {name: answer_cell(chapter, answer) for name, answer in made.items()}
        scores = {name: _earned(chapter, made[name], points) if name in made else 0.0 for name, points in full.items()}
        yield Learner(f"mistake-{number + 1:02d}", "en", cells, scores)


def _earned(chapter: Chapter, answer: Answer, points: float) -> float:
    if not chapter.bank.probes[answer.exercise].partial:
        return 0.0
    verdict = examine_alone(answer.function, hidden_exam(chapter, answer.exercise))
    return round(points * (earned_share(answer.function, chapter, answer.exercise, verdict) or 0.0), 4)


def make_a_mess(notebook: nbformat.NotebookNode) -> None:
    """What happens to honest notebooks: a copied cell, a deleted test, a cell turned into prose, a split cell."""
    cells = {cell.metadata.get("nbgrader", {}).get("grade_id"): cell for cell in notebook.cells}
    notebook.cells.append(copy.deepcopy(cells["mse"]))
    notebook.cells.remove(cells["test_relu"])
    turned = cells["linear"]
    turned.cell_type = "markdown"
    del turned["outputs"], turned["execution_count"]
    whole = cells["softmax"]
    first, rest = whole.source.split("\n", 1)
    whole.source = first
    second = copy.deepcopy(whole)
    second.source = rest
    notebook.cells.insert(notebook.cells.index(whole) + 1, second)
    for number, cell in enumerate(notebook.cells):
        cell.id = f"cell-{number}"
