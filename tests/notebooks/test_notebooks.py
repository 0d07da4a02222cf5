"""The notebooks run: the solutions clean from start to end, the release with nothing worse than unwritten stubs."""

import resource
import subprocess
import sys

import nbformat
import pytest
from nbclient import NotebookClient

from grader.release.build import source_notebook
from grader.release.chapter import LANGUAGES, chapter_names
from grader.release.command import notebook_path

LIMIT_SECONDS = 60.0
# The code of both languages is the same, cell for cell (tests/release): one chapter is run in each.
BOTH = "02_mlp"
RUNS = [(name, "en") for name in chapter_names()] + [(BOTH, language) for language in LANGUAGES if language != "en"]


def computed() -> float:
    """Seconds of computing by the processes started from here: the clock would count the tests beside this one too."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


@pytest.fixture
def desk(tmp_path, monkeypatch):
    monkeypatch.setenv("DLBASIC_HOME", str(tmp_path))
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))
    return tmp_path


@pytest.mark.parametrize("name", chapter_names())
def test_the_solution_notebook_runs_clean_under_nbval(name, desk):
    path = desk / f"{name}.ipynb"
    nbformat.write(source_notebook(name, "en"), path)
    began = computed()
    command = [sys.executable, "-m", "pytest", "--nbval-lax", "-q", "-p", "no:xdist", "-c", "/dev/null", str(path)]
    done = subprocess.run(command, cwd=desk, capture_output=True, text=True)
    seconds = computed() - began
    print(f"{name}: solution notebook in {seconds:.1f} s")
    assert done.returncode == 0, done.stdout[-4000:]
    assert " passed" in done.stdout
    assert 1.0 < seconds < LIMIT_SECONDS


@pytest.mark.parametrize(("name", "language"), RUNS)
def test_the_released_notebook_fails_only_where_something_is_to_be_written(name, language, desk):
    notebook = nbformat.read(notebook_path(name, language), as_version=4)
    client = NotebookClient(notebook, timeout=60, allow_errors=True, resources={"metadata": {"path": str(desk)}})
    client.execute()
    failed = {}
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            if output.output_type == "error":
                failed[cell.id] = output.ename
    assert set(failed.values()) == {"NotImplementedError"}, failed
    tests = {cell.id for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get("grade")}
    assert tests <= set(failed), "every stub's check says that nothing is there yet"
