"""The nbgrader preprocessor that takes the place of `nbgrader.preprocessors.Execute`: cells run behind the wall.

In any course's `nbgrader_config.py`:

    c.Autograde.autograde_preprocessors = [
        "grader.wall.execute.ExecuteBehindWall",
            "nbgrader.preprocessors.SaveAutoGrades",
        "nbgrader.preprocessors.AssignLatePenalties",
        "nbgrader.preprocessors.CheckCellMetadata",
    ]
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import nbformat
from nbconvert.exporters.exporter import ResourcesDict
from nbformat import NotebookNode
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import NbGraderPreprocessor
from nbgrader.utils import is_locked
from traitlets import Bool, Dict, Float, Integer, List, Unicode, default

from . import pair, plan, run
from .enclosure import Limits
from .instructor import NOBODY, instructor
from .safe.outputs import ENGLISH, safe
from .safe.room import Notes
from .showing import skippable

MIB = 1 << 20
OWN_ROOT = Path(__file__).resolve().parents[2]
MOST_FILES, MOST_BYTES = 1000, 50 * MIB

WORDS = {
    "died": "the Python process died while running this cell; the cell was skipped",
    "timeout": "this cell was stopped after {seconds:g} seconds",
    "budget": "the whole run was stopped after {seconds:g} seconds, before this cell was reached",
    "broken": "the submission's process broke the connection to the tests",
}


class ExecuteBehindWall(NbGraderPreprocessor):
    """Runs a submission's cells in a sandbox, and its tests where no code of the submission runs."""

    runs_submissions = True  # for who looks for the step of a configuration that runs the cells

    sandbox = Bool(True, help="Run submissions inside bubblewrap; without it they can do what you can").tag(config=True)
    timeout = Float(help="Seconds for one cell (default: that of nbgrader's Execute)").tag(config=True)
    budget = Float(600.0, help="Seconds for all cells of one submission together").tag(config=True)
    restarts = Integer(8, help="How often a submission's process may die and be started again").tag(config=True)
    memory = Integer(2048, help="MiB of memory for one submission, its scratch files included").tag(config=True)
    processes = Integer(64, help="Processes and threads that one submission may have at a time").tag(config=True)
    file_size = Integer(64, help="MiB that one file may have").tag(config=True)
    scratch = Integer(256, help="MiB for all files that a submission writes").tag(config=True)
    keep = List(Unicode(), help="MIME types of outputs to be kept besides the usual: data that no page shows").tag(
        config=True
    )
    most_output = Integer(1_000_000, help="Characters of output that are kept of one cell").tag(config=True)
    figures = Bool(False, help="Draw the figures (no score needs them)").tag(config=True)
    address = Unicode(help="Folder of the warm processes to use (default: own ones); see `share`").tag(config=True)
    preload = List(
        Unicode(),
        default_value=["numpy", "matplotlib.pyplot", "IPython.core.completer"],
        help="Modules imported once, before the submissions are run, in their sandbox",
    ).tag(config=True)
    judge_preload = List(Unicode(), help="Modules imported once where the tests run").tag(config=True)
    packages = Dict(
        help="name → folder of packages that submissions may import and that the environment does not have installed"
    ).tag(config=True)

    @default("timeout")
    def _timeout(self) -> float:
        for name in ("Execute", "ExecutePreprocessor"):
            if "timeout" in self.config.get(name, {}):
                return float(self.config[name]["timeout"] or 0) or 30.0
        return 30.0

    def preprocess(self, nb: NotebookNode, resources: ResourcesDict) -> tuple[NotebookNode, ResourcesDict]:
        if self.config.get("Execute", {}).get("enabled", True) is False:  # `nbgrader autograde --no-execute`
            return nb, resources
        _must_be_python(nb)
        report = run.run(self.planned(nb, resources), self.settings())
        for number, cell in enumerate(nb.cells):
            if cell.cell_type == "code":
                cell.outputs = [nbformat.from_dict(one) for one in report.outputs.get(number, ())]
                cell.execution_count = report.counts.get(number)
        for incident in report.incidents:
            nb.cells[incident.cell].outputs = [not_run(self.words(incident))]
            self.tell(nb, incident)
        safe(nb, keep=self.keep, notes=self.notes(nb))
        return nb, resources

    def share(self) -> str:
        """Start warm processes for these settings; returns the `address` by which workers can use them."""
        return pair.share(self.settings())

    def tell(self, nb: NotebookNode, incident: plan.Incident) -> None:
        """Say what happened to a cell. A course that keeps flags does it here."""
        detail = f" ({incident.detail})" if incident.detail else ""
        self.log.warning("Cell %d: %s%s", incident.cell + 1, self.words(incident), detail)

    def notes(self, nb: NotebookNode) -> Notes:
        """The words where something that a cell has shown was cut."""
        return ENGLISH

    def words(self, incident: plan.Incident) -> str:
        seconds = self.budget if incident.why == "budget" else self.timeout
        return WORDS[incident.why].format(seconds=seconds)

    def planned(self, nb: NotebookNode, resources: ResourcesDict) -> plan.Plan:
        folder = Path(resources["metadata"]["path"] or ".").resolve()
        source = self.source_folder(resources)
        name = (resources.get("nbgrader") or {}).get("notebook", "")
        known = instructor(source / f"{name}.ipynb") if source else NOBODY
        sources = {number: cell.source for number, cell in enumerate(nb.cells) if cell.cell_type == "code"}
        skipped = set() if self.figures else skippable(sources, known.only_shows)
        cells = [plan.Cell(n, text, "skip" if n in skipped else where(nb.cells[n])) for n, text in sources.items()]
        return plan.Plan(
            cells=cells,
            folder=folder,
            imports=known.imports,
            stars=known.stars,
            own=known.own,
            files=dict(_files(folder)),
            trusted_paths=(str(source),) if source else (),
            env=self.environment(nb),
            prepare=self.prepare(nb, resources),
        )

    def source_folder(self, resources: ResourcesDict) -> Path | None:
        """The folder with the instructor's own notebook of this assignment; None where it cannot be found."""
        facts = resources.get("nbgrader") or {}
        coursedir = getattr(self.parent, "coursedir", None)
        if coursedir is None and self.config.get("CourseDirectory", {}).get("root"):
            coursedir = CourseDirectory(config=self.config)
        if coursedir is None or "assignment" not in facts:
            return None
        found = Path(coursedir.format_path(coursedir.source_directory, ".", facts["assignment"]))
        return found if found.is_dir() else None

    def environment(self, nb: NotebookNode) -> dict[str, str]:
        """Environment variables of both processes."""
        return {"NBGRADER_EXECUTION": "autograde"}

    def prepare(self, nb: NotebookNode, resources: ResourcesDict) -> str:
        """`module:function:argument` to be called once in the warm judge."""
        return ""

    def settings(self) -> plan.Settings:
        return plan.Settings(
            sandbox=self.sandbox,
            preload=tuple(self.preload),
            judge_preload=tuple(dict.fromkeys(["numpy", *self.judge_preload])),
            packages=dict(self.packages),
            hide=tuple(filter(None, [str(OWN_ROOT), self.config.get("CourseDirectory", {}).get("root")])),
            limits=Limits(
                memory=self.memory * MIB,
                processes=self.processes,
                file_size=self.file_size * MIB,
                scratch=self.scratch * MIB,
                cpu_seconds=int(self.budget) + 1,
            ),
            timeout=self.timeout,
            budget=self.budget,
            restarts=self.restarts,
            most_output=self.most_output,
            figures=self.figures,
            address=self.address,
        )


class OtherLanguage(ValueError):
    """The notebook's kernel is not Python's."""


def _must_be_python(nb: NotebookNode) -> None:
    spec = nb.metadata.get("kernelspec") or {}
    language = str(spec.get("language") or spec.get("name") or "python")
    if not language.lower().startswith(("python", "ipython")):
        raise OtherLanguage(f"only Python notebooks run behind the wall; the kernel of this one is {language!r}")


def where(cell: NotebookNode) -> str:
    """Where a code cell runs. A test or another locked cell is the instructor's; every other is the learner's."""
    labels = cell.metadata.get("nbgrader") or {}
    if labels.get("grade_id") and is_locked(cell):
        return "here" if labels.get("grade") else "both"
    return "there" if cell.source.strip() else "skip"


def not_run(words: str) -> NotebookNode:
    return nbformat.v4.new_output("error", ename="NotRun", evalue=words, traceback=[f"NotRun: {words}"])


def _files(folder: Path) -> Iterator[tuple[str, bytes]]:
    """What lies beside the notebook and belongs to it."""
    count = total = 0
    for path in sorted(folder.rglob("*")):
        if path.suffix == ".ipynb" or path.is_symlink() or not path.is_file() or path.name.startswith("."):
            continue
        count, total = count + 1, total + path.stat().st_size
        if count > MOST_FILES or total > MOST_BYTES:
            return
        yield str(path.relative_to(folder)), path.read_bytes()
