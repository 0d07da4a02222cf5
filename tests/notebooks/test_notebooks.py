"""The notebooks run: the solutions clean from start to end, the release with nothing worse than unwritten stubs."""

import subprocess
import sys
import time

import nbformat
import pytest
from nbclient import NotebookClient

from grader.release.build import source_notebook
from grader.release.chapter import LANGUAGES, chapter_names
from grader.release.command import notebook_path

LIMIT_SECONDS = 60.0
pairs = pytest.mark.parametrize(("name", "language"), [(n, lang) for n in chapter_names() for lang in LANGUAGES])


@pytest.fixture
def desk(tmp_path, monkeypatch):
    monkeypatch.setenv("DLBASIC_HOME", str(tmp_path))
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))
    return tmp_path


@pytest.mark.parametrize("name", chapter_names())
def test_the_solution_notebook_runs_clean_under_nbval(name, desk):
    path = desk / f"{name}.ipynb"
    nbformat.write(source_notebook(name, "en"), path)
    began = time.perf_counter()
    command = [sys.executable, "-m", "pytest", "--nbval-lax", "-q", "-p", "no:xdist", "-c", "/dev/null", str(path)]
    done = subprocess.run(command, cwd=desk, capture_output=True, text=True)
    seconds = time.perf_counter() - began
    print(f"{name}: solution notebook in {seconds:.1f} s")
    assert done.returncode == 0, done.stdout[-4000:]
    assert " passed" in done.stdout
    assert seconds < LIMIT_SECONDS


@pairs
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
