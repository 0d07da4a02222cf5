"""What a learner waits for when the first cell runs."""

import statistics
import subprocess
import sys
import textwrap

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
