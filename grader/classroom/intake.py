"""A submission's folder → a notebook that can be graded, or the flag that says why there is none. Changes nothing."""

from __future__ import annotations

import hashlib
import json
import os
import re
import stat
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbgrader.utils import parse_utc

from grader.classroom import findings as found
from grader.classroom.cells import new_cell, new_notebook
from grader.classroom.findings import Finding
from grader.classroom.reading import LIMIT, Unreadable, read_notebook
from grader.classroom.repair import repair
from grader.classroom.skeleton import Skeleton

# Other files of a submission are there when its cells run, as with nbgrader, within reason; but none that would be
# imported in the place of the course's own packages.
MOST_FILES, MOST_BYTES = 200, 50 * 1024 * 1024
SHADOWING = {"dlbasic", "grader", "solutions"}
# Jupyter executes such a file with the rights of whoever opens the folder that it lies in.
SETTINGS = re.compile(r"(^|/)\w*_config\.(py|json)$", re.IGNORECASE)
OWN = {"timestamp.txt", "submission.json", "submission_secret.txt"}
MOST_ENTRIES = 20_000  # of a folder that somebody has unpacked half a disk into, no more is looked at


@dataclass(frozen=True)
class File:
    """A regular file of a submission; `name` is its path inside it."""

    name: str
    path: Path
    size: int

    @property
    def is_notebook(self) -> bool:
        return self.name.lower().endswith(".ipynb")


@dataclass
class Intake:
    """What was made of one submission.

    readable : False when `notebook` is only a placeholder that holds nothing of the learner's
    extras : the submission's other files, by their path inside it
    """

    notebook: NotebookNode
    findings: list[Finding]
    readable: bool = True
    extras: dict[str, Path] = field(default_factory=dict)


def take_in(folder: Path, chapter: str, skeleton: Skeleton) -> Intake:
    """Read and repair the submission in `folder`. Never raises for what a learner may have handed in."""
    try:
        files = listing(folder)
        data, renamed = _notebook_bytes(folder, files, chapter)
        read = read_notebook(data)
    except Unreadable as problem:
        return Intake(placeholder(skeleton, [problem.finding]), [problem.finding], False)
    extras, left_out = _extras(files)
    notebook, findings = repair(read.notebook, skeleton)
    findings = [*renamed, *read.findings, *findings]
    if left_out:
        findings.append(Finding("left_out", facts={"files": ", ".join(printable(name) for name in left_out[:5])}))
    found.write(notebook, findings, tests=skeleton.exercises)
    return Intake(notebook, findings, True, extras)


def placeholder(skeleton: Skeleton, findings: list[Finding], language: str = "en") -> NotebookNode:
    """The chapter's bare graded cells under a sentence that says what happened: cells for a person to put points on."""
    reasons = "\n".join(f"- {finding.text(language)}" for finding in found.flags(findings))
    head = {
        "en": "This submission could not be graded by itself:",
        "ko": "이 제출물은 자동으로 채점하지 못했어요:",
    }[language]
    top = new_cell("markdown", f"**{head}**\n\n{reasons}\n\n{found.REMEDY[language]}", "what-happened")
    notebook = new_notebook([top])
    for cell in skeleton.cells:
        label = nbformat.from_dict(cell.metadata())
        notebook.cells.append(new_cell(cell.cell_type, cell.source, f"bare-{cell.grade_id[:55]}", label))
    notebook.metadata.dlbasic = NotebookNode(language=language)
    found.write(notebook, findings, tests=skeleton.exercises)
    return notebook


def digest(folder: Path, skeleton: Skeleton) -> str:
    """Changes whenever the submission or the tests do."""
    sum_ = hashlib.sha256(skeleton.fingerprint.encode())
    try:
        files = listing(folder)
    except Unreadable as problem:
        sum_.update(json.dumps(problem.finding.to_json(), sort_keys=True).encode())
        return sum_.hexdigest()
    used = set(_extras(files)[0])
    for file in files:
        sum_.update(file.name.encode("utf-8", "surrogateescape") + b"\0")
        read = (file.name in used or file.is_notebook or file.name in OWN) and file.size <= LIMIT
        try:
            sum_.update(file.path.read_bytes() if read else str(file.size).encode())
        except OSError as error:
            sum_.update(str(error.errno).encode())
    return sum_.hexdigest()


def timestamp(folder: Path) -> tuple[str | None, list[Finding]]:
    """The text of a valid timestamp.txt, which nbgrader's exchange leaves; a note about one that is none."""
    path = folder / "timestamp.txt"
    if _link(folder):
        return None, []
    try:
        kind = path.lstat()
    except OSError:
        return None, []
    try:
        text = path.read_text(encoding="utf-8").strip() if stat.S_ISREG(kind.st_mode) and kind.st_size < 1000 else ""
        if text and parse_utc(text):
            return text, []
    except (OSError, ValueError, OverflowError, TypeError):
        pass
    return None, [Finding("timestamp")]


def printable(name: str) -> str:
    """A file's name as text that can be stored and shown, whatever bytes and line breaks are in it."""
    text = name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    return "".join(char if char.isprintable() else repr(char)[1:-1] for char in text)


def listing(folder: Path) -> list[File]:
    """The submission's regular files, hidden ones and checkpoints left out, in a fixed order; links are not followed.

    Raises Unreadable where there is no folder to look into.
    """
    if link := _link(folder):
        raise Unreadable("link", file=printable(link.name))
    kept, seen, rest = [], 0, [("", folder)]
    while rest:
        inside, place = rest.pop()
        try:
            with os.scandir(place) as entries:
                for entry in entries:
                    seen += 1
                    if entry.name.startswith(".") or entry.name in ("__pycache__", "__MACOSX"):
                        continue
                    if entry.is_dir(follow_symlinks=False):
                        rest.append((f"{inside}{entry.name}/", Path(entry.path)))
                    elif entry.is_file(follow_symlinks=False):
                        size = entry.stat(follow_symlinks=False).st_size
                        kept.append(File(inside + entry.name, Path(entry.path), size))
        except OSError as error:
            if place == folder:
                detail = "it is no folder" if isinstance(error, NotADirectoryError) else error.strerror or str(error)
                raise Unreadable("no_file", file=printable(folder.name), detail=detail) from None
        if seen > MOST_ENTRIES:
            break
    return sorted(kept, key=lambda file: file.name.split("/"))


def _link(folder: Path) -> Path | None:
    """The student's or the chapter's folder, where it is a link: what it leads to may be anything, or anybody's."""
    return next((path for path in (folder.parent, folder) if os.path.islink(path)), None)


def _notebook_bytes(folder: Path, files: list[File], chapter: str) -> tuple[bytes, list[Finding]]:
    expected = f"{chapter}.ipynb"
    path, notes = folder / expected, []
    if not os.path.lexists(path):
        candidates = [file for file in files if file.is_notebook]
        if not candidates:
            raise Unreadable("no_notebook")
        if len(candidates) > 1:
            names = ", ".join(sorted(printable(file.path.name) for file in candidates)[:5])
            raise Unreadable("several", expected=expected, files=names)
        path = candidates[0].path
        notes = [Finding("renamed", facts={"file": printable(path.name)})]
    try:
        kind = path.lstat()
        if not stat.S_ISREG(kind.st_mode):
            raise Unreadable("no_file", file=printable(path.name), detail="it is a link, a folder or a device")
        if kind.st_size > LIMIT:
            raise Unreadable("too_big", size=round(kind.st_size / 2**20), limit=LIMIT // 2**20)
        return path.read_bytes(), notes
    except OSError as error:
        raise Unreadable("no_file", file=printable(path.name), detail=error.strerror or str(error)) from None


def _may_read(path: Path) -> bool:
    return os.access(path, os.R_OK, effective_ids=os.access in os.supports_effective_ids)


def _extras(files: list[File]) -> tuple[dict[str, Path], list[str]]:
    kept, left_out, total = {}, [], 0
    for file in files:
        if file.is_notebook or file.name in OWN:
            continue
        total += file.size
        shadows = file.name.split("/")[0].removesuffix(".py") in SHADOWING or bool(SETTINGS.search(file.name))
        if shadows or len(kept) >= MOST_FILES or total > MOST_BYTES or not _may_read(file.path):
            left_out.append(file.name)
        else:
            kept[file.name] = file.path
    return kept, left_out
