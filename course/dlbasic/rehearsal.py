"""Runs a learner's notebook in a kernel of its own and tells how every exercise stands. Never writes the notebook."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import click

from dlbasic import cells, workspace
from dlbasic.lab import lab_environment
from dlbasic.verdict import MIME

# How a verdict's kind reads in the table; every other kind is "not yet".
WORDS = {
    "passed": "passed",
    "recorded": "recorded",
    "todo": "not written yet",
    "error": "error",
    "silent": "no verdict",
}


@dataclass(frozen=True)
class Line:
    """How one exercise stands. `kind` is a verdict's kind, "error" for any other failure, "silent" without output."""

    exercise: str
    kind: str
    message: str = ""

    @property
    def passed(self) -> bool:
        return self.kind in ("passed", "recorded")


@dataclass(frozen=True)
class Result:
    notebook: Path
    lines: list[Line]
    errors: list[str]

    @property
    def passed(self) -> bool:
        return bool(self.lines) and all(line.passed for line in self.lines) and not self.errors


def run(course: Path, path: Path, timeout: int) -> Result:
    """Run the notebook at `path` as "Restart Kernel and Run All" would, going on after errors.

    timeout : seconds that one cell may take before it is interrupted
    """
    workspace.read(path)
    import nbformat
    from nbclient import NotebookClient
    from nbclient.exceptions import DeadKernelError

    notebook = nbformat.read(path, as_version=4)
    total, at = len(notebook.cells), [0]

    def started(cell, cell_index):
        at[0] = cell_index + 1
        if sys.stderr.isatty():
            click.echo(f"\rrunning {path.name}: cell {at[0]} of {total} ", nl=False, err=True)

    client = NotebookClient(
        notebook,
        timeout=timeout,
        kernel_name="python3",
        allow_errors=True,
        interrupt_on_timeout=True,
        store_widget_state=False,
        resources={"metadata": {"path": str(path.parent)}},
        on_cell_start=started,
    )
    died = []
    try:
        # The language is the notebook's own: messages in the table are those that she sees in JupyterLab.
        environment = {**lab_environment(course), "DLBASIC_LANG": path.parts[-3]}
        # What the kernel itself says (not what cells print) is for whoever debugs kernels.
        client.execute(env=environment, stderr=subprocess.DEVNULL)
    except DeadKernelError:
        died = [f"cell {at[0]}: the kernel died there (out of memory?); the cells below it did not run"]
    if sys.stderr.isatty():
        click.echo("\r" + " " * 60 + "\r", nl=False, err=True)
    return Result(path, [_line(name, cell) for name, cell in cells.tests(notebook).items()], _errors(notebook) + died)


def _line(exercise: str, cell: dict) -> Line:
    failure = None
    for output in cell.get("outputs", []):
        verdict = output.get("data", {}).get(MIME)
        if isinstance(verdict, dict) and verdict.get("exercise", exercise) == exercise:
            return Line(exercise, str(verdict.get("kind")), _sentence(str(verdict.get("message", ""))))
        if output.get("output_type") == "error":
            failure = output
    if failure:
        return Line(exercise, "error", _sentence(f"{failure['ename']}: {failure['evalue']}"))
    return Line(exercise, "silent", "its check did not run or said nothing: run `check` in its own cell")


def _errors(notebook) -> list[str]:
    """Errors outside the test cells, which nobody expects: a typing error in an exercise, a figure that fails."""
    found = []
    for number, cell in enumerate(notebook.cells, 1):
        if cells.grading(cell).get("grade"):
            continue
        for output in cell.get("outputs", []):
            # A widget or figure that runs into an exercise that is still to be written is no error of hers.
            if output.get("output_type") == "error" and output["ename"] != "NotImplementedError":
                name = cells.grading(cell).get("grade_id")
                where = f"cell {number}" + (f" ({name})" if name else "")
                found.append(f"{where}: {output['ename']}: {_sentence(output['evalue'])}")
    return found


def _sentence(text: str) -> str:
    """One line of a message; terminal colours and the mark before it are taken off."""
    text = re.sub(r"\x1b\[[0-9;]*m", "", text).strip().lstrip("✓✗· ")
    return " ".join(text.split())


def table(result: Result) -> str:
    width = max((len(line.exercise) for line in result.lines), default=0)
    rows = [click.style(str(result.notebook), bold=True)]
    for line in result.lines:
        mark, colour = ("✓", "green") if line.passed else ("·", "blue") if line.kind == "todo" else ("✗", "red")
        words = WORDS.get(line.kind, "not yet")
        rows.append(f"  {click.style(mark, fg=colour)} {line.exercise:<{width}}  {words}")
        if line.kind not in ("passed", "todo"):
            rows[-1] += "  " + _shorten(line.message.removeprefix(f"{line.exercise}: "))
    rows += [f"  {click.style('✗', fg='red')} {error}" for error in result.errors]
    good = sum(line.passed for line in result.lines)
    rows.append(f"  {good} of {len(result.lines)} exercises pass")
    return "\n".join(rows)


def _shorten(text: str, width: int = 160) -> str:
    return text if len(text) <= width else text[: width - 1] + "…"
