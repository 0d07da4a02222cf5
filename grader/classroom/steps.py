"""Which steps of the class's settings a submission goes through, and where each is done: with the cells or by the one
who writes the gradebook.
"""

from __future__ import annotations

import pickle
from dataclasses import dataclass

from nbgrader import preprocessors as nbgraders
from nbgrader.converters import Autograde
from traitlets.config import Config
from traitlets.utils.importstring import import_item

from grader.classroom import preprocessors as ours
from grader.errors import Problem

DEFAULT_EXECUTION = "grader.classroom.execute.RunSubmission"

# What intake does itself, from the same gradebook: cells have no outputs yet, labels and sources are the gradebook's.
BY_INTAKE = {
    nbgraders.ClearOutput,
    nbgraders.DeduplicateIds,
    nbgraders.OverwriteCells,
    nbgraders.OverwriteKernelspec,
    nbgraders.CheckCellMetadata,
    ours.RepairSubmission,
}
WRITING = {ours.SaveAutoGrades, nbgraders.AssignLatePenalties}  # nothing but the gradebook
WRITERS = (nbgraders.SaveAutoGrades, nbgraders.AssignLatePenalties)


@dataclass(frozen=True)
class Plan:
    """One class's steps in order.

    before, execution, after : names of those that are done where the cells are run
    writing : those of the writer; where all of them are `WRITING`, it needs no more of a notebook than its graded cells
    """

    before: tuple[str, ...]
    execution: str
    after: tuple[str, ...]
    writing: tuple[type, ...]

    def set(self, config: Config, *, figures: bool, sandbox: bool) -> None:
        """What the command line asks for goes before the class's settings."""
        for name in {"ExecuteBehindWall", self.execution.rpartition(".")[2]}:
            if figures:
                config[name].figures = True
            if not sandbox:
                config[name].sandbox = False

    @property
    def plain(self) -> bool:
        return WRITING.issuperset(self.writing)


def plan(config: Config) -> Plan:
    """The plan that a class's settings amount to. Raises Problem for a step that cannot be found."""
    try:
        settings = Autograde(config=config)
        before = [step for step in map(_class, settings.sanitize_preprocessors) if step not in BY_INTAKE]
        steps = [_own(step) for step in map(_class, settings.autograde_preprocessors)]
    except (ImportError, AttributeError, ValueError) as error:
        raise Problem(
            f"a step of grading cannot be found ({error})", "nbgrader_config.py", "put its name right"
        ) from None
    running = [step for step in steps if _runs(step) and step is not nbgraders.Execute]
    execution = _name(running[0]) if running else DEFAULT_EXECUTION
    rest = [step for step in steps if not _runs(step) and step not in BY_INTAKE]
    # Up to the first that writes: nbgrader's own LimitOutput and the like, and whatever else changes a notebook.
    count = next((n for n, step in enumerate(rest) if issubclass(step, WRITERS)), len(rest))
    return Plan(tuple(map(_name, before)), execution, tuple(map(_name, rest[:count])), tuple(rest[count:]))


def plain_settings(config: Config) -> dict:
    """The settings as data that another process can be sent. What cannot be sent (a hook) is for this one alone."""
    kept: dict = {}
    for section, values in config.items():
        for name, value in values.items():
            try:
                pickle.dumps(value)
            except Exception:
                continue
            kept.setdefault(section, {})[name] = value
    return kept


def execution_step(config: Config) -> str:
    """The step of the class's configuration that runs the cells."""
    return plan(config).execution


def _own(step: type) -> type:
    return ours.SaveAutoGrades if step is nbgraders.SaveAutoGrades else step


def _runs(step: type) -> bool:
    return isinstance(step, type) and (issubclass(step, nbgraders.Execute) or getattr(step, "runs_submissions", False))


def _class(step: type | str) -> type:
    return import_item(step) if isinstance(step, str) else step


def _name(step: type) -> str:
    """Where a worker finds the step. Raises Problem for one that is defined in the settings themselves."""
    name = f"{step.__module__}.{step.__qualname__}"
    try:
        found = import_item(name)
    except (ImportError, AttributeError):
        found = None
    if found is not step:
        remedy = "put it into a module of its own, so that other processes can import it"
        raise Problem(f"the step {step.__qualname__} cannot be imported", "nbgrader_config.py", remedy)
    return name
