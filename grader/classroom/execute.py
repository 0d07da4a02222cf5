"""The step of grading where a submission's cells are run: the wall, with this course's packages, words and flags."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from nbconvert.exporters.exporter import ResourcesDict
from nbformat import NotebookNode
from traitlets import default

import dlbasic
from dlbasic.data import DIGITS
from dlbasic.verdict import MIME
from grader.classroom import findings as found
from grader.classroom.cuts import NOTES
from grader.classroom.findings import WHOLE, Finding
from grader.errors import Problem
from grader.wall import run, sandbox
from grader.wall.execute import ExecuteBehindWall
from grader.wall.plan import Incident
from grader.wall.safe.room import Notes

# Lets the visible checks judge every exercise on its own, as the hidden ones do.
EXAMINER = "grader.hidden"
CODES = {"died": "kernel_died", "timeout": "timeout", "budget": "over_budget", "broken": "kernel_died"}


class RunSubmission(ExecuteBehindWall):
    """Runs a submission. A cell that its process dies of, or that takes too long, is flagged; the rest still runs."""

    @default("preload")
    def _preload(self) -> list[str]:
        return ["numpy", "matplotlib.pyplot", "ipywidgets", "dlbasic", "dlbasic.style"]

    @default("judge_preload")
    def _judge_preload(self) -> list[str]:
        return ["dlbasic", "dlbasic.style", "grader.hidden"]

    @default("keep")
    def _keep(self) -> list[str]:
        return [MIME]

    @default("packages")
    def _packages(self) -> dict[str, str]:
        return {"dlbasic": str(Path(dlbasic.__file__).parent), "assets.digits": str(DIGITS.parent)}

    def preprocess(self, nb: NotebookNode, resources: ResourcesDict) -> tuple[NotebookNode, ResourcesDict]:
        with _refusing():
            return super().preprocess(nb, resources)

    def share(self) -> str:
        with _refusing():
            return super().share()

    def environment(self, nb: NotebookNode) -> dict[str, str]:
        return {
            **super().environment(nb),
            "DLBASIC_LANG": (nb.metadata.get("dlbasic") or {}).get("language", "en"),  # of the tests' sentences
            "DLBASIC_EXAMINER": EXAMINER,
            **({"DLBASIC_FIGURES": "1"} if self.figures else {}),
        }

    def notes(self, nb: NotebookNode) -> Notes:
        return NOTES["ko" if (nb.metadata.get("dlbasic") or {}).get("language") == "ko" else "en"]

    def prepare(self, nb: NotebookNode, resources: ResourcesDict) -> str:
        return f"grader.hidden:warm:{(resources.get('nbgrader') or {}).get('assignment', '')}"

    def tell(self, nb: NotebookNode, incident: Incident) -> None:
        finding = self._about(nb, incident)
        # A cell of her own that was not reached costs no exercise; the tests that were not reached are told each.
        if finding.exercise != WHOLE or incident.why != "budget":
            found.add(nb, [finding])

    def words(self, incident: Incident) -> str:
        return self._sentence(incident).text()

    def _sentence(self, incident: Incident, exercise: str = WHOLE) -> Finding:
        code = CODES[incident.why]
        seconds = self.budget if code == "over_budget" else self.timeout
        facts = {} if code == "kernel_died" else {"seconds": f"{seconds:g}"}
        if code != "over_budget":
            facts = {"cell": incident.cell + 1, **facts}
        return Finding(code, exercise, facts)

    def _about(self, nb: NotebookNode, incident: Incident) -> Finding:
        grade_id = (nb.cells[incident.cell].metadata.get("nbgrader") or {}).get("grade_id")
        return self._sentence(incident, found.exercise_of(nb.metadata, grade_id) if grade_id else WHOLE)


@contextmanager
def _refusing() -> Iterator[None]:
    try:
        yield
    except sandbox.Unavailable as error:
        remedy = "or grade without protection, only what you trust: `python -m grader grade --no-sandbox`"
        raise Problem("submissions cannot be run safely here", str(error), remedy) from None


stop_all = run.close_all
