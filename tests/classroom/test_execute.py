"""The seam where cells are run: what is not the learner's fault costs her nothing."""

import nbformat
import pytest

from grader.classroom.execute import RunSubmission


def one_cell():
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1 + 1")])
    notebook.metadata.kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return notebook


def failing(monkeypatch, times):
    """Make the first `times` kernels never answer, as nbclient tells it."""
    started, real = [], RunSubmission.start_new_kernel

    def start(self, **options):
        started.append(self)
        if len(started) <= times:
            raise RuntimeError("Kernel didn't respond in 60 seconds")
        return real(self, **options)

    monkeypatch.setattr(RunSubmission, "start_new_kernel", start)
    return started


def test_a_kernel_that_never_answers_is_tried_again(monkeypatch, tmp_path):
    started = failing(monkeypatch, times=2)
    notebook, _ = RunSubmission().preprocess(one_cell(), {"metadata": {"path": str(tmp_path)}})
    assert notebook.cells[0].outputs[0].data["text/plain"] == "2"
    assert len(started) == 3


def test_kernels_that_never_answer_at_all_are_an_error_and_no_loop(monkeypatch, tmp_path):
    started = failing(monkeypatch, times=99)
    with pytest.raises(RuntimeError, match="didn't respond"):
        RunSubmission().preprocess(one_cell(), {"metadata": {"path": str(tmp_path)}})
    assert len(started) == 1 + RunSubmission().restarts
