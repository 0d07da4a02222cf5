"""A step that runs cells in plain Python, in the process that it is called in: quick, and as mortal as that one."""

from __future__ import annotations

import io
import random
import time
from contextlib import redirect_stdout

from nbformat.v4 import new_output
from nbgrader.preprocessors import NbGraderPreprocessor
from traitlets import Bool, Float

CLASS = """
c.Autograde.autograde_preprocessors = [
    "fake.Instant",
    "nbgrader.preprocessors.LimitOutput",
    "grader.classroom.preprocessors.SaveAutoGrades",
    "nbgrader.preprocessors.AssignLatePenalties",
    "nbgrader.preprocessors.CheckCellMetadata",
]
"""


class Instant(NbGraderPreprocessor):
    runs_submissions = True
    seconds = Float(0.0, help="How long a submission takes at most, beside its cells").tag(config=True)
    sandbox = Bool(True).tag(config=True)

    def preprocess(self, nb, resources):
        time.sleep(random.random() * self.seconds)
        names: dict = {}
        for number, cell in enumerate(nb.cells):
            if cell.cell_type == "code":
                cell.execution_count, cell.outputs = number, _run(cell.source, names)
        return nb, resources


def _run(source: str, names: dict) -> list:
    said = io.StringIO()
    try:
        with redirect_stdout(said):
            *lines, last = source.rstrip().split("\n")
            exec("\n".join(lines if _is_value(last) else [*lines, last]), names)
            value = eval(last, names) if _is_value(last) else None
    except Exception as error:
        return [new_output("error", ename=type(error).__name__, evalue=str(error), traceback=[str(error)] * 200)]
    shown = [new_output("stream", text=said.getvalue())] if said.getvalue() else []
    result = [new_output("execute_result", data={"text/plain": repr(value)})] if value is not None else []
    return shown + result


def _is_value(line: str) -> bool:
    try:
        compile(line, "", "eval")
    except SyntaxError:
        return False
    return not line.startswith(" ")


class Harmless(Instant):
    """Runs nothing."""

    def preprocess(self, nb, resources):
        return nb, resources
