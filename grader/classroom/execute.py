"""The seam where a submission's cells are run. Today nbgrader's own Execute: a fresh kernel, the learner's code and the
tests in one process. Whatever replaces it only has to be a preprocessor that fills in outputs and adds its flags.
"""

from __future__ import annotations

import os
import signal
import subprocess
import threading
from contextlib import suppress

import nbformat
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbconvert.exporters.exporter import ResourcesDict
from nbformat import NotebookNode
from nbgrader.preprocessors import Execute
from traitlets import Integer

from grader.classroom import findings as found
from grader.classroom.findings import WHOLE, Finding

# Lets the visible checks judge every exercise on its own, as the hidden ones do.
EXAMINER = "grader.hidden"

_running: set[RunSubmission] = set()


class RunSubmission(Execute):
    """Runs a notebook in a fresh kernel. A cell that kills the kernel is flagged and skipped; the rest still runs."""

    budget = Integer(600, help="Seconds for all cells of one submission together").tag(config=True)
    restarts = Integer(3, help="How many deaths of the kernel one submission may have").tag(config=True)
    most_output = Integer(1_000_000, help="Characters that one cell may print; the rest is dropped").tag(config=True)

    def preprocess(self, nb: NotebookNode, resources: ResourcesDict | None = None, km=None):
        self._metadata = nb.metadata
        self._killers: dict[int, Finding] = {}
        self._over = False
        starts_left = self.restarts
        timer = threading.Timer(self.budget, self.stop)
        timer.daemon = True
        timer.start()
        _running.add(self)
        try:
            while True:
                self._timeouts: list[Finding] = []
                self._current = self._leaving = None
                try:
                    super().preprocess(nb, resources, km)
                    break
                except DeadKernelError:
                    if self._over and self._current is not None:
                        self._give_up(nb, self._current)
                        break
                    self._blame(nb)
                    _clear(nb)
                except RuntimeError:
                    # The kernel never answered, for instance because another process took its port in that moment.
                    # No cell has run, so that is nobody's fault, and another kernel may do.
                    if self._current is not None or self._over or not starts_left:
                        raise
                    starts_left -= 1
        finally:
            timer.cancel()
            _running.discard(self)
        found.add(nb, [*self._killers.values(), *self._timeouts])
        return nb, resources

    def start_new_kernel(self, **kwargs):
        # The learner's language for the tests' sentences; no trace of the instructor's own session in the kernel.
        own = {
            "NBGRADER_EXECUTION": "autograde",
            "DLBASIC_LANG": (self._metadata.get("dlbasic") or {}).get("language", "en"),
            "DLBASIC_EXAMINER": EXAMINER,
            "JPY_SESSION_NAME": "",
            # Several submissions run at once: more threads for small matrices only wait for each other.
            "OPENBLAS_NUM_THREADS": "1",
            "OMP_NUM_THREADS": "1",
        }
        # What bypasses the notebook's outputs (a crash report, the kernel's log) is not for the instructor's terminal.
        silent = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        super().start_new_kernel(env={**os.environ, **own}, **silent, **kwargs)

    def preprocess_cell(self, cell: NotebookNode, resources: ResourcesDict, index: int):
        if cell.cell_type != "code":
            return cell, resources
        if index in self._killers:
            cell.outputs = [_error(self._killers[index])]
            return cell, resources
        self._current, self._printed = index, 0
        try:
            return super().preprocess_cell(cell, resources, index)
        except CellTimeoutError:  # more output than could be read in time
            cell.outputs.append(self._timed_out(cell, index))
            return cell, resources

    def on_cell_executed(self, **kwargs):
        super().on_cell_executed(**kwargs)
        content = kwargs["execute_reply"]["content"]
        if content.get("ename") == "CellTimeoutError":
            self._timed_out(kwargs["cell"], kwargs["cell_index"])
        if any(payload.get("source") == "ask_exit" for payload in content.get("payload") or []):
            self._leaving = kwargs["cell_index"]  # `exit()`: the kernel goes after the cell, not in it

    def process_message(self, msg, cell, cell_index):
        if msg["msg_type"] == "stream":
            self._printed += len(msg["content"]["text"])
            if self._printed > self.most_output:
                return None
        return super().process_message(msg, cell, cell_index)

    def stop(self) -> None:
        """Kill the kernel and what it has started, from any thread; what has run by then is kept."""
        self._over = True
        pid = getattr(getattr(self.km, "provisioner", None), "pid", None)
        if pid:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(os.getpgid(pid), signal.SIGKILL)

    def _timed_out(self, cell: NotebookNode, index: int) -> NotebookNode:
        finding = self._about(cell, "timeout", cell=index + 1, seconds=self.timeout)
        self._timeouts.append(finding)
        return _error(finding)

    def _blame(self, nb: NotebookNode) -> None:
        """Find the cell that the kernel died of. Raises DeadKernelError when it dies too often, or before any cell."""
        culprit = self._current if self._leaving is None else self._leaving
        if culprit is None or len(self._killers) >= self.restarts:
            raise DeadKernelError("the Python process died again and again")
        self._killers[culprit] = self._about(nb.cells[culprit], "kernel_died", cell=culprit + 1)

    def _give_up(self, nb: NotebookNode, start: int) -> None:
        for cell in nb.cells[start:]:
            if cell.cell_type == "code":
                finding = self._about(cell, "over_budget", seconds=self.budget)
                cell.outputs = [_error(finding)]
                if finding.exercise != WHOLE:
                    self._timeouts.append(finding)

    def _about(self, found_in: NotebookNode, code: str, /, **facts) -> Finding:
        grade_id = (found_in.metadata.get("nbgrader") or {}).get("grade_id")
        return Finding(code, found.exercise_of(self._metadata, grade_id) if grade_id else WHOLE, facts)


def stop_all() -> None:
    """Stop every run of this process at once, for Ctrl-C."""
    for run in list(_running):
        run.stop()


def _error(finding: Finding) -> NotebookNode:
    return nbformat.v4.new_output(
        "error", ename="NotRun", evalue=finding.text(), traceback=[f"NotRun: {finding.text()}"]
    )


def _clear(nb: NotebookNode) -> None:
    for cell in nb.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
