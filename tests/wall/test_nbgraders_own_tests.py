"""nbgrader's own tests of autograding, with the wall in the place of its Execute.

A handful runs always; all of them run in `make bench` (DLBASIC_BENCH=1), since they take minutes.
"""

import os
import subprocess
import sys
from pathlib import Path

MODULE = "nbgrader.tests.apps.test_nbgrader_autograde"
SETTINGS = """\
c = get_config()
c.Autograde.autograde_preprocessors = [
    "grader.wall.execute.ExecuteBehindWall",
    "nbgrader.preprocessors.LimitOutput",
    "nbgrader.preprocessors.SaveAutoGrades",
    "nbgrader.preprocessors.AssignLatePenalties",
    "nbgrader.preprocessors.CheckCellMetadata",
]
"""
HANDFUL = ("test_grade", "test_showtraceback_exploit")

# Tests that ask for what the wall is there to prevent, each with the reason.
EXCEPTIONS = {
    "test_side_effects": "a file that a submission writes is not kept: it would be a way into the instructor's folders",
}


def test_they_pass_but_for_the_exceptions(tmp_path, record_property):
    (tmp_path / "nbgrader_config.py").write_text(SETTINGS)
    handful = " or ".join(f"({name} and not {name}_)" for name in HANDFUL)
    wanted = " and ".join(f"not {name}" for name in EXCEPTIONS) if os.environ.get("DLBASIC_BENCH") else handful
    root = Path(__file__).parents[2]
    env = {
        **os.environ,
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]),
        "PYTHONPATH": str(root),
        "JUPYTER_CONFIG_PATH": str(tmp_path),
        "HOME": str(tmp_path),
    }
    command = [sys.executable, "-m", "pytest", "-q", "-W", "ignore", "-p", "no:cacheprovider", "-p", "no:xdist"]
    ran = subprocess.run(
        [*command, "--pyargs", MODULE, "-k", wanted], cwd=tmp_path, env=env, capture_output=True, text=True
    )
    assert ran.returncode == 0, ran.stdout[-6000:]
    assert " passed" in ran.stdout
    record_property("measured", f"nbgrader's own tests of autograding: {ran.stdout.splitlines()[-1].strip('= ')}")
