"""Packs a learner's notebook into the one file that she hands in. Never changes the notebook."""

from __future__ import annotations

import contextlib
import getpass
import hashlib
import json
import os
import re
import sys
import tempfile
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import click

from dlbasic import __version__, cells, record, workspace

# Names that images give to everybody.
NOBODY = {"root", "jovyan", "user", "ubuntu", "vscode"}


def student_id(asked: str | None) -> tuple[str, str]:
    """Who hands in, and how we know: `--student`, the hub, what she said last time, a question, her computer's name.

    Raises Problem for an id that cannot be part of a file name.
    """
    if asked is not None:
        return _remember(_valid(asked)), "from --student; remembered"
    for variable in ("JUPYTERHUB_USER", "NB_USER"):
        name = os.environ.get(variable, "")
        if name and name not in NOBODY:
            return _valid(name), f"from {variable}; another one: --student ID"
    with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
        remembered = json.loads(_config().read_text(encoding="utf-8"))["student"]
        return _valid(remembered), "remembered; another one: --student ID"
    if sys.stdin.isatty():
        return _remember(_valid(click.prompt("Your student id, as your course knows you"))), "remembered for next time"
    return _valid(getpass.getuser()), "your user name on this computer; another one: --student ID"


def _valid(text: str) -> str:
    text = text.strip()
    # Two underscores separate the parts of the file's name; everything else that is refused has a meaning in paths.
    if not re.fullmatch(r"\w[\w.@-]*", text) or "__" in text or text.endswith((".", "_")) or len(text) > 64:
        raise workspace.Problem(
            f"{text!r} cannot be a student id: letters, digits and . @ - _ (not two in a row, not at the end), "
            "64 at most. Give another one: --student ID"
        )
    return text


def _config() -> Path:
    return record.path().with_name("config.json")


def _remember(student: str) -> str:
    with contextlib.suppress(OSError):
        _config().parent.mkdir(parents=True, exist_ok=True)
        _config().write_text(json.dumps({"student": student}) + "\n", encoding="utf-8")
    return student


def pack(notebook: Path, student: str, folder: Path, now: datetime | None = None) -> Path:
    """Write `<student>__<chapter>__<time>.zip` into `folder` and return its path.

    It holds `<chapter>/<chapter>.ipynb` as it is on disk, and `submission.json` which says whose, what, when and which
    release. Raises Problem when the notebook is none.
    """
    workspace.read(notebook)
    content, chapter = notebook.read_bytes(), notebook.stem
    now = (now or datetime.now(UTC)).replace(microsecond=0)
    folder.mkdir(parents=True, exist_ok=True)
    while (target := folder / f"{student}__{chapter}__{now:%Y%m%dT%H%M%SZ}.zip").exists():
        now += timedelta(seconds=1)
    about = {
        "student": student,
        "chapter": chapter,
        "created": now.isoformat().replace("+00:00", "Z"),
        "version": __version__,
        "sha256": hashlib.sha256(content).hexdigest(),
    }
    # Beside, then renamed: a full disk or a pulled plug leaves no half a submission under the final name.
    handle, beside = tempfile.mkstemp(dir=folder, suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(f"{chapter}/{chapter}.ipynb", content)
            archive.writestr("submission.json", json.dumps(about, indent=1, ensure_ascii=False) + "\n")
        os.chmod(beside, 0o644)
        os.replace(beside, target)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise
    return target


def remarks(notebook: Path) -> list[str]:
    """What a learner may want to know before she hands this in."""
    data = workspace.read(notebook)
    found, worked = list(cells.exercises(data)), cells.work_in(data)
    if not found:
        return [f"{notebook.name} holds no exercise at all; is it the right file?"]
    if not worked:
        return ["every exercise is still as it came. Saved in JupyterLab (Ctrl-S)? Handed in anyway."]
    empty = [name for name in found if name not in worked]
    return [f"not written yet: {', '.join(empty)}"] if empty else []


def when_saved(notebook: Path) -> str:
    saved = datetime.fromtimestamp(notebook.stat().st_mtime)
    minutes = int((datetime.now() - saved).total_seconds() // 60)
    ago = "just now" if minutes < 1 else f"{minutes} min ago" if minutes < 120 else f"{saved:%Y-%m-%d}"
    return f"{saved:%H:%M} ({ago}; save in JupyterLab first if you have changed it since)"
