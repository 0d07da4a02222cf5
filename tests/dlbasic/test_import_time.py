"""What a learner waits for when the first cell runs."""

import os
import statistics
import subprocess
import sys
import textwrap

import pytest

LIMIT_SECONDS = 0.5


def test_importing_dlbasic_takes_under_half_a_second_on_top_of_numpy_and_matplotlib():
    code = textwrap.dedent(
        """
        import time
        import numpy, matplotlib.pyplot
        began = time.process_time()  # seconds of this process: what else the machine does must not count
        import dlbasic
        dlbasic.chapter("02_mlp")
        print(time.process_time() - began)
        """
    )
    times = [float(subprocess.check_output([sys.executable, "-c", code])) for _ in range(5)]
    print(f"import dlbasic: {statistics.median(times):.3f} s")
    assert statistics.median(times) < LIMIT_SECONDS


def test_importing_dlbasic_brings_in_no_widgets_and_nothing_of_the_grader():
    heavy = ("ipywidgets", "grader", "nbgrader")
    code = f"import sys, dlbasic; print([name for name in sys.modules if name.split('.')[0] in {heavy}])"
    assert subprocess.check_output([sys.executable, "-c", code], text=True).strip() == "[]"


@pytest.mark.parametrize(("figures", "drawn"), [("", False), ("0", False), ("1", True)])
def test_while_submissions_are_graded_figures_are_drawn_on_request_only(figures, drawn):
    code = "from dlbasic import fit_by_hand, plot_losses, scoreboard; board = scoreboard(); "
    code += "board.add('plain', [1.0], [0.9]); plot_losses([1.0, 0.5]); print(); "
    code += "print('text/html' in board._repr_mimebundle_(), fit_by_hand([1.0, 2.0], [2.0, 3.0]) is not None)"
    environment = {**os.environ, "NBGRADER_EXECUTION": "autograde", "DLBASIC_FIGURES": figures}
    said = subprocess.check_output([sys.executable, "-c", code], text=True, env=environment)
    figure, last = said.rstrip().rsplit("\n", 1)
    assert ("image/png" in figure) == drawn and last == f"{drawn} {drawn}"


def test_nothing_is_drawn_while_submissions_are_graded():
    code = "import sys; from dlbasic import digits, fit_by_hand, plot_losses; fit_by_hand([1.0], [2.0]); "
    code += "plot_losses([1.0]); drawers = ('ipywidgets', 'matplotlib'); "
    code += "print(len(digits()), [name for name in sys.modules if name.split('.')[0] in drawers])"
    environment = {**os.environ, "NBGRADER_EXECUTION": "autograde"}
    assert subprocess.check_output([sys.executable, "-c", code], text=True, env=environment).strip() == "4 []"
