"""JupyterLab for the browser tests: in folders and settings of its own, on a free port, stopped afterwards."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from grader.release.as_cell import solution_cell
from grader.release.chapter import load_chapter

ROOT = Path(__file__).resolve().parents[2]
CHAPTER = "02_mlp"
TOKEN = "browser-tests"
START_SECONDS = 90
PRIVATE = ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR", "HOME", "DLBASIC_HOME")


class Lab:
    """A running JupyterLab. `root` is the folder that it shows."""

    def __init__(self, command: list[str], root: Path, home: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.root, self.url = root, f"http://127.0.0.1:{port}"
        self.environment = {**os.environ, **{name: str(home / name.lower()) for name in PRIVATE}}
        for name in PRIVATE:
            (home / name.lower()).mkdir(parents=True, exist_ok=True)
        self.log = home / "lab.log"
        options = ["--no-browser", f"--port={port}", f"--IdentityProvider.token={TOKEN}"]
        # Without it the page does not say which notebook is open and what its kernel does.
        options.append("--LabApp.expose_app_in_browser=True")
        with self.log.open("w") as log:
            began = time.perf_counter()
            self.process = subprocess.Popen(
                [*command, *options], cwd=root, env=self.environment, stdout=log, stderr=subprocess.STDOUT
            )
        self._wait()
        self.seconds_to_start = time.perf_counter() - began

    def _wait(self) -> None:
        for _ in range(START_SECONDS * 10):
            try:
                self.get("api/status")
                return
            except OSError:
                assert self.process.poll() is None, self.log.read_text()[-3000:]
                time.sleep(0.1)
        raise AssertionError(self.log.read_text()[-3000:])

    def get(self, path: str) -> bytes:
        with urllib.request.urlopen(f"{self.url}/{path}?token={TOKEN}", timeout=10) as answer:
            return answer.read()

    def stop(self) -> None:
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()


def copy_course(folder: Path) -> Path:
    """The course as a learner has it, in `folder`, and in it `solved/`: each chapter with everything right."""
    ignored = shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints", "backups", "submissions")
    shutil.copytree(ROOT / "course", folder / "course", ignore=ignored)
    shutil.copytree(ROOT / "assets", folder / "assets", ignore=shutil.ignore_patterns("__pycache__", "screenshots"))
    course = folder / "course"
    for released in sorted(course.glob("en/*/*.ipynb")):
        path = course / solved_path(released.stem)
        path.parent.mkdir(parents=True)
        path.write_text(json.dumps(solved(released)), encoding="utf-8")
    return course


def solved_path(chapter: str = CHAPTER) -> str:
    """Where in the course of these tests the chapter stands with everything right."""
    return f"solved/en/{chapter}/{chapter}.ipynb"


def solved(released: Path, but: dict[str, str] | None = None) -> dict:
    """The released notebook with the reference solutions in it; `but` has other answers for some exercises."""
    chapter = load_chapter(released.stem)
    notebook = json.loads(released.read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        data = cell["metadata"].get("nbgrader", {})
        if data.get("solution"):
            cell["source"] = (but or {}).get(data["grade_id"]) or solution_cell(chapter, data["grade_id"])
    return notebook


def learners_lab(folder: Path) -> Lab:
    command = [sys.executable, "-m", "dlbasic", "learn", "--lang", "en"]
    return Lab(command, copy_course(folder), folder / "home")


def instructors_lab(class_directory: Path, home: Path) -> Lab:
    command = [sys.executable, "-m", "jupyterlab", f"--ServerApp.root_dir={class_directory}"]
    return Lab([*command, "--allow-root"], class_directory, home)
