"""Starts JupyterLab on the course."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import click

from dlbasic import workspace

SETTINGS = Path(__file__).with_name("jupyter")


def languages(course: Path) -> list[str]:
    return sorted({language for language, _ in workspace.notebooks(course)})


def open_course(course: Path, language: str, options: tuple[str, ...]) -> None:
    """Replace this process by JupyterLab, with the course as its root and the first chapter open."""
    command = lab_command(course, language, options)
    click.echo(f"JupyterLab opens {course}. Stop it with Ctrl-C; your work is in the notebooks there.", err=True)
    environment = desk_settings(lab_environment(course))
    if os.name == "posix":
        os.execve(command[0], command, environment)
    raise SystemExit(subprocess.call(command, env=environment))


def lab_command(course: Path, language: str, options: tuple[str, ...]) -> list[str]:
    first = next(path for (of, _), path in workspace.notebooks(course).items() if of == language)
    command = [sys.executable, "-m", "jupyterlab", f"--ServerApp.root_dir={course}"]
    command.append(f"--LabApp.default_url=/lab/tree/{first.relative_to(course).as_posix()}")
    if os.name == "posix" and os.geteuid() == 0:
        # In a container everybody is root, and Jupyter would refuse to start.
        command.append("--allow-root")
    return [*command, *options]


def desk_settings(environment: dict[str, str]) -> dict[str, str]:
    """Leave out what only instructors need (nbgrader's formgrader, "Create Assignment") and JupyterLab's question about
    news. A learner's own Jupyter settings still count."""
    path = [str(SETTINGS), *filter(None, [environment.get("JUPYTER_CONFIG_PATH")])]
    return {**environment, "JUPYTER_CONFIG_PATH": os.pathsep.join(path)}


def lab_environment(course: Path) -> dict[str, str]:
    """The notebooks must find the `dlbasic` that came with them, whichever one is installed."""
    path = [str(course), *filter(None, [os.environ.get("PYTHONPATH")])]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(path)}
